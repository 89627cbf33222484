package io.flashcall.engine.call;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.util.Optional;

/// How a call ended, as a constant that the event loop can hand over without making an object; the consumer's thread
/// turns it into a [CallOutcome].
public enum Ending {
    RANG,
    ANSWERED_AFTER_RINGING,
    ANSWERED_UNSEEN,
    ABANDONED,
    INVALID_NUMBER,
    BUSY,
    UNAVAILABLE,
    UNWANTED,
    NO_RESPONSE,
    NO_RINGING,
    RANG_UNSEEN,
    UNREACHABLE,
    OVERLOADED,
    NOT_AUTHORIZED,
    BLOCKED,
    BLOCKED_BY_ANALYTICS,
    MEDIA_REFUSED,
    PROTOCOL;

    /// Adds what the last response said.
    public CallOutcome with(SipStatus last, Optional<Duration> retryAfter) {
        return switch (this) {
            case RANG -> new Rang(last);
            case ANSWERED_AFTER_RINGING -> new Answered(true, last);
            case ANSWERED_UNSEEN -> new Answered(false, last);
            case ABANDONED -> new Abandoned(last);
            case INVALID_NUMBER -> new Declined(DeclineCause.INVALID_NUMBER, last);
            case BUSY -> new Declined(DeclineCause.BUSY, last);
            case UNAVAILABLE -> new Declined(DeclineCause.UNAVAILABLE, last);
            case UNWANTED -> new Declined(DeclineCause.UNWANTED, last);
            case NO_RESPONSE -> new Failed(FailureCause.NO_RESPONSE, last, retryAfter);
            case NO_RINGING -> new Failed(FailureCause.NO_RINGING, last, retryAfter);
            case RANG_UNSEEN -> new Failed(FailureCause.RANG_UNSEEN, last, retryAfter);
            case UNREACHABLE -> new Failed(FailureCause.UNREACHABLE, last, retryAfter);
            case OVERLOADED -> new Failed(FailureCause.OVERLOADED, last, retryAfter);
            case NOT_AUTHORIZED -> new Failed(FailureCause.NOT_AUTHORIZED, last, retryAfter);
            case BLOCKED -> new Failed(FailureCause.BLOCKED, last, retryAfter);
            case BLOCKED_BY_ANALYTICS -> new Failed(FailureCause.BLOCKED_BY_ANALYTICS, last, retryAfter);
            case MEDIA_REFUSED -> new Failed(FailureCause.MEDIA_REFUSED, last, retryAfter);
            case PROTOCOL -> new Failed(FailureCause.PROTOCOL, last, retryAfter);
        };
    }
}
