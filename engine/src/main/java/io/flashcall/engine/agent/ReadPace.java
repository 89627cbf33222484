package io.flashcall.engine.agent;

/// Decides whether a loop reads what arrives at once, or only at its ticks.
///
/// At once is right for few messages. Under load it makes many small batches: each costs a wake-up, and shares
/// hardly any system call. Then messages are left to gather until the next tick, as network drivers do (NAPI of
/// Linux): all that has come is read, all that is due is done, and all that follows from both is sent, together. A
/// message is handled up to a tick later for that. Not thread-safe.
final class ReadPace {

    /// Messages and commands a millisecond from which on they gather.
    static final int BUSY_A_MILLI = 4;

    /// And below which they no longer do.
    static final int QUIET_A_MILLI = 1;

    private static final long MILLI = 1_000_000L;
    private static final long BUSY_FOR = 4 * MILLI;
    private static final long QUIET_FOR = 32 * MILLI;

    private boolean gathering;
    private long since;
    private long work;

    ReadPace(long now) {
        since = now;
    }

    /// A message was handled, or a command.
    void count() {
        work++;
    }

    /// To be called at each tick.
    ///
    /// @return whether messages gather from now on
    boolean decide(long now) {
        long passed = now - since;
        if (passed >= (gathering ? QUIET_FOR : BUSY_FOR)) {
            gathering = work * MILLI >= passed * (gathering ? QUIET_A_MILLI : BUSY_A_MILLI);
            since = now;
            work = 0;
        }
        return gathering;
    }

    boolean isGathering() {
        return gathering;
    }
}
