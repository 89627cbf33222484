package io.flashcall.engine.agent;

import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.DialogRequest;
import io.flashcall.engine.sip.HostPort;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that a user agent sends passes here: rendered from the trunk's template, traced, queued on the
/// socket.
final class Sender {

    /// Token of a datagram whose loss is nobody's concern.
    static final long NO_TOKEN = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int MTU_BOUND = 1_300;

    private final DatagramIo io;
    private final TraceListener trace;
    private final boolean traced;
    private final AgentTelemetry telemetry;
    private final byte[] out = new byte[LARGEST_DATAGRAM];
    private final HostPort hostPort = new HostPort();
    private final Endpoint next = new Endpoint();
    private boolean queued;

    Sender(DatagramIo io, TraceListener trace, AgentTelemetry telemetry) {
        this.io = io;
        this.trace = trace;
        traced = !trace.equals(TraceListener.NONE);
        this.telemetry = telemetry;
    }

    void invite(WireIdentity id, Hop hop, boolean again) {
        countAgain(again);
        int length = hop.template.invite(id, out);
        if (length > MTU_BOUND) {
            telemetry.count(Metric.OVERSIZED_SENT);
        }
        send(out, length, hop.endpoint(), id.key, id.branch());
    }

    void cancel(WireIdentity id, Hop hop, boolean again) {
        countAgain(again);
        int length = hop.template.cancel(id, out);
        send(out, length, hop.endpoint(), id.key, NO_TOKEN);
    }

    /// The ACK of a final above 299 goes where the INVITE went (RFC 3261 §17.1.1.3).
    void ack(WireIdentity id, Hop hop, ResponseView failure) {
        int length = hop.template.ack(id, failure, out);
        if (length > 0) {
            send(out, length, hop.endpoint(), id.key, NO_TOKEN);
        }
    }

    /// The ACK of a 2xx goes to the dialog's next hop (RFC 3261 §13.2.2.4), if that is the trunk's. Each fork's
    /// has a branch of its own (§8.1.1.7), the same for each repetition.
    void ackOfSuccess(WireIdentity id, Hop hop, ResponseView success) {
        long branch = CallKey.withLeg(CallKey.fork(id.branch(), success.toTagHash()), CallKey.ACK);
        int length = hop.template.ackOfSuccess(id, branch, success, out);
        if (length > 0) {
            send(out, length, nextHop(hop, success), id.key, NO_TOKEN);
        }
    }

    /// An OPTIONS outside of any dialog.
    void options(WireIdentity id, Hop hop) {
        int length = hop.template.options(id, out);
        send(out, length, hop.endpoint(), 0, NO_TOKEN);
    }

    /// Renders a request of the dialog that a response made.
    ///
    /// @return its bytes, valid until the next call of this object; or of length 0 when it does not fit
    int render(Method method, WireIdentity id, Hop hop, DialogRequest request, ResponseView answered) {
        int length = method == Method.BYE
                ? hop.template.bye(id, request, answered, out)
                : hop.template.prack(id, request, answered, out);
        return Math.max(0, length);
    }

    /// Renders the Request-URI of the INVITE, for its credentials.
    int inviteUri(WireIdentity id, Hop hop) {
        return Math.max(0, hop.template.inviteUri(id, out));
    }

    /// Renders the Request-URI of requests of a dialog, for their credentials.
    int dialogUri(WireIdentity id, Hop hop, ResponseView answered) {
        return Math.max(0, hop.template.dialogUri(id, answered, out));
    }

    /// What the last of the methods that render has rendered.
    byte[] rendered() {
        return out;
    }

    /// Where requests of the dialog go: Route or Contact when it is one of the trunk's sources, else where
    /// the INVITE went. Nothing goes to strangers, whatever a response may ask for, nor to an IP version that
    /// the socket may not speak.
    Endpoint nextHop(Hop hop, ResponseView answered) {
        boolean reachable =
                answered.nextHop(hostPort) && hostPort.isV4() == hop.endpoint().isV4();
        if (reachable && hop.trunk().sources().contains(hostPort.hi, hostPort.lo)) {
            next.set(hostPort.hi, hostPort.lo, hostPort.port);
            return next;
        }
        return hop.endpoint();
    }

    /// Sends prepared bytes of a call.
    void again(byte[] bytes, int length, Hop hop, Endpoint to, long call, boolean again) {
        countAgain(again);
        send(bytes, length, to, call, NO_TOKEN);
    }

    /// Queues a datagram that belongs to `call`, or to none when that is 0.
    void send(byte[] bytes, int length, Endpoint to, long call, long token) {
        if (traced) {
            trace(call, true, bytes, length, to);
        }
        io.send(bytes, 0, length, to, token);
        queued = true;
    }

    void traceReceived(byte[] bytes, int length, Endpoint from, long call) {
        if (traced) {
            trace(call, false, bytes, length, from);
        }
    }

    /// A listener that fails must not keep a CANCEL from leaving.
    private void trace(long call, boolean sent, byte[] bytes, int length, Endpoint peer) {
        try {
            trace.onMessage(call, sent, System.nanoTime(), bytes, length, peer.toSocketAddress());
        } catch (RuntimeException e) {
            telemetry.count(Metric.FAULTS);
            LOG.error("trace listener failed on a message of call {}", Long.toHexString(call), e);
        }
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
