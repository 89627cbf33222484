package io.flashcall.server.net;

import java.util.Optional;

/// What came of an [Outgoing].
public sealed interface Answer {

    /// The server answered, whatever it said.
    ///
    /// @param status     of HTTP, 200 to 599
    /// @param retryAfter the header of that name, as it came
    /// @param body       its beginning, up to the client's cap; not for logs, it may repeat what was sent
    record Answered(int status, Optional<String> retryAfter, String body) implements Answer {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /// Every address of the host is one that we do not connect to. Nothing was sent.
    record Refused() implements Answer {

        @Override
        public String toString() {
            return "address refused: it is private, local or reserved";
        }
    }

    /// No whole answer.
    ///
    /// @param reason       a few words that hold neither numbers nor secrets, such as `timeout`
    /// @param mayHaveActed whether the request, or a part of it, may have reached the server
    record Failed(String reason, boolean mayHaveActed) implements Answer {

        @Override
        public String toString() {
            return reason;
        }
    }
}
