package io.flashcall.engine.trunk;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether one host of a carrier takes calls, as far as one user agent has seen.
///
/// ```
///            silent for 2 s                    unreachable, probe unanswered
///   UP ────────────────────────▶ SUSPECT ────────────────────────────────▶ DOWN
///   │ ◀── any answer ────────────┘                                           │
///   │ ◀── a probe is answered, not with 503 ─────────────────────────────────┘
///   └── 503 with Retry-After ──▶ BACKING_OFF ── time is over ──▶ UP
/// ```
///
/// A host that comes back gets its share of calls gradually, over 5 s. Time is an argument, in nanoseconds.
/// Written by one loop; [#state] and [#reason] may be read by any thread.
public final class TargetHealth {

    /// How a host stands.
    public enum State {
        UP,
        /// It has been silent for 2 s while a request waits: new calls avoid it.
        SUSPECT,
        /// It cannot be reached, or does not answer a probe.
        DOWN,
        /// It asked to be left alone for a while.
        BACKING_OFF
    }

    /// Why a host does not take calls.
    public enum Reason {
        NONE,
        /// Requests stay without any response.
        SILENT,
        /// The network says that nobody is there, or a connection cannot be made.
        UNREACHABLE,
        /// It answers 503 (RFC 3261 §21.5.4), to calls or to a probe.
        UNAVAILABLE
    }

    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    /// Silence that makes a host suspect.
    public static final long SUSPECT_NANOS = 2_000_000_000L;

    /// Longer than this no host is left alone, whatever it asks for: 10 min.
    public static final int LONGEST_BACK_OFF_SECONDS = 600;

    private static final long RETURN_NANOS = 5_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final String name;
    private volatile State state = State.UP;
    private volatile Reason reason = Reason.NONE;
    private long waitingSince = NEVER;
    private volatile long backOffUntil = NEVER;
    private long returnedAt = NEVER;

    /// @param name of the trunk and the host, for the log
    public TargetHealth(String name) {
        this.name = name;
    }

    /// A request has left that must be answered.
    public void onRequest(long now) {
        if (waitingSince == NEVER) {
            waitingSince = now;
        }
    }

    /// Anything came back, to whatever request: somebody is there.
    public void onResponse(long now) {
        waitingSince = NEVER;
        if (state == State.SUSPECT || (state == State.DOWN && reason == Reason.UNREACHABLE)) {
            enter(State.UP, Reason.NONE, now);
        }
    }

    /// The network says that nobody is there.
    public void onUnreachable(long now) {
        waitingSince = NEVER;
        enter(State.DOWN, Reason.UNREACHABLE, now);
    }

    /// A connection was made: somebody is there.
    public void onReachable(long now) {
        if (state == State.DOWN && reason == Reason.UNREACHABLE) {
            enter(State.UP, Reason.NONE, now);
        }
    }

    /// A 503 that says how long to stay away (RFC 3261 §20.33). Without that time it concerns its call alone.
    ///
    /// @param seconds 0 or more
    public void onBackOff(int seconds, long now) {
        if (seconds > 0) {
            long until = now + Math.min(seconds, LONGEST_BACK_OFF_SECONDS) * 1_000_000_000L;
            long known = backOffUntil;
            backOffUntil = known == NEVER || until - known > 0 ? until : known;
            enter(State.BACKING_OFF, Reason.UNAVAILABLE, now);
        }
    }

    /// A probe was answered.
    public void onProbeAnswer(int status, long now) {
        waitingSince = NEVER;
        if (status == 503) {
            enter(State.DOWN, Reason.UNAVAILABLE, now);
        } else if (state == State.DOWN || state == State.SUSPECT) {
            enter(State.UP, Reason.NONE, now);
        }
    }

    /// A probe stayed unanswered.
    public void onProbeLost(long now) {
        if (state == State.SUSPECT) {
            enter(State.DOWN, Reason.SILENT, now);
        }
    }

    /// Whether new calls may go there. Notices what time has brought: a silence that lasts too long, the end of
    /// a back-off.
    public boolean isUsable(long now) {
        if (state == State.UP && waitingSince != NEVER && now - waitingSince >= SUSPECT_NANOS) {
            enter(State.SUSPECT, Reason.SILENT, now);
        }
        if (state == State.BACKING_OFF && now - backOffUntil >= 0) {
            backOffUntil = NEVER;
            enter(State.UP, Reason.NONE, now);
        }
        return state == State.UP;
    }

    /// Whether it has asked to be left alone, and for longer than until now. Any thread.
    public boolean isBackingOff(long now) {
        long until = backOffUntil;
        return state == State.BACKING_OFF && until != NEVER && now - until < 0;
    }

    /// Until when it has asked to be left alone; only while it [#isBackingOff].
    public long backOffUntil() {
        return backOffUntil;
    }

    /// As [#isUsable], but noticing nothing. Any thread.
    public boolean isForCalls(long now) {
        return switch (state) {
            case UP -> true;
            case SUSPECT, DOWN -> false;
            case BACKING_OFF -> !isBackingOff(now);
        };
    }

    /// Share of its calls that a host gets which has just come back, in 1/1024.
    public int share(long now) {
        if (returnedAt == NEVER || now - returnedAt >= RETURN_NANOS) {
            returnedAt = NEVER;
            return 1024;
        }
        return (int) (1 + 1023 * (now - returnedAt) / RETURN_NANOS);
    }

    /// Goes on where another record of the same host stopped.
    public void takeOver(TargetHealth other) {
        // What waits there for an answer is told to the other record.
        waitingSince = NEVER;
        backOffUntil = other.backOffUntil;
        returnedAt = other.returnedAt;
        reason = other.reason;
        state = other.state;
    }

    /// Whether a probe should ask how it is.
    public boolean wantsProbe() {
        return state == State.SUSPECT || state == State.DOWN;
    }

    public State state() {
        return state;
    }

    public Reason reason() {
        return reason;
    }

    private void tell(State next, Reason why) {
        switch (next) {
            case UP -> LOG.info("{}: up again", name);
            case SUSPECT, DOWN, BACKING_OFF -> LOG.warn("{}: {}, {}", name, next, why);
        }
    }

    /// A host that comes back before its time is over is still to be left alone.
    private void enter(State wanted, Reason reasonWanted, long now) {
        long until = backOffUntil;
        boolean early = wanted == State.UP && until != NEVER && now - until < 0;
        become(early ? State.BACKING_OFF : wanted, early ? Reason.UNAVAILABLE : reasonWanted, now);
    }

    private void become(State next, Reason why, long now) {
        if (next == State.UP && state != State.UP) {
            returnedAt = now;
            waitingSince = NEVER;
        }
        if (next != state) {
            tell(next, why);
        }
        reason = why;
        state = next;
    }
}
