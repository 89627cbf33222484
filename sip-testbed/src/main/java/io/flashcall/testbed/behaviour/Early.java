package io.flashcall.testbed.behaviour;

import io.flashcall.testbed.wire.SipResponse;
import java.util.List;

/// What happens before the answer beside the plan's responses.
///
/// @param reliability whether provisional responses want a PRACK
/// @param fields headers of each 18x, such as P-Early-Media
/// @param asks requests that the carrier sends within the early dialog
/// @param reset when the connection is reset; without effect over UDP
public record Early(Reliability reliability, List<SipResponse.Field> fields, List<Ask> asks, Reset reset) {

    /// Nothing.
    public static final Early NOTHING = new Early(Reliability.OFF, List.of(), List.of(), Reset.NEVER);

    public Early {
        fields = List.copyOf(fields);
        asks = List.copyOf(asks);
    }

    /// How 100rel is handled (RFC 3262 §3).
    public enum Reliability {
        /// Not known: a caller that requires it gets 420.
        OFF,
        /// Used with callers that list it as supported or required.
        SUPPORTED,
        /// The same, and others get 421.
        REQUIRED,
        /// Used with every caller, even one that does not know it; some carriers do.
        FORCED
    }

    /// A request from the carrier.
    ///
    /// @param method UPDATE, INFO or NOTIFY
    /// @param afterNanos nanoseconds after the first 18x left
    public record Ask(String method, long afterNanos) {}

    /// The moment of a connection reset.
    public enum Reset {
        NEVER,
        /// As soon as an INVITE has come.
        INVITE,
        /// Once a 100 has left.
        TRYING,
        /// Once a 183 has left.
        PROGRESS,
        /// Once a 180 has left.
        RINGING,
        /// As soon as a CANCEL has come.
        CANCEL,
        /// Once a 2xx has left.
        ANSWER,
        /// Once any other final response has left: a challenge, or the 487 of a call that was cancelled.
        REFUSAL
    }
}
