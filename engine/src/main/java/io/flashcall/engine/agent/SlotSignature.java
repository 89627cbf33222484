package io.flashcall.engine.agent;

import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The signature of a slot's call: each INVITE carries it as long as it is fresh, and one that would go out with an
/// older one is held back until another is made (RFC 8224 §4.1). Call-ID and branch tell verifiers that a signature
/// which comes twice is of one call. Confined to the loop.
final class SlotSignature {

    private static final int TRYING = 100;
    private static final int FIRST_3XX = 300;

    private final AgentContext context;
    private CallSignature current = CallSignature.NONE;
    private @Nullable Hop heldBackFrom;

    SlotSignature(AgentContext context) {
        this.context = context;
    }

    /// A call begins; its INVITE has these lines already.
    void begin(CallSignature signature) {
        if (!current.equals(signature)) {
            current = signature;
        }
        if (heldBackFrom != null) {
            heldBackFrom = null;
        }
    }

    /// Holds an INVITE back, if it has to be signed first, and asks for that. Where calls are not signed any more, it
    /// goes out without.
    ///
    /// @return whether it is held back
    boolean holdsBack(Hop to, WireIdentity id, long now) {
        if (current.isFresh(now)) {
            return false;
        }
        var signer = to.trunk().identity().signer();
        if (signer == null) {
            id.signature.clear();
            return false;
        }
        heldBackFrom = to;
        context.telemetry.count(Metric.SIGNATURES_RENEWED);
        context.signatures.ask(signer, id.key, id.from, id.to);
        return true;
    }

    boolean isAwaited() {
        return heldBackFrom != null;
    }

    /// The next INVITE carries this one.
    ///
    /// @return whether it is one; if not, it could not be made
    boolean renew(CallSignature made, WireIdentity id) {
        if (made.lines().isEmpty()) {
            context.telemetry.count(Metric.SIGNATURES_FAILED);
            return false;
        }
        current = made;
        id.signature.copyFrom(made.lines());
        return true;
    }

    /// Where the INVITE that was held back was to go; it is not held back any more.
    Hop release() {
        var to = Objects.requireNonNull(heldBackFrom, "an INVITE is held back");
        heldBackFrom = null;
        return to;
    }

    /// What a response to the INVITE says of its identity, if anything (RFC 8224 §6.2.2).
    void onResponse(Hop from, int status, boolean signed, long now) {
        switch (status) {
            case 428, 436, 437, 438 -> {
                context.telemetry.count(Metric.IDENTITIES_REFUSED);
                from.trunk().identity().onRefused(status, now);
            }
            default -> {
                if (signed && status > TRYING && status < FIRST_3XX) {
                    from.trunk().identity().onAccepted();
                }
            }
        }
    }
}
