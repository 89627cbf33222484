package io.flashcall.cli.load;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.FailureCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts how calls end, by outcome and status. The engine's event thread writes, anyone reads; an event costs an
/// addition and nothing is kept of it.
final class LoadTally implements CallEventListener {

    /// The outcomes in the order in which they are told.
    enum Kind {
        RANG,
        ANSWERED,
        DECLINED,
        FAILED,
        ABANDONED;

        /// As scripts know it.
        String label() {
            return switch (this) {
                case RANG -> "rang";
                case ANSWERED -> "answered";
                case DECLINED -> "declined";
                case FAILED -> "failed";
                case ABANDONED -> "abandoned";
            };
        }

        static Kind of(CallOutcome outcome) {
            return switch (outcome) {
                case CallOutcome.Rang _ -> RANG;
                case CallOutcome.Answered _ -> ANSWERED;
                case CallOutcome.Declined _ -> DECLINED;
                case CallOutcome.Failed _ -> FAILED;
                case CallOutcome.Abandoned _ -> ABANDONED;
            };
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int STATUSES = 700;
    private static final int ENDED = KINDS.length * STATUSES;

    private static final DeclineCause[] DECLINES = DeclineCause.values();
    private static final FailureCause[] FAILURES = FailureCause.values();
    private static final int CAUSES = ENDED + 1;

    private final AtomicLongArray counts = new AtomicLongArray(CAUSES + DECLINES.length + FAILURES.length);

    @Override
    public void onEvent(CallEvent event) {
        if (event instanceof CallEvent.Ended ended) {
            var outcome = ended.outcome();
            int status = Math.clamp(outcome.last().code(), 0, STATUSES - 1);
            add(Kind.of(outcome).ordinal() * STATUSES + status);
            if (outcome instanceof CallOutcome.Declined declined) {
                add(CAUSES + declined.cause().ordinal());
            } else if (outcome instanceof CallOutcome.Failed failed) {
                add(CAUSES + DECLINES.length + failed.cause().ordinal());
            }
            add(ENDED);
        }
    }

    /// One writer: no need of an atomic addition. Release, so that who sees the end sees its outcome too.
    private void add(int index) {
        counts.setRelease(index, counts.getPlain(index) + 1);
    }

    long ended() {
        return counts.getAcquire(ENDED);
    }

    long ended(Kind kind) {
        long sum = 0;
        for (int status = 0; status < STATUSES; status++) {
            sum += counts.getAcquire(kind.ordinal() * STATUSES + status);
        }
        return sum;
    }

    /// All of it.
    LoadReport.Outcomes outcomes() {
        var byStatus = new EnumMap<Kind, Map<Integer, Long>>(Kind.class);
        for (var kind : KINDS) {
            var statuses = statuses(kind);
            if (!statuses.isEmpty()) {
                byStatus.put(kind, statuses);
            }
        }
        return new LoadReport.Outcomes(byStatus, causes());
    }

    private Map<String, Long> causes() {
        var found = new TreeMap<String, Long>();
        for (var cause : DECLINES) {
            found.put(cause.name(), counts.getAcquire(CAUSES + cause.ordinal()));
        }
        for (var cause : FAILURES) {
            found.put(cause.name(), counts.getAcquire(CAUSES + DECLINES.length + cause.ordinal()));
        }
        found.values().removeIf(count -> count == 0);
        return found;
    }

    /// Calls by final status, 0 where there was none; only what happened.
    Map<Integer, Long> statuses(Kind kind) {
        var found = new TreeMap<Integer, Long>();
        for (int status = 0; status < STATUSES; status++) {
            long count = counts.getAcquire(kind.ordinal() * STATUSES + status);
            if (count > 0) {
                found.put(status, count);
            }
        }
        return found;
    }
}
