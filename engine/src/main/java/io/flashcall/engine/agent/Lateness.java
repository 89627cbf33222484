package io.flashcall.engine.agent;

import io.flashcall.engine.telemetry.AgentTelemetry;
import java.util.Arrays;

/// Measures how late CANCELs left: from when the ring time was over until the batch that carried the CANCEL was
/// flushed.
final class Lateness {

    private final AgentTelemetry telemetry;
    private long[] due = new long[64];
    private int pending;

    Lateness(AgentTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    /// A CANCEL that was due then is queued.
    void queued(long dueNanos) {
        if (pending == due.length) {
            due = Arrays.copyOf(due, 2 * pending);
        }
        due[pending++] = dueNanos;
    }

    /// All that was queued has left.
    void flushed(long now) {
        for (int i = 0; i < pending; i++) {
            telemetry.hangUpLateness(now - due[i]);
        }
        pending = 0;
    }

    boolean isPending() {
        return pending > 0;
    }
}
