package io.flashcall.engine.agent;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.HostPort;
import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Trunk;
import java.util.List;

/// Everything that a user agent sends passes here: rendered from the trunk's template, traced, queued on the socket.
final class Sender {

    /// Token of a datagram whose loss is nobody's concern.
    static final long NO_TOKEN = 0;

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int MTU_BOUND = 1_300;

    private final DatagramIo io;
    private final List<RequestTemplate> templates;
    private final List<Trunk> trunks;
    private final MessageTrace trace;
    private final Endpoint local;
    private final AgentTelemetry telemetry;
    private final byte[] out = new byte[LARGEST_DATAGRAM];
    private final HostPort hop = new HostPort();
    private final Endpoint hopEndpoint = new Endpoint();
    private boolean queued;

    /// @param templates one for each of `trunks`
    Sender(
            DatagramIo io,
            List<RequestTemplate> templates,
            List<Trunk> trunks,
            TraceListener trace,
            AgentTelemetry telemetry) {
        this.io = io;
        this.templates = List.copyOf(templates);
        this.trunks = List.copyOf(trunks);
        this.trace = new MessageTrace(trace, telemetry);
        local = Endpoint.of(io.localAddress());
        this.telemetry = telemetry;
    }

    void invite(WireIdentity id, int trunk, boolean again) {
        countAgain(again);
        int length = templates.get(trunk).invite(id, out);
        if (length > MTU_BOUND) {
            telemetry.count(Metric.OVERSIZED_SENT);
        }
        send(out, length, trunks.get(trunk).target(), id.key, id.key, nameOf(trunk));
    }

    void cancel(WireIdentity id, int trunk, boolean again) {
        countAgain(again);
        int length = templates.get(trunk).cancel(id, out);
        send(out, length, trunks.get(trunk).target(), id.key, NO_TOKEN, nameOf(trunk));
    }

    /// The ACK of a final above 299 goes where the INVITE went (RFC 3261 §17.1.1.3).
    void ack(WireIdentity id, int trunk, ResponseView failure) {
        int length = templates.get(trunk).ack(id, failure, out);
        if (length > 0) {
            send(out, length, trunks.get(trunk).target(), id.key, NO_TOKEN, nameOf(trunk));
        }
    }

    /// The ACK of a 2xx goes to the dialog's next hop (RFC 3261 §13.2.2.4), if that is the trunk's. Each fork's has a
    /// branch of its own (§8.1.1.7), the same for each repetition.
    void ackOfSuccess(WireIdentity id, int trunk, ResponseView success) {
        long branch = CallKey.withLeg(CallKey.fork(id.key, success.toTagHash()), CallKey.ACK);
        int length = templates.get(trunk).ackOfSuccess(id, branch, success, out);
        if (length > 0) {
            send(out, length, nextHop(trunk, success), id.key, NO_TOKEN, nameOf(trunk));
        }
    }

    /// Renders the BYE of an answered fork.
    ///
    /// @return its bytes, valid until the next call of this object; or of length 0 when it does not fit
    int renderBye(WireIdentity id, int trunk, long branch, ResponseView success) {
        return Math.max(0, templates.get(trunk).bye(id, branch, success, out));
    }

    /// What the last `render` method rendered.
    byte[] rendered() {
        return out;
    }

    /// Where requests of the answered dialog go: Route or Contact when it is one of the trunk's sources, else where
    /// the INVITE went. Nothing goes to strangers, whatever a 2xx may ask for, nor to an IP version that the socket
    /// may not speak.
    Endpoint nextHop(int trunk, ResponseView success) {
        var config = trunks.get(trunk);
        boolean reachable =
                success.nextHop(hop) && hop.isV4() == config.target().isV4();
        if (reachable && config.sources().contains(hop.hi, hop.lo)) {
            hopEndpoint.set(hop.hi, hop.lo, hop.port);
            return hopEndpoint;
        }
        return config.target();
    }

    /// Sends prepared bytes of a call.
    void again(byte[] bytes, int length, Endpoint to, long call, boolean again) {
        countAgain(again);
        send(bytes, length, to, call, NO_TOKEN);
    }

    /// Queues a datagram that belongs to `call`, or to none when that is 0.
    void send(byte[] bytes, int length, Endpoint to, long call, long token) {
        send(bytes, length, to, call, token, "");
    }

    private void send(byte[] bytes, int length, Endpoint to, long call, long token, String trunk) {
        if (trace.isOn()) {
            trace.between(local, to, SipTransport.UDP).show(true, bytes, length, call, trunk);
        }
        io.send(bytes, 0, length, to, token);
        queued = true;
    }

    void traceReceived(byte[] bytes, int length, Endpoint from, long call) {
        if (trace.isOn()) {
            trace.between(local, from, SipTransport.UDP).show(false, bytes, length, call, "");
        }
    }

    private String nameOf(int trunk) {
        return trunks.get(trunk).config().name();
    }

    /// Sends what is queued, in one batch.
    void flush() {
        if (queued) {
            queued = false;
            io.flush();
        }
    }

    private void countAgain(boolean again) {
        if (again) {
            telemetry.count(Metric.RETRANSMISSIONS);
        }
    }
}
