package io.flashcall.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What [Engine#place] needs to know to place one flash call. Immutable; numbers are judged by `place`, which answers
/// [Admission.Reason#BAD_NUMBER] rather than throwing.
public final class CallRequest {

    /// Ring time is 0 to 180 s.
    public static final Duration LONGEST_RING = Duration.ofSeconds(180);

    /// Setup timeout is 100 ms to 180 s.
    public static final Duration SHORTEST_SETUP = Duration.ofMillis(100);

    /// Setup timeout is 100 ms to 180 s.
    public static final Duration LONGEST_SETUP = Duration.ofSeconds(180);

    private static final int LONGEST_REFERENCE = 128;

    private final String trunk;
    private final String from;
    private final String to;
    private final String reference;
    private final @Nullable Duration ringTime;
    private final @Nullable Duration setupTimeout;

    private CallRequest(
            String trunk, String from, String to, String reference, @Nullable Duration ring, @Nullable Duration setup) {
        this.trunk = trunk;
        this.from = from;
        this.to = to;
        this.reference = reference;
        this.ringTime = ring;
        this.setupTimeout = setup;
    }

    /// A call with the trunk's own ring time and setup timeout.
    ///
    /// @param trunk     name of a configured trunk
    /// @param from      caller id as `+` and E.164 digits; its last digits are the code
    /// @param to        called number as `+` and E.164 digits
    /// @param reference the session's own name for the call, 1 to 128 characters; every event echoes it, and no two
    /// live calls share one
    public static CallRequest of(String trunk, String from, String to, String reference) {
        if (reference.isEmpty() || reference.length() > LONGEST_REFERENCE) {
            throw new IllegalArgumentException(
                    "reference: " + reference.length() + " characters (expected: 1 to " + LONGEST_REFERENCE + ")");
        }
        return new CallRequest(trunk, from, to, reference, null, null);
    }

    /// The same call with a ring time of its own.
    ///
    /// @param ring how long to let the phone ring, from the first ringing provisional to our CANCEL; 0 to 180 s
    public CallRequest withRingTime(Duration ring) {
        if (ring.isNegative() || ring.compareTo(LONGEST_RING) > 0) {
            throw new IllegalArgumentException("ring time: " + ring + " (expected: PT0S to " + LONGEST_RING + ")");
        }
        return new CallRequest(trunk, from, to, reference, ring, setupTimeout);
    }

    /// The same call with a setup timeout of its own.
    ///
    /// @param setup how long to wait for ringing, from the first INVITE; 100 ms to 180 s
    public CallRequest withSetupTimeout(Duration setup) {
        if (setup.compareTo(SHORTEST_SETUP) < 0 || setup.compareTo(LONGEST_SETUP) > 0) {
            throw new IllegalArgumentException(
                    "setup timeout: " + setup + " (expected: " + SHORTEST_SETUP + " to " + LONGEST_SETUP + ")");
        }
        return new CallRequest(trunk, from, to, reference, ringTime, setup);
    }

    /// Name of a configured trunk.
    public String trunk() {
        return trunk;
    }

    /// Caller id as it was given, not judged yet.
    public String from() {
        return from;
    }

    /// Called number as it was given, not judged yet.
    public String to() {
        return to;
    }

    /// The session's own name for the call.
    public String reference() {
        return reference;
    }

    /// Empty: the trunk's.
    public Optional<Duration> ringTime() {
        return Optional.ofNullable(ringTime);
    }

    /// Empty: the trunk's.
    public Optional<Duration> setupTimeout() {
        return Optional.ofNullable(setupTimeout);
    }

    @Override
    public String toString() {
        return "call " + reference + " over " + trunk + " from " + E164.mask(from) + " to " + E164.mask(to);
    }
}
