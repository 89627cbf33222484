package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Authenticator.Verdict;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.security.SecureRandom;

/// Asks hosts that are suspect or down whether they are back, with an OPTIONS (RFC 3261 §11) at the trunk's
/// interval, and never repeats one: the next asks anew. Any answer but 503 means that calls may go there again,
/// even a refusal. A challenge is one too; it is answered all the same, so that the host need not count us among
/// those who try to guess.
final class Prober {

    /// OPTIONS for one question: a proxy and a host behind it may each ask who we are.
    private static final int MOST_TRIES = 3;

    private static final int UNAVAILABLE = 503;

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
                var byTcp = hop.twin();
                if (byTcp != null) {
                    askIfDue(byTcp, interval, now);
                }
            }
            for (var guest : line.guests()) {
                askIfDue(guest, interval, now);
            }
            line.searchIfLost(now);
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
        hop.probedAt = now;
        hop.probePresented.clear();
        send(hop, 1);
    }

    private void send(Hop hop, int cseq) {
        generation = CallKey.nextGeneration(generation);
        hop.probe = CallKey.of(agent, hop.index, generation, CallKey.PROBE);
        id.key = hop.probe;
        id.branchNonce = nonce;
        id.tagNonce = ~nonce;
        id.cseq = cseq;
        authorize(hop);
        telemetry.count(Metric.PROBES_SENT);
        sender.options(id, hop);
    }

    private void authorize(Hop hop) {
        var authenticator = hop.line.authenticator;
        id.credentials.clear();
        if (authenticator != null && authenticator.isPrepared()) {
            int length = sender.optionsUri(id, hop);
            authenticator.authorize(Method.OPTIONS, sender.rendered(), length, hop.probePresented, id.credentials);
        }
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
            if (response.status() == UNAVAILABLE) {
                // It may say for how long (RFC 3261 §20.33), and is not asked before.
                hop.line.onUnavailable(hop, response.retryAfterSeconds(), now);
            }
            if (isToBeAnswered(response, hop)) {
                send(hop, (int) response.cseq() + 1);
            }
        }
        return ours;
    }

    private static boolean isToBeAnswered(ResponseView response, Hop hop) {
        var authenticator = hop.line.authenticator;
        boolean challenged = response.status() == 401 || response.status() == 407;
        return challenged
                && authenticator != null
                && response.cseq() < MOST_TRIES
                && authenticator.onChallenge(response, hop.probePresented) == Verdict.RETRY;
    }
}
