package io.flashcall.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.SipTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// What a transaction sends and tells, each with the millisecond since it started, and its two timers on a hand-driven
/// clock. RFC 3261's own values: T1 500 ms, T2 4 s, 64·T1 32 s.
final class Wire {

    static final Timers RFC = Timers.of(SipTimers.STANDARD);

    private static final long START = -Duration.ofSeconds(3).toNanos();

    private final List<String> log = new ArrayList<>();
    private final LongConsumer retransmission;
    private final LongConsumer timeout;
    private long now = START;
    private long retransmitAt = InviteTransaction.OFF;
    private long timeOutAt = InviteTransaction.OFF;

    /// @param retransmission what to do when timer A or E fires
    /// @param timeout        what to do when timer B or F fires
    Wire(LongConsumer retransmission, LongConsumer timeout) {
        this.retransmission = retransmission;
        this.timeout = timeout;
    }

    long now() {
        return now;
    }

    void write(String what) {
        log.add(Duration.ofNanos(now - START).toMillis() + " " + what);
    }

    void retransmitAt(long nanos) {
        retransmitAt = nanos;
    }

    void timeOutAt(long nanos) {
        timeOutAt = nanos;
    }

    /// Lets time pass until that many milliseconds after the start; timers fire on the way.
    void passesUntil(long millis) {
        long until = START + Duration.ofMillis(millis).toNanos();
        while (true) {
            boolean again = isDue(retransmitAt, until);
            boolean over = isDue(timeOutAt, until);
            if (over && (!again || timeOutAt <= retransmitAt)) {
                now = timeOutAt;
                timeOutAt = InviteTransaction.OFF;
                timeout.accept(now);
            } else if (again) {
                now = retransmitAt;
                retransmitAt = InviteTransaction.OFF;
                retransmission.accept(now);
            } else {
                now = until;
                return;
            }
        }
    }

    private static boolean isDue(long at, long until) {
        return at != InviteTransaction.OFF && at - until <= 0;
    }

    void saw(String... lines) {
        assertThat(log).containsExactly(lines);
    }

    void hasNoTimers() {
        assertThat(retransmitAt).as("timer A or E").isEqualTo(InviteTransaction.OFF);
        assertThat(timeOutAt).as("timer B or F").isEqualTo(InviteTransaction.OFF);
    }
}
