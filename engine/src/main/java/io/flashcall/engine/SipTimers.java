package io.flashcall.engine;

import java.time.Duration;

/// The timers of RFC 3261 §17 (table 4) and RFC 6026, and the tick that drives them. All are configuration, so that
/// tests need not wait 32 s.
///
/// @param t1      round-trip estimate: first retransmission (timers A, E, G), 500 ms
/// @param t2      longest retransmission interval of all but INVITE requests, 4 s
/// @param timeout timers B, F, H and the wait for a final response after CANCEL: 64·T1, 32 s
/// @param linger  timers D, I, J, M: how long an ended call still answers retransmissions, 32 s
/// @param tick    resolution of the timer wheel, 2 ms; 1 ms to 100 ms
public record SipTimers(Duration t1, Duration t2, Duration timeout, Duration linger, Duration tick) {

    private static final Duration LONGEST = Duration.ofSeconds(120);

    /// RFC 3261's values.
    public static final SipTimers STANDARD = ofT1(Duration.ofMillis(500));

    public SipTimers {
        new Problems("timers")
                .check(within(t1, Duration.ofMillis(5), Duration.ofSeconds(4)), "t1", t1, "5ms to 4s")
                .check(t2.compareTo(t1) >= 0 && t2.compareTo(LONGEST) <= 0, "t2", t2, "t1 to 120s")
                .check(timeout.compareTo(t1) >= 0 && timeout.compareTo(LONGEST) <= 0, "timeout", timeout, "t1 to 120s")
                .check(within(linger, Duration.ZERO, LONGEST), "linger", linger, "0s to 120s")
                .check(within(tick, Duration.ofMillis(1), Duration.ofMillis(100)), "tick", tick, "1ms to 100ms")
                .throwIfAny();
    }

    /// All timers in RFC 3261's proportion to T1: T2 is 8·T1, the timeouts 64·T1.
    public static SipTimers ofT1(Duration t1) {
        return new SipTimers(t1, t1.multipliedBy(8), t1.multipliedBy(64), t1.multipliedBy(64), Duration.ofMillis(2));
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
