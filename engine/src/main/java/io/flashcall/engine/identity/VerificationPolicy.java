package io.flashcall.engine.identity;

import java.time.Duration;
import java.util.Map;

/// How strictly an Identity is judged.
///
/// @param maxAge       how long ago `iat` and the Date header may be: 60 s by RFC 8224 §6.2.2's advice
/// @param maxAhead     how far ahead of our clock they may be
/// @param dateRequired whether a request without a Date header fails; `iat` says the same
/// @param mostReplays  Identities remembered against replay, 1 or more; beyond it the oldest are forgotten
/// @param responses    what is answered to a fault, where it is not the fault's own response
public record VerificationPolicy(
        Duration maxAge, Duration maxAhead, boolean dateRequired, int mostReplays, Map<Fault, StirResponse> responses) {

    /// 60 s, 5 s, a Date header is not needed, 100,000 Identities, and the responses as we read RFC 8224.
    public static final VerificationPolicy STANDARD =
            new VerificationPolicy(Duration.ofSeconds(60), Duration.ofSeconds(5), false, 100_000, Map.of());

    public VerificationPolicy {
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("max age: " + maxAge + " (expected: more than nothing)");
        }
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException("max ahead: " + maxAhead + " (expected: nothing or more)");
        }
        if (mostReplays < 1) {
            throw new IllegalArgumentException("most replays: " + mostReplays + " (expected: 1 or more)");
        }
        responses = Map.copyOf(responses);
    }

    /// The same with other responses to some faults.
    public VerificationPolicy answering(Map<Fault, StirResponse> others) {
        return new VerificationPolicy(maxAge, maxAhead, dateRequired, mostReplays, others);
    }

    StirResponse response(Fault fault) {
        return responses.getOrDefault(fault, fault.response());
    }
}
