package io.flashcall.engine.agent;

import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Target;
import io.flashcall.engine.trunk.TargetHealth;
import io.flashcall.engine.trunk.Trunk;

/// One host of a trunk as one user agent reaches it: where requests go, how they are written, how the host is.
/// Confined to the agent's loop; only its health may be looked at from elsewhere.
final class Hop {

    /// No such time.
    static final long NEVER = Long.MIN_VALUE;

    final int index;
    final TrunkLine line;
    final Target target;
    final RequestTemplate template;
    final TargetHealth health = new TargetHealth();

    /// Key of the OPTIONS that waits for its answer, 0 for none, and when it was sent.
    long probe;

    long probedAt = NEVER;

    /// Whether it has left its trunk's set, and when.
    boolean retired;

    long retiredAt;

    /// @param index names it among all hops of the agent
    Hop(int index, TrunkLine line, Target target, RequestTemplate template) {
        this.index = index;
        this.line = line;
        this.target = target;
        this.template = template;
    }

    Trunk trunk() {
        return line.trunk;
    }

    Endpoint endpoint() {
        return target.endpoint();
    }

    /// Whether an address may speak for this hop's carrier.
    boolean listensTo(Endpoint source) {
        return trunk().sources().contains(source);
    }
}
