package io.flashcall.testbed.dns;

/// How a server, or one set of records, fails.
public enum DnsFault {
    /// Answers SERVFAIL.
    SERVFAIL,

    /// Answers REFUSED.
    REFUSED,

    /// Says nothing, over UDP and TCP.
    SILENT,

    /// Over UDP answers nothing but that the answer is too long; over TCP answers it.
    TRUNCATED
}
