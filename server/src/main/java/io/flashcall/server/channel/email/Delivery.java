package io.flashcall.server.channel.email;

/// What came of handing a letter to a mail server.
sealed interface Delivery {

    /// The server has it, and answers for it.
    ///
    /// @param code of its answer, 250 as a rule (RFC 5321 §4.2)
    record Accepted(int code) implements Delivery {}

    /// The server said that it does not take it.
    ///
    /// @param code of its answer, 400 to 599
    record Refused(int code) implements Delivery {}

    /// All of it was sent, and no answer came.
    record Unsure(String reason) implements Delivery {}

    /// It was not sent, or not as a whole.
    ///
    /// @param reason a few words without addresses
    record Unreachable(String reason) implements Delivery {}
}
