package io.flashcall.engine.agent;

import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.transaction.InviteTransaction;
import io.flashcall.engine.transaction.NonInviteTransaction;
import io.flashcall.engine.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/// The BYE of one answered fork, from its first sending until its answer or Timer F. Reusable; confined to the loop.
final class Release implements NonInviteTransaction.Port {

    /// Timers of a release.
    static final int RETRANSMIT = 0;

    static final int TIMEOUT = 1;

    private final int index;
    private final int firstTimer;
    private final AgentContext context;
    private final NonInviteTransaction bye;
    private final WireIdentity id = new WireIdentity();
    private final Endpoint to = new Endpoint();
    private byte[] bytes = {};
    private int length;
    private int generation;
    private int trunk;
    private boolean open;
    private @Nullable CallSlot owner;

    Release(int index, int firstTimer, AgentContext context) {
        this.index = index;
        this.firstTimer = firstTimer;
        this.context = context;
        bye = new NonInviteTransaction(this, context.timers);
    }

    void take(WireIdentity call, int ofTrunk, @Nullable CallSlot slot) {
        generation++;
        id.copyFrom(call);
        trunk = ofTrunk;
        owner = slot;
    }

    /// Names this BYE in its branch, so that its answer finds it by index.
    long branch() {
        return CallKey.of(context.agent, index, generation, CallKey.BYE);
    }

    void start(byte[] request, int size, Endpoint target, long now) {
        if (bytes.length < size) {
            bytes = new byte[size];
        }
        System.arraycopy(request, 0, bytes, 0, size);
        length = size;
        to.set(target.hi(), target.lo(), target.port());
        open = true;
        bye.start(now);
    }

    /// Whether the response answers this BYE: it echoes all that we sent.
    boolean matches(ResponseView response) {
        return open
                && response.method() == Method.BYE
                && response.cseq() == id.cseq + 1L
                && response.branchKey() == branch()
                && response.branchNonce() == id.branchNonce
                && response.fromTagKey() == id.key
                && response.fromTagNonce() == id.tagNonce;
    }

    int trunk() {
        return trunk;
    }

    boolean onResponse(int status) {
        return bye.onResponse(status);
    }

    void onTimerE(long now) {
        bye.onTimerE(now);
    }

    boolean onTimerF() {
        return bye.onTimerF();
    }

    /// Done with; says whose call it was, if that is still live.
    @Nullable CallSlot close() {
        open = false;
        var was = owner;
        owner = null;
        return was != null && was.liveKey() == id.key ? was : null;
    }

    @Override
    public void sendRequest(boolean again) {
        context.sender.again(bytes, length, to, id.key, again);
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
        if (at == InviteTransaction.OFF) {
            context.wheel.disarm(firstTimer + which);
        } else {
            context.wheel.arm(firstTimer + which, at);
        }
    }
}
