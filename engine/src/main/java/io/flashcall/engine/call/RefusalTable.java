package io.flashcall.engine.call;

import io.flashcall.engine.RefusalMeaning;
import io.flashcall.engine.RefusalRules;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a final response above 299 means when the phone has not rung: one table for each trunk, of what most carriers
/// mean and what this one says otherwise. Immutable; a look-up allocates nothing.
///
/// What comes from nearest to the callee counts most:
/// 1. Q.850 19: the phone was alerted, so it must not be called again;
/// 2. 403 Stale Date, by which a carrier refuses our signature and not the caller id;
/// 3. a block by analytics ("603+", 608) and the callee's own 607, as status or as SIP cause of a Reason header;
/// 4. what the trunk says of the Q.850 cause, or of the status;
/// 5. the Q.850 cause (RFC 6432), then the SIP cause of a Reason header (RFC 3326), then the status.
public final class RefusalTable {

    /// What most carriers mean.
    public static final RefusalTable STANDARD = new RefusalTable(RefusalRules.STANDARD);

    private static final int FIRST = 300;
    private static final int LAST = 699;
    private static final int Q850_CAUSES = 128;
    private static final int UNWANTED = 607;
    private static final int REJECTED = 608;

    private final @Nullable Ending[] byStatus = new Ending[LAST - FIRST + 1];
    private final @Nullable Ending[] byQ850 = new Ending[Q850_CAUSES];
    private final boolean[] ownStatus = new boolean[byStatus.length];
    private final boolean[] ownQ850 = new boolean[Q850_CAUSES];
    private final Ending networkBlocked;

    public RefusalTable(RefusalRules rules) {
        standard();
        Ending blocked = Ending.BLOCKED_BY_ANALYTICS;
        for (var override : rules.overrides().entrySet()) {
            String key = override.getKey();
            Ending ending = ending(override.getValue());
            if (key.equals(RefusalRules.NETWORK_BLOCKED)) {
                blocked = ending;
            } else if (key.startsWith(RefusalRules.Q850)) {
                int cause = Integer.parseInt(key.substring(RefusalRules.Q850.length()));
                byQ850[cause] = ending;
                ownQ850[cause] = true;
            } else {
                int row = Integer.parseInt(key) - FIRST;
                byStatus[row] = ending;
                ownStatus[row] = true;
            }
        }
        networkBlocked = blocked;
    }

    private void standard() {
        statuses(Ending.INVALID_NUMBER, 404, 410, 484, 604);
        statuses(Ending.BUSY, 486, 600);
        statuses(Ending.UNAVAILABLE, 480);
        statuses(Ending.NOT_AUTHORIZED, 401, 407);
        statuses(Ending.BLOCKED, 402, 403, 603);
        statuses(Ending.UNWANTED, UNWANTED);
        statuses(Ending.BLOCKED_BY_ANALYTICS, REJECTED);
        statuses(Ending.MEDIA_REFUSED, 415, 488, 606);
        statuses(Ending.UNREACHABLE, 408, 500, 502, 504);
        statuses(Ending.OVERLOADED, 503);
        statuses(Ending.PROTOCOL, 400, 405, 420, 428, 436, 437, 438, 481, 482, 483, 501);
        causes(Ending.INVALID_NUMBER, 1, 22, 28);
        causes(Ending.BUSY, 17);
        causes(Ending.UNAVAILABLE, 18, 20);
        causes(Ending.RANG_UNSEEN, 19);
        causes(Ending.BLOCKED, 21, 55, 57);
        causes(Ending.UNREACHABLE, 34, 38, 41, 42, 47, 58, 63, 102);
        causes(Ending.MEDIA_REFUSED, 65, 70, 79, 88);
    }

    private void statuses(Ending ending, int... statuses) {
        Arrays.stream(statuses).forEach(status -> byStatus[status - FIRST] = ending);
    }

    private void causes(Ending ending, int... causes) {
        Arrays.stream(causes).forEach(cause -> byQ850[cause] = ending);
    }

    private static Ending ending(RefusalMeaning meaning) {
        return switch (meaning) {
            case INVALID_NUMBER -> Ending.INVALID_NUMBER;
            case BUSY -> Ending.BUSY;
            case UNAVAILABLE -> Ending.UNAVAILABLE;
            case UNWANTED -> Ending.UNWANTED;
            case RANG_UNSEEN -> Ending.RANG_UNSEEN;
            case UNREACHABLE -> Ending.UNREACHABLE;
            case OVERLOADED -> Ending.OVERLOADED;
            case NOT_AUTHORIZED -> Ending.NOT_AUTHORIZED;
            case BLOCKED -> Ending.BLOCKED;
            case BLOCKED_BY_ANALYTICS -> Ending.BLOCKED_BY_ANALYTICS;
            case MEDIA_REFUSED -> Ending.MEDIA_REFUSED;
            case PROTOCOL -> Ending.PROTOCOL;
        };
    }

    /// Judges a refusal.
    ///
    /// @param status 300 to 699
    /// @param cause  see [Cause]
    public Ending of(int status, int cause) {
        int q850 = Cause.q850(cause);
        int sip = Cause.sip(cause);
        Ending byCause = q850 >= 0 && q850 < Q850_CAUSES ? byQ850[q850] : null;
        if (byCause == Ending.RANG_UNSEEN) {
            return byCause;
        }
        if (Cause.isStaleDate(cause)) {
            return Ending.BLOCKED;
        }
        if (Cause.isAnalytics(cause)) {
            return networkBlocked;
        }
        for (int screened = UNWANTED; screened <= REJECTED; screened++) {
            if (status == screened || sip == screened) {
                return byStatus(screened);
            }
        }
        if (byCause != null && ownQ850[q850]) {
            return byCause;
        }
        if (ownStatus[status - FIRST]) {
            return byStatus(status);
        }
        if (byCause != null) {
            return told(byCause, status);
        }
        Ending bySip = sip >= FIRST && sip <= LAST ? byStatus[sip - FIRST] : null;
        // Somebody else's challenge is none that we could have met.
        return bySip == null || bySip == Ending.NOT_AUTHORIZED ? byStatus(status) : told(bySip, status);
    }

    /// The peer itself has too much to do only where it says so by its own 503.
    private Ending told(Ending byReason, int status) {
        boolean congested = byReason == Ending.UNREACHABLE || byReason == Ending.OVERLOADED;
        if (congested && status == 503) {
            return byStatus(status);
        }
        return byReason == Ending.OVERLOADED ? Ending.UNREACHABLE : byReason;
    }

    /// A code that is not listed counts as the x00 of its class (RFC 3261 §8.1.3.2); a redirection is one that was
    /// not followed.
    private Ending byStatus(int status) {
        Ending listed = byStatus[status - FIRST];
        if (listed != null) {
            return listed;
        }
        return status >= 600 ? Ending.BUSY : status >= 500 ? Ending.UNREACHABLE : Ending.PROTOCOL;
    }
}
