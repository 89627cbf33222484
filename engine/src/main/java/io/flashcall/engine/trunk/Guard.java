package io.flashcall.engine.trunk;

import io.flashcall.engine.GuardPolicy;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops feeding a trunk whose calls go as its contract does not allow, before the carrier does.
///
/// ```
/// OPEN ──a share is beyond its limit──▶ CLOSED ──rest is over──▶ TESTING ──its calls went well──▶ OPEN
///                                          ▲                        │
///                                          └── beyond it again ─────┘
/// ```
///
/// Any thread, without locks; calls that began before a state do not count in it. Time is an argument, in
/// nanoseconds.
public final class Guard {

    /// Whether calls go out.
    public enum State {
        OPEN,
        CLOSED,
        /// A few calls find out whether it is better.
        TESTING
    }

    /// A single call proves nothing.
    private static final int LEAST_BAD = 2;

    private static final int ENDED = 0;
    private static final int ANSWERED = 1;
    private static final int SHORT = 2;
    private static final int IN_VAIN = 3;
    private static final int KINDS = 4;
    private static final int NO_LIMIT = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final String name;
    private final GuardPolicy policy;
    private final boolean off;
    private final int[] allowed;
    private final OutcomeWindow window;
    private final AtomicReference<GuardPhase> phase;

    /// @param name of the trunk, for the log
    public Guard(String name, GuardPolicy policy, long now) {
        this.name = name;
        this.policy = policy;
        off = policy.isOff();
        var limits = policy.limits();
        allowed = new int[] {
            NO_LIMIT,
            limits.mostAnswered().orElse(NO_LIMIT),
            limits.mostShort().orElse(NO_LIMIT),
            NO_LIMIT - limits.leastEffective().orElse(0)
        };
        window = new OutcomeWindow(KINDS, policy.window().toNanos());
        phase = new AtomicReference<>(new GuardPhase(State.OPEN, now, now, 0, KINDS));
    }

    public State state() {
        return phase.get().state;
    }

    /// Whether nothing is limited, so that nothing need be told.
    public boolean isOff() {
        return off;
    }

    /// Whether a new call may be sent. Among test calls it takes the place of one.
    public boolean admits(long now) {
        while (true) {
            var seen = phase.get();
            if (seen.state == State.OPEN) {
                return true;
            }
            if (seen.state == State.TESTING && seen.takePermit()) {
                return true;
            }
            if (now - seen.until < 0) {
                return false;
            }
            if (seen.state == State.TESTING) {
                phase.compareAndSet(seen, seen.further(now + policy.rest().toNanos(), policy.testCalls()));
            } else {
                enter(seen, State.TESTING, now);
            }
        }
    }

    /// A call that was admitted was not sent after all.
    public void giveBack() {
        phase.get().returnPermit();
    }

    /// A call has ended that was sent.
    ///
    /// @param effective whether it reached the callee's side
    /// @param answered  nanoseconds from its answer to its end, or -1
    /// @param begunAt   when it was admitted, or a little later
    public void onEnd(boolean effective, long answered, long begunAt, long now) {
        if (off) {
            return;
        }
        var current = phase.get();
        if (current.state == State.CLOSED || begunAt - current.since < 0) {
            return;
        }
        count(current, ENDED, now);
        if (answered >= 0) {
            count(current, ANSWERED, now);
        }
        if (answered >= 0 && answered < policy.shortCall().toNanos()) {
            count(current, SHORT, now);
        }
        if (!effective) {
            count(current, IN_VAIN, now);
        }
        judge(current, now);
    }

    private void count(GuardPhase current, int kind, long now) {
        if (current.state == State.TESTING) {
            current.count(kind);
        } else {
            window.count(kind, now);
        }
    }

    private int total(GuardPhase current, int kind, long now) {
        return current.state == State.TESTING ? current.total(kind) : window.total(kind, now);
    }

    private void judge(GuardPhase current, long now) {
        int ended = total(current, ENDED, now);
        boolean testing = current.state == State.TESTING;
        if (ended < (testing ? policy.testCalls() : policy.minCalls())) {
            return;
        }
        for (int kind = ANSWERED; kind < KINDS; kind++) {
            int bad = total(current, kind, now);
            if (bad >= LEAST_BAD && 100L * bad > (long) allowed[kind] * ended) {
                close(current, kind, bad, ended, now);
                return;
            }
        }
        if (testing) {
            enter(current, State.OPEN, now);
        }
    }

    private void close(GuardPhase current, int kind, int bad, int ended, long now) {
        if (enter(current, State.CLOSED, now)) {
            var what = switch (kind) {
                case ANSWERED -> "answered";
                case SHORT -> "short";
                default -> "in vain";
            };
            LOG.warn(
                    "trunk {}: guarded: of the last {} calls {} were {}, {} %; at most {} % may be. No calls for {} s",
                    name,
                    ended,
                    bad,
                    what,
                    String.format(Locale.ROOT, "%.1f", 100.0 * bad / ended),
                    allowed[kind],
                    policy.rest().toSeconds());
        }
    }

    /// @return false when another thread was first
    private boolean enter(GuardPhase from, State next, long now) {
        int permits = next == State.TESTING ? policy.testCalls() : 0;
        var to = new GuardPhase(next, now, now + policy.rest().toNanos(), permits, KINDS);
        if (!phase.compareAndSet(from, to)) {
            return false;
        }
        switch (next) {
            case OPEN -> {
                window.clear();
                LOG.info("trunk {}: its test calls went well, it gets calls again", name);
            }
            case TESTING -> LOG.info("trunk {}: has rested, {} calls test it", name, permits);
            case CLOSED -> window.clear();
        }
        return true;
    }
}
