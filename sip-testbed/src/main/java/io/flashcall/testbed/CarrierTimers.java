package io.flashcall.testbed;

import java.time.Duration;

/// The carrier's timers, RFC 3261 §17 and appendix A. Shorten them and tests need not wait 32 s.
///
/// @param t1 round-trip estimate: the first retransmission of a final response; 64 of it is how long one is repeated
/// @param t2 the longest pause between retransmissions
/// @param t4 how long a call is remembered after its ACK, so that late repeats are known (Timer I)
/// @param grace how long after a response left the caller may still be acting without having seen it, before the judge
///     calls a repeated request a violation
public record CarrierTimers(Duration t1, Duration t2, Duration t4, Duration grace) {

    /// T1 500 ms, T2 4 s, T4 5 s, and 250 ms of grace.
    public static final CarrierTimers RFC_3261 = new CarrierTimers(
            Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofMillis(250));

    public CarrierTimers {
        requirePositive("t1", t1);
        requirePositive("t2", t2);
        requirePositive("t4", t4);
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: " + grace + " (expected: not negative)");
        }
    }

    /// The same proportions with another T1: T2 = 8·T1, T4 = 10·T1; grace stays 250 ms, as it is the machine's.
    public static CarrierTimers withT1(Duration t1) {
        return new CarrierTimers(t1, t1.multipliedBy(8), t1.multipliedBy(10), RFC_3261.grace);
    }

    /// 64·T1: Timers B, F, H and J, and how long a 2xx is repeated (§13.3.1.4).
    Duration giveUp() {
        return t1.multipliedBy(64);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
