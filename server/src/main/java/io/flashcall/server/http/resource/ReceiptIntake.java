package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Body;
import java.util.Map;
import java.util.Optional;

/// Takes what providers report of the messages that they sent.
@FunctionalInterface
public interface ReceiptIntake {

    Outcome take(Posted posted);

    /// @param channel as the path names it
    /// @param token   the last part of the path, where there was one
    /// @param headers by lower-case name
    /// @param query   decoded
    record Posted(
            String channel, Optional<String> token, Map<String, String> headers, Map<String, String> query, Body body) {

        /// It holds numbers, and what proves it.
        @Override
        public String toString() {
            return "Posted[" + channel + "]";
        }
    }

    /// What came of it.
    sealed interface Outcome {

        /// It is saved.
        record Taken() implements Outcome {}

        /// What a provider wants to hear, to know that the URL is ours.
        record Echo(String text) implements Outcome {}

        /// Not all of it could be taken: it must come again.
        record TooMany() implements Outcome {}

        /// It does not show that it is the provider's.
        record NotAuthentic() implements Outcome {}

        /// There is no such channel, or it takes no receipts.
        record NoSuchChannel() implements Outcome {}
    }
}
