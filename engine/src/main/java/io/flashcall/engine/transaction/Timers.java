package io.flashcall.engine.transaction;

import io.flashcall.engine.SipTimers;

/// [SipTimers] in nanoseconds, as the loops use them.
///
/// @param t1      first retransmission interval
/// @param t2      longest retransmission interval of all but INVITE
/// @param timeout timers B, F and H
/// @param linger  timers D, I, J and M
/// @param tick    of the timer wheel
public record Timers(long t1, long t2, long timeout, long linger, long tick) {

    public static Timers of(SipTimers timers) {
        return new Timers(
                timers.t1().toNanos(),
                timers.t2().toNanos(),
                timers.timeout().toNanos(),
                timers.linger().toNanos(),
                timers.tick().toNanos());
    }
}
