package io.flashcall.engine.trunk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rest that a carrier as a whole has asked for, by 503 and nothing else. Any thread; time is an argument, in
/// nanoseconds.
///
/// - When each of its hosts has asked to be left alone (Retry-After), it gets no calls until the first of them may have
///   some again.
/// - When ten calls in a row had no other answer than 503, it rests for 1 s; each time that the next call after a rest
///   meets 503 again, for twice as long, 30 s at most.
///
/// Afterwards its calls come back gradually, over 5 s.
public final class BackOff {

    private static final long RETURN_NANOS = 5_000_000_000L;
    private static final long FIRST_REST_NANOS = 1_000_000_000L;
    private static final long LONGEST_REST_NANOS = 30_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;
    private static final int WHOLE = 1024;

    /// Calls in a row without another answer that mean the trunk and not the call.
    static final int IN_A_ROW = 10;

    private static final Logger LOG = LoggerFactory.getLogger(BackOff.class);

    private final String name;
    private final AtomicLong until = new AtomicLong(NEVER);
    private final AtomicInteger refusedInARow = new AtomicInteger();
    private volatile long nextRest = FIRST_REST_NANOS;

    /// @param name of the trunk, for the log
    public BackOff(String name) {
        this.name = name;
    }

    /// Each of its hosts has asked to be left alone, the one that asked for least until `earliest`.
    public void rest(long earliest, long now) {
        long known = until.get();
        boolean later = known == NEVER || earliest - known > 0;
        if (earliest - now > 0 && later && until.compareAndSet(known, earliest)) {
            if (known == NEVER || now - known >= 0) {
                LOG.warn("trunk {}: backs off for {} s, as the carrier asks", name, (earliest - now) / 1_000_000_000L);
            }
        }
    }

    /// A call has ended with 503, and no other host could take it.
    public void onUnavailable(long now) {
        if (isResting(now) || refusedInARow.incrementAndGet() < IN_A_ROW) {
            return;
        }
        long rest = nextRest;
        nextRest = Math.min(2 * rest, LONGEST_REST_NANOS);
        rest(now + rest, now);
    }

    /// A call got another answer than 503.
    public void onOtherAnswer() {
        if (refusedInARow.get() != 0) {
            refusedInARow.set(0);
            nextRest = FIRST_REST_NANOS;
        }
    }

    /// The trunk has other hosts, which have asked for nothing.
    public void forget() {
        until.set(NEVER);
        onOtherAnswer();
    }

    public boolean isResting(long now) {
        long seen = until.get();
        return seen != NEVER && now - seen < 0;
    }

    /// Whether a new call may be sent.
    ///
    /// @param draw anything, evenly spread
    public boolean admits(long now, int draw) {
        long seen = until.get();
        if (seen == NEVER || now - seen >= RETURN_NANOS) {
            return true;
        }
        long share = 1 + (WHOLE - 1) * (now - seen) / RETURN_NANOS;
        return now - seen >= 0 && Math.floorMod(draw, WHOLE) < share;
    }
}
