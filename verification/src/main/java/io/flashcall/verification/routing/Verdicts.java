package io.flashcall.verification.routing;

import static io.flashcall.verification.Verdict.DELIVERED;
import static io.flashcall.verification.Verdict.NEXT_CHANNEL;
import static io.flashcall.verification.Verdict.NEXT_ROUTE;
import static io.flashcall.verification.Verdict.PERHAPS;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.pricing.Usage;
import java.time.Duration;
import java.util.Locale;

/// What the engine's facts mean for a session's plan: whether another route may be tried is decided here alone. Never
/// after ringing, nor where it may have rung without our hearing of it: a second ring is worse than none.
public final class Verdicts {

    /// The outcome's word of a call that a network's analytics blocked because of its caller id.
    public static final String BLOCKED_BY_ANALYTICS = word(FailureCause.BLOCKED_BY_ANALYTICS);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Verdicts() {}

    /// How a call ended.
    public static AttemptResult of(CallOutcome outcome) {
        var detail = detail(outcome.last());
        return switch (outcome) {
            case CallOutcome.Rang _ -> new AttemptResult(DELIVERED, "rang", detail, true);
            case CallOutcome.Answered answered ->
                answered.rang()
                        ? new AttemptResult(DELIVERED, "answered_after_ringing", detail, true)
                        : new AttemptResult(NEXT_CHANNEL, "answered", detail, false);
            case CallOutcome.Declined declined ->
                new AttemptResult(NEXT_CHANNEL, word(declined.cause()), detail, false);
            case CallOutcome.Failed failed -> failed(failed.cause(), detail);
            // A CANCEL goes only where a provisional came, and a lost 180 does not come again.
            case CallOutcome.Abandoned(var last) ->
                new AttemptResult(
                        NEXT_CHANNEL, "abandoned", detail, last.status().isPresent());
        };
    }

    /// How a call ended that we began to hang up so long ago. One that was answered was so for no longer,
    /// and carriers bill begun seconds.
    public static AttemptResult of(CallOutcome outcome, Duration hangingUp) {
        var result = of(outcome);
        if (!(outcome instanceof CallOutcome.Answered)) {
            return result;
        }
        var answered = hangingUp.compareTo(SHORTEST) < 0 ? SHORTEST : hangingUp;
        return new AttemptResult(
                result.verdict(), result.outcome(), result.detail(), result.shown(), new Usage(1, answered));
    }

    /// The engine did not take the call; nothing was sent.
    public static AttemptResult of(Admission.Reason refusal) {
        var verdict = switch (refusal) {
            case BUSY,
                    PACED,
                    NO_CHANNEL,
                    BACKING_OFF,
                    OVERLOADED,
                    GUARDED,
                    DUPLICATE_REFERENCE,
                    DRAINING,
                    UNKNOWN_TRUNK -> NEXT_ROUTE;
            case CALLER_ID_NOT_OWNED, BAD_NUMBER -> NEXT_CHANNEL;
        };
        return new AttemptResult(verdict, "refused_" + word(refusal), "", false);
    }

    private static AttemptResult failed(FailureCause cause, String detail) {
        return switch (cause) {
            case RANG_UNSEEN -> new AttemptResult(PERHAPS, word(cause), detail, true);
            case NO_RINGING -> new AttemptResult(NEXT_CHANNEL, word(cause), detail, true);
            case NO_RESPONSE, UNREACHABLE, OVERLOADED, PROTOCOL ->
                new AttemptResult(NEXT_ROUTE, word(cause), detail, false);
            case NOT_AUTHORIZED, BLOCKED, BLOCKED_BY_ANALYTICS, MEDIA_REFUSED ->
                new AttemptResult(NEXT_CHANNEL, word(cause), detail, false);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// `486 Busy Here, Q.850 17`. In words of our own: what a peer writes into its Reason header may hold numbers.
    private static String detail(SipStatus last) {
        var detail = new StringBuilder();
        last.status().ifPresent(code -> detail.append(code).append(phrase(code)));
        last.q850()
                .ifPresent(cause -> detail.append(detail.isEmpty() ? "" : ", ")
                        .append("Q.850 ")
                        .append(cause));
        return detail.toString();
    }

    private static String phrase(int code) {
        return switch (code) {
            case 200 -> " OK";
            case 400 -> " Bad Request";
            case 401 -> " Unauthorized";
            case 402 -> " Payment Required";
            case 403 -> " Forbidden";
            case 404 -> " Not Found";
            case 405 -> " Method Not Allowed";
            case 407 -> " Proxy Authentication Required";
            case 408 -> " Request Timeout";
            case 410 -> " Gone";
            case 415 -> " Unsupported Media Type";
            case 420 -> " Bad Extension";
            case 480 -> " Temporarily Unavailable";
            case 481 -> " Call/Transaction Does Not Exist";
            case 482 -> " Loop Detected";
            case 483 -> " Too Many Hops";
            case 484 -> " Address Incomplete";
            case 486 -> " Busy Here";
            case 487 -> " Request Terminated";
            case 488 -> " Not Acceptable Here";
            case 500 -> " Server Internal Error";
            case 501 -> " Not Implemented";
            case 502 -> " Bad Gateway";
            case 503 -> " Service Unavailable";
            case 504 -> " Server Time-out";
            case 600 -> " Busy Everywhere";
            case 603 -> " Decline";
            case 604 -> " Does Not Exist Anywhere";
            case 606 -> " Not Acceptable";
            case 607 -> " Unwanted";
            case 608 -> " Rejected";
            default -> "";
        };
    }
}
