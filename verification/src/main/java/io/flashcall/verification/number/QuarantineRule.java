package io.flashcall.verification.number;

import java.time.Duration;
import java.time.Instant;

/// When a caller id is quarantined because networks block it, and for how long.
///
/// @param destinations so many different ones must have been kept from it, 1 to 1000: one subscriber's network may be
///                     wrong
/// @param window       within so long
/// @param length       of its first quarantine; each further one is twice as long, up to [#LONGEST]; zero: there is
///                     none
public record QuarantineRule(int destinations, Duration window, Duration length) {

    /// 3 destinations within 24 hours: 24 hours.
    public static final QuarantineRule DEFAULT = new QuarantineRule(3, Duration.ofHours(24), Duration.ofHours(24));

    /// No quarantine is longer.
    public static final Duration LONGEST = Duration.ofDays(30);

    /// How long after its quarantine a number is known to have had one.
    public static final Duration MEMORY = Duration.ofDays(30);

    private static final int MOST_DOUBLINGS = 30;

    /// Whether numbers are quarantined at all.
    public boolean isOn() {
        return !length.isZero();
    }

    /// @param blocked destinations within the window
    public boolean isBroken(int blocked) {
        return isOn() && blocked >= destinations;
    }

    /// When the quarantine ends that begins now.
    ///
    /// @param before how many the number had before
    public Instant end(Instant now, int before) {
        var longer = length.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
        return now.plus(longer.compareTo(LONGEST) > 0 ? LONGEST : longer);
    }
}
