package io.flashcall.engine.agent;

import io.flashcall.engine.call.Ending;
import io.flashcall.engine.trunk.Trunk;
import org.jspecify.annotations.Nullable;

/// What one call tells its trunk's gate: whether the carrier takes calls at all, and how this one went.
final class CallTally {

    private static final int TRYING = 100;
    private static final long NEVER = Long.MIN_VALUE;

    private @Nullable Trunk trunk;
    private long begunAt;
    private long answeredAt;
    private boolean sent;

    /// @param admittedAt when its turn was reserved, or a little later
    void begin(Trunk over, long admittedAt) {
        if (trunk != over) {
            trunk = over;
        }
        begunAt = admittedAt;
        answeredAt = NEVER;
        sent = false;
    }

    /// An INVITE has left.
    void onSent() {
        sent = true;
    }

    /// Anything but a challenge, which an overloaded carrier may send as well, tells whether it takes the call.
    void onResponse(int status) {
        if (trunk != null && status > TRYING && status != 401 && status != 407 && status != 503) {
            trunk.gate().backOff().onOtherAnswer();
        }
    }

    void onAnswer(long now) {
        if (answeredAt == NEVER) {
            answeredAt = now;
        }
    }

    void onEnd(Ending ending, long now) {
        if (trunk == null) {
            return;
        }
        var guard = trunk.gate().guard();
        if (!sent) {
            guard.giveBack();
        } else if (ending != Ending.ABANDONED) {
            guard.onEnd(isEffective(ending), answeredAt == NEVER ? -1 : now - answeredAt, begunAt, now);
        }
    }

    /// ITU-T E.425: an answer, user busy, ring no answer, terminal rejection.
    private static boolean isEffective(Ending ending) {
        return switch (ending) {
            case RANG, RANG_UNSEEN, ANSWERED_AFTER_RINGING, ANSWERED_UNSEEN, BUSY, UNAVAILABLE, UNWANTED -> true;
            case ABANDONED,
                    INVALID_NUMBER,
                    NO_RESPONSE,
                    NO_RINGING,
                    UNREACHABLE,
                    OVERLOADED,
                    NOT_AUTHORIZED,
                    BLOCKED,
                    BLOCKED_BY_ANALYTICS,
                    MEDIA_REFUSED,
                    PROTOCOL -> false;
        };
    }
}
