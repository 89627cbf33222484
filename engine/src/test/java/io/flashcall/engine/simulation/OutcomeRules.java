package io.flashcall.engine.simulation;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.simulation.CallWitness.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Judges a call's outcome by what was delivered before it ended: the rules, worked out again.
final class OutcomeRules {

    private static final Pattern Q850 = Pattern.compile("Q\\.850;cause=([0-9]+)");

    private final Conditions conditions;
    private final long phase;

    OutcomeRules(Conditions conditions) {
        this.conditions = conditions;
        phase = conditions.phase();
    }

    void judge(CallWitness call) {
        var outcome = call.event(Ended.class).orElseThrow().outcome();
        long endedAt = call.endedAt(phase);
        var last = call.firstFinal().filter(reply -> reply.at() <= endedAt);
        boolean rang = call.rangAt(phase) != Schedule.NEVER;
        boolean answered = last.filter(Reply::isAnswer).isPresent();
        int status = last.map(Reply::status).orElse(0);
        require(outcome.last().code() == status, call, "the outcome has the first final's status: " + outcome);
        boolean fits = switch (outcome) {
            case Answered(boolean rangFirst, var _) -> answered && rangFirst == rang;
            case Rang _ -> rang && !answered;
            case Abandoned _ -> !rang && !answered && call.hungUpAt <= endedAt && isAbandoned(call, last);
            case Declined(var cause, var _) -> !rang && !answered && isRefused(call, last, cause.name());
            case Failed(var cause, var _, var retryAfter) ->
                !rang && !answered && isFailed(call, last, cause, retryAfter);
        };
        require(fits, call, "the outcome agrees with what was delivered: " + outcome);
    }

    private static boolean isAbandoned(CallWitness call, Optional<Reply> last) {
        return last.isEmpty() || call.hungUpAt <= last.get().at();
    }

    private static boolean isRefused(CallWitness call, Optional<Reply> last, String cause) {
        return last.isPresent()
                && call.hungUpAt >= last.get().at()
                && call.cancelledAt() == Schedule.NEVER
                && cause.equals(cause(last.get().message()));
    }

    private boolean isFailed(
            CallWitness call, Optional<Reply> last, CallOutcome.FailureCause cause, Optional<Duration> retryAfter) {
        boolean asked = last.filter(reply -> reply.message().has("Retry-After")).isPresent();
        return switch (cause) {
            case NO_RESPONSE -> hadNoResponse(call);
            case NO_RINGING ->
                !call.provisionals().isEmpty()
                        && call.cancelledAt() >= call.invitedAt() + call.order.setupNanos()
                        && call.hungUpAt >= call.cancelledAt();
            case RANG_UNSEEN -> last.isPresent() && cause(last.get().message()).equals("RANG_UNSEEN");
            case UNREACHABLE -> call.neverLeft ? call.replies.isEmpty() : isRefused(call, last, "UNREACHABLE");
            case OVERLOADED, NOT_AUTHORIZED, BLOCKED, BLOCKED_BY_ANALYTICS, MEDIA_REFUSED, PROTOCOL ->
                isUnwanted(call, cause) || (isRefused(call, last, cause.name()) && asked == retryAfter.isPresent());
        };
    }

    /// While it waited for its turn, the carrier asked to be left alone.
    private static boolean isUnwanted(CallWitness call, CallOutcome.FailureCause cause) {
        return cause == CallOutcome.FailureCause.OVERLOADED && call.invitedAt() == Schedule.NEVER;
    }

    private boolean hadNoResponse(CallWitness call) {
        long endedAt = call.endedAt(phase);
        long patience = Math.min(call.order.setupNanos(), conditions.timeout());
        boolean silent = call.replies.isEmpty() || call.replies.getFirst().at() > endedAt;
        return silent
                && call.hungUpAt >= endedAt
                && endedAt >= call.invitedAt() + patience
                && endedAt <= call.invitedAt() + patience + conditions.slack();
    }

    /// What a refusal means, by the issues' sections on outcomes and refusals.
    private static String cause(Message refusal) {
        var q850 = Q850.matcher(refusal.header("Reason"));
        String byCause = q850.find() ? byQ850(Integer.parseInt(q850.group(1))) : "";
        if (byCause.equals("RANG_UNSEEN")) {
            return byCause;
        }
        boolean isUnwanted = refusal.status() == 607;
        return byCause.isEmpty() || isUnwanted ? byStatus(refusal.status()) : byCause;
    }

    private static String byQ850(int cause) {
        return switch (cause) {
            case 1 -> "INVALID_NUMBER";
            case 17 -> "BUSY";
            case 19 -> "RANG_UNSEEN";
            case 21 -> "BLOCKED";
            default -> "";
        };
    }

    private static String byStatus(int status) {
        return switch (status) {
            case 404 -> "INVALID_NUMBER";
            case 486, 600 -> "BUSY";
            case 480 -> "UNAVAILABLE";
            case 408, 500, 504 -> "UNREACHABLE";
            case 503 -> "OVERLOADED";
            case 401 -> "NOT_AUTHORIZED";
            case 403, 603 -> "BLOCKED";
            case 607 -> "UNWANTED";
            case 488 -> "MEDIA_REFUSED";
            default -> "PROTOCOL";
        };
    }

    private static void require(boolean holds, CallWitness call, String sentence) {
        Rule.require(holds, call.toString(), sentence);
    }
}
