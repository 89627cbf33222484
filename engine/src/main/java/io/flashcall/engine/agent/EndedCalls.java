package io.flashcall.engine.agent;

import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import java.util.Arrays;

/// The calls that ended a short while ago: for timers D and M (32 s) a repeated final must still be ACKed, and
/// a late 2xx of another fork still released (RFC 3261 §17.1.1.2, RFC 6026 §7.2).
///
/// Bytes, not objects: 56 bytes and two index cells for each INVITE, by the key of its branch; the Request-URI of one
/// that a redirection sent elsewhere is a copy. Not thread-safe.
final class EndedCalls extends ExpiringKeys {

    private static final long LEG = 0xff;

    private static final byte[][] NONE = {};
    private static final byte[] THE_TEMPLATE_S = {};

    private final AgentTelemetry telemetry;
    private long[] branchNonces = new long[capacity()];
    private long[] tagNonces = new long[capacity()];
    private long[] froms = new long[capacity()];
    private long[] tos = new long[capacity()];
    private int[] hops = new int[capacity()];
    private int[] cseqs = new int[capacity()];

    /// Empty until a call was redirected.
    private byte[][] targets = NONE;

    /// @param telemetry is told of each call that had to be forgotten early
    EndedCalls(long lingerNanos, int most, AgentTelemetry telemetry) {
        super(lingerNanos, most);
        this.telemetry = telemetry;
    }

    /// Remembers a call from now on.
    void add(WireIdentity id, int hop, long now) {
        int at = add(id.branch(), now);
        branchNonces[at] = id.branchNonce;
        tagNonces[at] = id.tagNonce;
        froms[at] = id.from;
        tos[at] = id.to;
        hops[at] = hop;
        cseqs[at] = id.cseq;
        if (targets.length > 0 || !id.target.isEmpty()) {
            addTarget(at, id);
        }
    }

    private void addTarget(int at, WireIdentity id) {
        if (targets.length == 0) {
            targets = new byte[capacity()][];
            Arrays.fill(targets, THE_TEMPLATE_S);
        }
        targets[at] = id.target.copy();
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
        into.branchNonce = branchNonces[at];
        into.tagNonce = tagNonces[at];
        into.from = froms[at];
        into.to = tos[at];
        into.cseq = cseqs[at];
        into.target.clear();
        if (targets.length > 0) {
            into.target.set(targets[at], 0, targets[at].length);
        }
        return hops[at];
    }

    @Override
    void onEvicted() {
        telemetry.count(Metric.ENDED_EVICTED);
    }

    @Override
    void onGrown(int from) {
        branchNonces = unrolled(branchNonces, from);
        tagNonces = unrolled(tagNonces, from);
        froms = unrolled(froms, from);
        tos = unrolled(tos, from);
        hops = unrolled(hops, from);
        cseqs = unrolled(cseqs, from);
        if (targets.length > 0) {
            targets = unrolled(targets, from);
        }
    }
}
