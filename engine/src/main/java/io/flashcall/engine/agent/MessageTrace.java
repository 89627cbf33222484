package io.flashcall.engine.agent;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.capture.WireMessage;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows a user agent's messages to whoever traces them; allocates nothing for it. Confined to the agent's loop.
final class MessageTrace {

    private static final Logger LOG = LoggerFactory.getLogger(MessageTrace.class);
    private static final long NANOS_A_MICRO = 1_000;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final TraceListener listener;
    private final boolean on;
    private final AgentTelemetry telemetry;
    private final WireMessage message = new WireMessage();

    /// Add it to monotonic nanoseconds for nanoseconds since 1970.
    private long wallOffset;

    MessageTrace(TraceListener listener, AgentTelemetry telemetry) {
        this.listener = listener;
        on = !listener.equals(TraceListener.NONE);
        this.telemetry = telemetry;
        wallOffset = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()) - System.nanoTime();
    }

    /// Whether anybody listens: else there is nothing to show.
    boolean isOn() {
        return on;
    }

    /// The way that the next message takes.
    MessageTrace between(Endpoint local, Endpoint peer, SipTransport transport) {
        message.between(local, peer, transport);
        return this;
    }

    /// Shows a message; a listener that fails must not keep a CANCEL from leaving.
    ///
    /// @param trunk its name, or empty where it is not known
    void show(boolean sent, byte[] bytes, int length, long call, String trunk) {
        try {
            long nanos = System.nanoTime();
            message.at(nanos, wallMicros(nanos)).belonging(call, trunk).carrying(sent, bytes, length);
            listener.onMessage(message);
        } catch (RuntimeException e) {
            telemetry.count(Metric.FAULTS);
            LOG.error("trace listener failed on a message of call {}", Long.toHexString(call), e);
        }
    }

    /// The wall clock in microseconds, which Java only tells by making an object: reckoned on from the monotonic one,
    /// and set to the wall clock's milliseconds when that has been moved.
    private long wallMicros(long nanos) {
        long millis = System.currentTimeMillis();
        long drift = Math.floorDiv(nanos + wallOffset, NANOS_A_MILLI) - millis;
        if (drift < -1 || drift > 1) {
            wallOffset = millis * NANOS_A_MILLI - nanos;
        }
        return Math.floorDiv(nanos + wallOffset, NANOS_A_MICRO);
    }
}
