package io.flashcall.engine.trunk;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many of its calls one host wants withheld (RFC 7339, algorithm `loss`), as one user agent was told. Time is an
/// argument, in nanoseconds. Written by one loop; [#loss] may be asked by any thread.
public final class OverloadControl {

    /// A wish lasts no longer than this: 10 min.
    public static final long LONGEST_VALIDITY_NANOS = 600_000_000_000L;

    /// How long what is older than the last feedback is known to be: none is under way for longer.
    private static final long SEQUENCE_NANOS = 32_000_000_000L;

    private static final long TELL_EVERY_NANOS = 60_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(OverloadControl.class);
    private static final long NEVER = Long.MIN_VALUE;
    private static final int PERCENT_BITS = 7;
    private static final long PERCENT_MASK = (1L << PERCENT_BITS) - 1;

    /// Nothing is to be withheld.
    private static final long NONE = 0;

    private final String name;

    /// Until when in microseconds, and how many percent: one number, so that no reader sees half of it.
    private volatile long wish = NONE;

    private long sequence = -1;
    private long sequenceUntil = NEVER;
    private long toldAt = NEVER;

    /// @param name of the trunk and the host, for the log
    public OverloadControl(String name) {
        this.name = name;
    }

    /// The host has said something of its load.
    ///
    /// @param percent        0 to 100
    /// @param validityMillis 0 or more; 0 ends it
    /// @param newSequence    -1 where there is none
    /// @return false when something newer is known
    public boolean onFeedback(int percent, long validityMillis, long newSequence, long now) {
        boolean known = sequenceUntil != NEVER && now - sequenceUntil < 0;
        if (known && newSequence >= 0 && newSequence < sequence) {
            return false;
        }
        long validity = Math.min(validityMillis * 1_000_000L, LONGEST_VALIDITY_NANOS);
        sequence = newSequence < 0 && known ? sequence : newSequence;
        sequenceUntil = now + Math.max(validity, SEQUENCE_NANOS);
        long next = percent == 0 || validity == 0 ? NONE : wishOf(percent, (now + validity) / 1_000);
        tell(next, now);
        wish = next;
        return true;
    }

    /// Percent of new calls that are not to be sent there.
    public int loss(long now) {
        long seen = wish;
        if (seen == NONE) {
            return 0;
        }
        return now / 1_000 - (seen >> PERCENT_BITS) < 0 ? (int) (seen & PERCENT_MASK) : 0;
    }

    /// Goes on where another record of the same host stopped.
    public void takeOver(OverloadControl other) {
        sequence = other.sequence;
        sequenceUntil = other.sequenceUntil;
        toldAt = other.toldAt;
        wish = other.wish;
    }

    private static long wishOf(int percent, long untilMicros) {
        return (untilMicros << PERCENT_BITS) | percent;
    }

    private void tell(long next, long now) {
        if (next != NONE && loss(now) == 0 && (toldAt == NEVER || now - toldAt >= TELL_EVERY_NANOS)) {
            toldAt = now;
            LOG.warn("{}: overloaded, it wants {} % of the calls withheld", name, next & PERCENT_MASK);
        }
    }
}
