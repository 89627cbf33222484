package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Authenticator;
import io.flashcall.engine.auth.Presented;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transaction.InviteTransaction;
import io.flashcall.engine.transaction.NonInviteTransaction;
import io.flashcall.engine.transaction.NonInviteTransaction.State;
import io.flashcall.engine.transport.Endpoint;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// The REGISTERs of one registration, one at a time: one Call-ID and From tag for all of them, a rising CSeq, a
/// branch for each (RFC 3261 §10.2). Confined to the agent's loop; its timers are looked at by [#run].
final class RegisterRequest implements NonInviteTransaction.Port {

    private final AgentContext context;
    private final WireIdentity id = new WireIdentity();
    private final Presented presented = new Presented();
    private final NonInviteTransaction transaction;
    private @Nullable Hop hop;
    private int generation;
    private long branchKey;
    private int expires;
    private long retransmitAt = InviteTransaction.OFF;
    private long timeOutAt = InviteTransaction.OFF;

    /// @param trunk its index, so that the registrations of an agent differ
    RegisterRequest(AgentContext context, int trunk) {
        this.context = context;
        transaction = new NonInviteTransaction(this, context.timers);
        var random = new SecureRandom();
        id.key = CallKey.of(context.agent, trunk, 1, CallKey.REGISTER);
        id.branchNonce = random.nextLong();
        id.tagNonce = random.nextLong();
    }

    /// What was shown and refused before does not count any more.
    void forgetRefusals() {
        presented.clear();
    }

    /// Asks a host.
    ///
    /// @param seconds to be bound for; 0 takes the contact back
    void send(Hop to, int seconds, long now) {
        hop = to;
        expires = seconds;
        generation = CallKey.nextGeneration(generation);
        branchKey = CallKey.of(context.agent, to.index, generation, CallKey.REGISTER);
        id.cseq++;
        authorize(to);
        retransmitAt = InviteTransaction.OFF;
        context.telemetry.count(Metric.REGISTERS_SENT);
        to.health.onRequest(now);
        transaction.start(to.isReliable(), now);
    }

    private void authorize(Hop to) {
        var authenticator = to.line.authenticator;
        id.credentials.clear();
        if (authenticator != null && authenticator.isPrepared()) {
            int length = context.sender.registrarUri(id, to);
            authenticator.authorize(Method.REGISTER, context.sender.rendered(), length, presented, id.credentials);
        }
    }

    /// Whether credentials were shown.
    boolean isAuthorized() {
        return !id.credentials.isEmpty();
    }

    /// Takes a challenge in; the next request answers it, if that is of any use.
    Authenticator.Verdict onChallenge(Authenticator authenticator, ResponseView response) {
        context.telemetry.count(Metric.CHALLENGES);
        return authenticator.onChallenge(response, presented);
    }

    /// Where the last one went; null before the first.
    @Nullable Hop hop() {
        return hop;
    }

    boolean isPending() {
        return transaction.state() == State.TRYING || transaction.state() == State.PROCEEDING;
    }

    /// Whether it waits for its answer under that branch.
    boolean isPending(long branch) {
        return isPending() && branch == branchKey;
    }

    /// Whether the response is to the last one: it echoes all that we sent, and its sender may speak for the carrier.
    boolean isAnsweredBy(ResponseView response, Endpoint source) {
        return hop != null
                && response.branchKey() == branchKey
                && response.branchNonce() == id.branchNonce
                && response.fromTagKey() == id.key
                && response.fromTagNonce() == id.tagNonce
                && response.cseq() == id.cseq
                && response.method() == Method.REGISTER
                && hop.listensTo(source);
    }

    /// @return whether that ends it just now
    boolean onResponse(int status) {
        return transaction.onResponse(status);
    }

    /// Repeats it, or gives it up, when its time has come.
    ///
    /// @return whether it is given up just now
    boolean run(long now) {
        if (timeOutAt != InviteTransaction.OFF && now - timeOutAt >= 0) {
            return transaction.onTimerF();
        }
        if (retransmitAt != InviteTransaction.OFF && now - retransmitAt >= 0) {
            transaction.onTimerE(now);
        }
        return false;
    }

    /// Whatever comes back is of no interest any more.
    void abandon() {
        transaction.reset();
        retransmitAt = InviteTransaction.OFF;
        timeOutAt = InviteTransaction.OFF;
    }

    // What the transaction asks for.

    @Override
    public boolean sendRequest(boolean again) {
        if (hop != null && hop.isUp()) {
            context.sender.register(id, branchKey, expires, hop, again);
        }
        // What a connection does not take, its registration is told of.
        return true;
    }

    @Override
    public void retransmitRequestAt(long nanos) {
        retransmitAt = nanos;
    }

    @Override
    public void timeOutRequestAt(long nanos) {
        timeOutAt = nanos;
    }
}
