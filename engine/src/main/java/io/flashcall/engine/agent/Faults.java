package io.flashcall.engine.agent;

import io.flashcall.engine.telemetry.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a fault of ours: it costs the call that it happened to, never the user agent.
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(UserAgent.class);

    private final AgentContext context;

    Faults(AgentContext context) {
        this.context = context;
    }

    /// Ends the call. A phone that may ring is told to stop, as well as can be.
    void drop(CallSlot slot, RuntimeException fault, long now) {
        context.telemetry.count(Metric.FAULTS);
        LOG.error("call {} dropped in state {}: a fault of ours", Long.toHexString(slot.id.key), slot.state(), fault);
        try {
            slot.cancelOnce();
        } catch (RuntimeException e) {
            LOG.error("and its CANCEL could not be sent", e);
        }
        abort(slot, now);
    }

    /// Ends a call without a word to the peer.
    void abort(CallSlot slot, long now) {
        try {
            slot.abort(now);
        } catch (RuntimeException e) {
            survive("a call that was to be aborted", e);
        }
    }

    /// A fault outside any live call costs what it happened to.
    void survive(String what, Throwable fault) {
        context.telemetry.count(Metric.FAULTS);
        LOG.error("{} dropped: a fault of ours", what, fault);
    }
}
