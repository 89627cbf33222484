package io.flashcall.engine.agent;

import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.security.SecureRandom;

/// Asks hosts that are suspect or down whether they are back, with an OPTIONS (RFC 3261 §11) at the trunk's
/// interval, and never repeats one: the next asks anew. Any answer but 503 means that calls may go there again,
/// even a refusal.
final class Prober {

    private final int agent;
    private final Hops hops;
    private final Sender sender;
    private final AgentTelemetry telemetry;
    private final WireIdentity id = new WireIdentity();
    private final long nonce;
    private int generation;

    Prober(int agent, Hops hops, Sender sender, AgentTelemetry telemetry) {
        this.agent = agent;
        this.hops = hops;
        this.sender = sender;
        this.telemetry = telemetry;
        nonce = new SecureRandom().nextLong();
    }

    /// Asks those whose time has come.
    void run(Iterable<TrunkLine> lines, long now) {
        for (var line : lines) {
            long interval = line.trunk.config().peer().failover().probe().toNanos();
            for (var hop : line.hops()) {
                askIfDue(hop, interval, now);
            }
            for (var guest : line.guests()) {
                askIfDue(guest, interval, now);
            }
        }
    }

    private void askIfDue(Hop hop, long interval, long now) {
        boolean waits = hop.isUp() && !hop.health.isUsable(now) && hop.health.wantsProbe();
        if (waits && (hop.probedAt == Hop.NEVER || now - hop.probedAt >= interval)) {
            ask(hop, now);
        }
    }

    private void ask(Hop hop, long now) {
        if (hop.probe != 0) {
            hop.health.onProbeLost(now);
        }
        generation = CallKey.nextGeneration(generation);
        hop.probe = CallKey.of(agent, hop.index, generation, CallKey.PROBE);
        hop.probedAt = now;
        id.key = hop.probe;
        id.branchNonce = nonce;
        id.tagNonce = ~nonce;
        id.cseq = 1;
        telemetry.count(Metric.PROBES_SENT);
        sender.options(id, hop);
    }

    /// Handles an answer.
    ///
    /// @return false when it answers nothing that was asked
    boolean onResponse(ResponseView response, Endpoint source, long now) {
        int index = CallKey.slot(response.branchKey());
        if (index >= hops.size()) {
            return false;
        }
        var hop = hops.get(index);
        boolean ours = response.branchKey() == hop.probe
                && response.branchNonce() == nonce
                && response.method() == Method.OPTIONS
                && hop.listensTo(source);
        if (ours) {
            hop.probe = 0;
            hop.health.onProbeAnswer(response.status(), now);
        }
        return ours;
    }
}
