package io.flashcall.engine.agent;

import io.flashcall.engine.sip.RequestView;
import io.flashcall.engine.sip.ResponseMore;
import io.flashcall.engine.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/// Judges what a callee asks within the dialogs of a live call, before the answer: UPDATE (RFC 3311), INFO (RFC
/// 6086), NOTIFY (RFC 6665), BYE, INVITE.
final class DialogRequests {

    private static final int LARGEST_DATAGRAM = 65_535;

    private final CallTable calls;
    private final byte[] scratch = new byte[LARGEST_DATAGRAM];

    DialogRequests(CallTable calls) {
        this.calls = calls;
    }

    /// The call that the request is for, by all that our From tag holds, asked for by who may speak for its carrier.
    private @Nullable CallSlot callOf(RequestView request, Endpoint source) {
        if (!request.toTagIsOurs()) {
            return null;
        }
        var slot = calls.find(request.toTagKey());
        boolean theirs = slot != null
                && slot.id.tagNonce == request.toTagNonce()
                && slot.isOnTheWire()
                && slot.hop().listensTo(source);
        return theirs ? slot : null;
    }

    /// The status of a BYE's answer. A BYE ends no call: the final of the INVITE does (RFC 3261 §15).
    int onBye(RequestView request, Endpoint source) {
        return callOf(request, source) == null ? 481 : 200;
    }

    /// The status of an INVITE's answer: we are called by nobody; within a dialog another INVITE is pending, ours
    /// (RFC 3261 §14.2).
    int onInvite(RequestView request, Endpoint source) {
        if (!request.hasToTag()) {
            return 403;
        }
        return callOf(request, source) == null ? 481 : 491;
    }

    /// The status of an INFO's answer (RFC 6086 §4.2.2): we have asked for no package and understand no body.
    int onInfo(RequestView request, Endpoint source, ResponseMore more) {
        if (callOf(request, source) == null) {
            return 481;
        }
        if (request.hasInfoPackage()) {
            more.headers.append("Recv-Info: nil\r\n");
            return 469;
        }
        return request.body().isEmpty() ? 200 : 415;
    }

    /// The status of an UPDATE's answer (RFC 3311 §5.2). An offer is answered once ours is, else it has to wait.
    int onUpdate(RequestView request, Endpoint source, ResponseMore more) {
        var slot = callOf(request, source);
        if (slot == null) {
            return 481;
        }
        if (!request.body().isEmpty()) {
            int status = answerOffer(request, slot, more);
            if (status != 200) {
                return status;
            }
        }
        int length = slot.hop().template().answers().contact(slot.id, scratch);
        more.headers.append(scratch, 0, Math.max(0, length));
        return 200;
    }

    private int answerOffer(RequestView request, CallSlot slot, ResponseMore more) {
        if (!request.hasSdp()) {
            return 415;
        }
        if (!slot.reliable.hasAnswered(request.fromTagHash())) {
            return 491;
        }
        int length = slot.hop().template().answers().sdp(slot.id, slot.reliable.offersAnswered(), request, scratch);
        if (length <= 0) {
            return 488;
        }
        slot.reliable.noteOfferAnswered();
        more.sdp.append(scratch, 0, length);
        return 200;
    }
}
