package io.flashcall.engine;

import java.time.Duration;

/// Which provisional responses mean that the phone rings. Carriers send 183 for tones, announcements and
/// preconditions as well, so only 180 is ringing unless a trunk is known to do otherwise. Where a 183 counts, one
/// whose early media the network holds back (P-Early-Media `inactive`, `recvonly` or `gated`) does not.
public sealed interface RingPolicy {

    /// `180`: nothing else is ringing.
    record Only180() implements RingPolicy {}

    /// `180-or-183`: a 183 is ringing at once.
    record Also183() implements RingPolicy {}

    /// `180-or-early-media`: a 183 is ringing if the network says that it plays something to the caller:
    /// P-Early-Media `sendrecv` or `sendonly` (RFC 5009), or a tone in Alert-Info. INVITEs say `P-Early-Media:
    /// supported`.
    record EarlyMedia() implements RingPolicy {}

    /// `183-after: 800ms`: a 183 is ringing when nothing better has come for this long.
    ///
    /// @param delay 1 ms to 60 s
    record After183(Duration delay) implements RingPolicy {

        public After183 {
            new Problems("calls")
                    .check(
                            delay.toMillis() >= 1 && delay.compareTo(Duration.ofSeconds(60)) <= 0,
                            "ring_policy",
                            "183-after: " + delay,
                            "1ms to 60s")
                    .throwIfAny();
        }
    }
}
