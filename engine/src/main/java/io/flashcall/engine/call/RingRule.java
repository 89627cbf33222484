package io.flashcall.engine.call;

import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Also183;
import io.flashcall.engine.RingPolicy.EarlyMedia;
import io.flashcall.engine.RingPolicy.Only180;

/// A trunk's [RingPolicy] as one question that the call machine asks of each provisional. Immutable.
public final class RingRule {

    /// An answer of [#ringsAfter]: never.
    public static final long NEVER = -1;

    private static final int RINGING = 180;
    private static final int SESSION_PROGRESS = 183;

    private final long after183;
    private final long afterAudible183;

    public RingRule(RingPolicy policy) {
        after183 = switch (policy) {
            case Only180 _ -> NEVER;
            case Also183 _ -> 0;
            case After183 after -> after.delay().toNanos();
            case EarlyMedia _ -> NEVER;
        };
        afterAudible183 = policy instanceof EarlyMedia ? 0 : after183;
    }

    /// How long after this provisional the phone rings.
    ///
    /// @param sign what it says besides
    /// @return nanoseconds, 0 for at once, or [#NEVER]
    public long ringsAfter(int status, RingSign sign) {
        return switch (status) {
            case RINGING -> 0;
            case SESSION_PROGRESS ->
                switch (sign) {
                    case NONE -> after183;
                    case AUDIBLE -> afterAudible183;
                    case SILENT -> NEVER;
                };
            default -> NEVER;
        };
    }
}
