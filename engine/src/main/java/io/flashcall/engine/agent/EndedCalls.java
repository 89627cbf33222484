package io.flashcall.engine.agent;

import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import java.util.Arrays;

/// The calls that ended a short while ago: for timers D and M (32 s) a repeated final must still be ACKed, and
/// a late 2xx of another fork still released (RFC 3261 §17.1.1.2, RFC 6026 §7.2).
///
/// Bytes, not objects: 56 bytes and two to four index cells for each INVITE, by the key of its branch; the Request-URI
/// of one that a redirection sent elsewhere is a copy. Not thread-safe.
final class EndedCalls extends ExpiringKeys {

    private static final long LEG = 0xff;
    private static final long CSEQ = 0xffff_ffffL;

    private static final int BRANCH_NONCE = 0;
    private static final int TAG_NONCE = 1;
    private static final int FROM = 2;
    private static final int TO = 3;
    private static final int HOP_AND_CSEQ = 4;
    private static final int COLUMNS = 5;

    private static final byte[][] NONE = {};
    private static final byte[] THE_TEMPLATE_S = {};

    private final AgentTelemetry telemetry;

    /// Empty until a call was redirected.
    private byte[][] targets = NONE;

    /// @param telemetry is told of each call that had to be forgotten early
    EndedCalls(long lingerNanos, int most, AgentTelemetry telemetry) {
        super(lingerNanos, most, COLUMNS);
        this.telemetry = telemetry;
    }

    /// Remembers a call from now on.
    void add(WireIdentity id, int hop, long now) {
        int at = add(id.branch(), now);
        column(at, BRANCH_NONCE, id.branchNonce);
        column(at, TAG_NONCE, id.tagNonce);
        column(at, FROM, id.from);
        column(at, TO, id.to);
        column(at, HOP_AND_CSEQ, ((long) hop << Integer.SIZE) | id.cseq);
        if (targets.length > 0 || !id.target.isEmpty()) {
            addTarget(at, id);
        }
    }

    private void addTarget(int at, WireIdentity id) {
        if (targets.length == 0) {
            targets = new byte[capacity()][];
            Arrays.fill(targets, THE_TEMPLATE_S);
        }
        targets[at] = id.target.isEmpty() ? THE_TEMPLATE_S : id.target.copy();
    }

    /// Finds a call and fills in what its requests are made from.
    ///
    /// @return the index of its hop, or [#ABSENT]
    int find(long key, WireIdentity into, long now) {
        int at = find(key, now);
        if (at == ABSENT) {
            return ABSENT;
        }
        into.key = key & ~LEG;
        into.leg = (int) (key & LEG);
        into.credentials.clear();
        into.branchNonce = column(at, BRANCH_NONCE);
        into.tagNonce = column(at, TAG_NONCE);
        into.from = column(at, FROM);
        into.to = column(at, TO);
        into.cseq = (int) (column(at, HOP_AND_CSEQ) & CSEQ);
        into.target.clear();
        if (targets.length > 0) {
            into.target.set(targets[at], 0, targets[at].length);
        }
        return (int) (column(at, HOP_AND_CSEQ) >>> Integer.SIZE);
    }

    @Override
    void onEvicted() {
        telemetry.count(Metric.ENDED_EVICTED);
    }
}
