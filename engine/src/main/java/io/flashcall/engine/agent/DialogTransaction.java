package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Presented;
import io.flashcall.engine.sip.DialogRequest;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.transaction.NonInviteTransaction;
import io.flashcall.engine.transport.Endpoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request within a dialog, a BYE or a PRACK, from its first sending until its answer or Timer F. Reusable;
/// confined to the loop.
final class DialogTransaction implements NonInviteTransaction.Port {

    /// Timers of one.
    static final int RETRANSMIT = 0;

    static final int TIMEOUT = 1;

    final int index;
    final WireIdentity id = new WireIdentity();
    final DialogRequest request = new DialogRequest();
    final Presented presented = new Presented();

    private final int firstTimer;
    private final AgentContext context;
    private final NonInviteTransaction transaction;
    private final Endpoint to = new Endpoint();
    private Method method = Method.BYE;
    private byte[] bytes = {};
    private int length;
    private byte[] answered = {};
    private int answeredLength;
    private int generation;
    private @Nullable Hop hop;
    private boolean open;
    private @Nullable CallSlot owner;

    DialogTransaction(int index, int firstTimer, AgentContext context) {
        this.index = index;
        this.firstTimer = firstTimer;
        this.context = context;
        transaction = new NonInviteTransaction(this, context.timers);
    }

    /// Takes up a request of a call.
    ///
    /// @param slot the call to tell when it is over, if it is live
    void take(Method ofMethod, WireIdentity call, Hop towards, @Nullable CallSlot slot) {
        method = ofMethod;
        id.copyFrom(call);
        hop = towards;
        owner = slot;
        presented.clear();
        answeredLength = 0;
        renew();
    }

    /// A branch of its own, by which the answer finds it.
    void renew() {
        generation++;
        int leg = method == Method.BYE ? CallKey.BYE : CallKey.PRACK;
        request.branchKey = CallKey.of(context.agent, index, generation, leg);
    }

    /// Keeps the response that made the dialog, for a request that may have to be written anew.
    void keep(ResponseView response, int responseLength) {
        if (answered.length < responseLength) {
            answered = new byte[responseLength];
        }
        System.arraycopy(response.bytes(), 0, answered, 0, responseLength);
        answeredLength = responseLength;
    }

    /// Reads the response that was kept.
    ///
    /// @return false when none was
    boolean reread(ResponseView into) {
        return answeredLength > 0 && into.wrap(answered, 0, answeredLength) == ResponseView.Verdict.OK;
    }

    void start(byte[] rendered, int size, Endpoint target, long now) {
        if (bytes.length < size) {
            bytes = new byte[size];
        }
        System.arraycopy(rendered, 0, bytes, 0, size);
        length = size;
        to.set(target.hi(), target.lo(), target.port());
        open = true;
        transaction.start(hop().isReliable(), now);
    }

    /// Its hop has a new connection: what was sent on the one before may be lost.
    void onUp(Hop again) {
        if (open && hop == again) {
            transaction.onReconnected();
        }
    }

    /// Whether the response answers this request: it echoes all that we sent.
    boolean matches(ResponseView response) {
        return open
                && response.method() == method
                && response.cseq() == request.cseq
                && response.branchKey() == request.branchKey
                && response.branchNonce() == id.branchNonce
                && response.fromTagKey() == id.key
                && response.fromTagNonce() == id.tagNonce;
    }

    Method method() {
        return method;
    }

    Hop hop() {
        return Objects.requireNonNull(hop, "taken");
    }

    boolean onResponse(int status) {
        return transaction.onResponse(status);
    }

    void onTimerE(long now) {
        transaction.onTimerE(now);
    }

    boolean onTimerF() {
        return transaction.onTimerF();
    }

    /// The next CSeq number: the call's, while it lives and may have other requests in the dialog.
    void takeNextCseq() {
        var call = liveOwner();
        request.cseq = call == null ? request.cseq + 1 : call.nextCseq();
    }

    /// Done with; says whose call it was, if that is still live.
    @Nullable CallSlot close() {
        open = false;
        var was = liveOwner();
        owner = null;
        return was;
    }

    private @Nullable CallSlot liveOwner() {
        return owner != null && owner.liveKey() == id.key ? owner : null;
    }

    @Override
    public boolean sendRequest(boolean again) {
        return context.sender.again(bytes, length, hop(), to, id.key, again);
    }

    @Override
    public void retransmitRequestAt(long nanos) {
        arm(RETRANSMIT, nanos);
    }

    @Override
    public void timeOutRequestAt(long nanos) {
        arm(TIMEOUT, nanos);
    }

    private void arm(int which, long at) {
        context.wheel.set(firstTimer + which, at);
    }
}
