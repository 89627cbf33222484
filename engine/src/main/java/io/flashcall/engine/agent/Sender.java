package io.flashcall.engine.agent;

import io.flashcall.engine.SipTransport;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that a user agent sends passes here: rendered from its hop's template, traced, queued on the
/// socket or on the hop's connection.
final class Sender {

    /// Token of a message whose loss is nobody's concern.
    static final long NO_TOKEN = 0;

    private static final int LARGEST_DATAGRAM = 65_535;

    /// What of one call leaves first, when several of its messages leave at once. Messages of different calls may pass
    /// each other.
    private static final int ACK_OF_FAILURE = 0;

    private static final int INVITE = 1;
    private static final int PRACK = 2;
    private static final int CANCEL = 3;
    private static final int ACK_OF_SUCCESS = 4;
    private static final int BYE = 5;

    private final DatagramIo io;
    private final MessageTrace trace;
    private final Correspondent correspondent;
    private final AgentTelemetry telemetry;
    private final byte[] out = new byte[LARGEST_DATAGRAM];
    private final HostPort hostPort = new HostPort();
    private final Endpoint next = new Endpoint();
    private final List<Stream> written = new ArrayList<>();
    private final Refusals refused = new Refusals();
    private boolean queued;

    /// @param lines of the agent, which may come later
    Sender(DatagramIo io, TraceListener trace, TrunkLines lines, AgentTelemetry telemetry) {
        this.io = io;
        this.trace = new MessageTrace(trace, telemetry);
        correspondent = new Correspondent(lines, Endpoint.of(io.localAddress()));
        this.telemetry = telemetry;
    }

    /// Over UDP an INVITE that may not fit one packet is counted (RFC 3261 §18.1.1).
    void invite(WireIdentity id, Hop hop, boolean again) {
        countAgain(again);
        int length = hop.template().invite(id, out);
        if (length > Hop.MTU_BOUND && hop.stream() == null) {
            telemetry.count(Metric.OVERSIZED_SENT);
        }
        send(out, length, hop, hop.endpoint(), id.key, id.branch(), INVITE);
    }

    /// @return false when a connection did not take it
    boolean cancel(WireIdentity id, Hop hop, boolean again) {
        countAgain(again);
        int length = hop.template().cancel(id, out);
        return send(out, length, hop, hop.endpoint(), id.key, NO_TOKEN, CANCEL);
    }

    /// Renders a CANCEL without sending it.
    ///
    /// @return its bytes, valid until the next call of this object
    int renderCancel(WireIdentity id, Hop hop) {
        return Math.max(0, hop.template().cancel(id, out));
    }

    /// The ACK of a final above 299 goes where the INVITE went (RFC 3261 §17.1.1.3).
    void ack(WireIdentity id, Hop hop, ResponseView failure) {
        int length = hop.template().ack(id, failure, out);
        if (length > 0) {
            send(out, length, hop, hop.endpoint(), id.key, NO_TOKEN, ACK_OF_FAILURE);
        }
    }

    /// The ACK of a 2xx goes to the dialog's next hop (RFC 3261 §13.2.2.4), if that is the trunk's. Each fork's
    /// has a branch of its own (§8.1.1.7), the same for each repetition.
    void ackOfSuccess(WireIdentity id, Hop hop, ResponseView success) {
        long branch = CallKey.withLeg(CallKey.fork(id.branch(), success.toTagHash()), CallKey.ACK);
        int length = hop.template().ackOfSuccess(id, branch, success, out);
        if (length > 0) {
            send(out, length, hop, nextHop(hop, success), id.key, NO_TOKEN, ACK_OF_SUCCESS);
        }
    }

    /// A REGISTER.
    ///
    /// @param branchKey its transaction, told when it cannot be sent
    /// @param expires   seconds
    void register(WireIdentity id, long branchKey, int expires, Hop hop, boolean again) {
        countAgain(again);
        int length = hop.template().register(id, branchKey, expires, out);
        send(out, length, hop, hop.endpoint(), 0, branchKey, DatagramIo.IN_ORDER);
    }

    /// Renders the Request-URI of REGISTERs, for their credentials.
    int registrarUri(WireIdentity id, Hop hop) {
        return Math.max(0, hop.template().registrarUri(id, out));
    }

    /// Renders the Request-URI of OPTIONS, for their credentials.
    int optionsUri(WireIdentity id, Hop hop) {
        return Math.max(0, hop.template().optionsUri(id, out));
    }

    /// An OPTIONS outside of any dialog.
    void options(WireIdentity id, Hop hop) {
        int length = hop.template().options(id, out);
        send(out, length, hop, hop.endpoint(), 0, NO_TOKEN, DatagramIo.IN_ORDER);
    }

    /// Renders a request of the dialog that a response made.
    ///
    /// @return its bytes, valid until the next call of this object; or of length 0 when it does not fit
    int render(Method method, WireIdentity id, Hop hop, DialogRequest request, ResponseView answered) {
        int length = method == Method.BYE
                ? hop.template().bye(id, request, answered, out)
                : hop.template().prack(id, request, answered, out);
        return Math.max(0, length);
    }

    /// Renders the Request-URI of the INVITE, for its credentials.
    int inviteUri(WireIdentity id, Hop hop) {
        return Math.max(0, hop.template().inviteUri(id, out));
    }

    /// Renders the Request-URI of requests of a dialog, for their credentials.
    int dialogUri(WireIdentity id, Hop hop, ResponseView answered) {
        return Math.max(0, hop.template().dialogUri(id, answered, out));
    }

    /// What the last of the methods that render has rendered.
    byte[] rendered() {
        return out;
    }

    /// Where requests of the dialog go: Route or Contact when it is one of the trunk's sources, else where
    /// the INVITE went. Nothing goes to strangers, whatever a response may ask for, nor to an IP version that
    /// the socket may not speak. A connection takes all.
    Endpoint nextHop(Hop hop, ResponseView answered) {
        boolean reachable = hop.stream() == null
                && answered.nextHop(hostPort)
                && hostPort.isV4() == hop.endpoint().isV4();
        if (reachable && hop.trunk().sources().contains(hostPort.hi, hostPort.lo)) {
            next.set(hostPort.hi, hostPort.lo, hostPort.port);
            return next;
        }
        return hop.endpoint();
    }

    /// Sends prepared bytes of a call.
    ///
    /// @return false when a connection did not take them
    boolean again(byte[] bytes, int length, Hop hop, Endpoint to, long call, boolean again) {
        countAgain(again);
        return send(bytes, length, hop, to, call, NO_TOKEN, laneOf(bytes[0]));
    }

    /// Answers a request.
    ///
    /// @param arrival the connection that it came by, or null
    /// @param to      where the answer goes over UDP
    void reply(byte[] bytes, int length, @Nullable Hop arrival, Endpoint to) {
        if (arrival == null) {
            if (trace.isOn()) {
                var whose = correspondent.at(to);
                trace.between(whose.local(), to, SipTransport.UDP).show(true, bytes, length, 0, whose.trunk());
            }
            sendDatagram(bytes, length, to, NO_TOKEN, DatagramIo.IN_ORDER);
        } else {
            send(bytes, length, arrival, to, 0, NO_TOKEN, DatagramIo.IN_ORDER);
        }
    }

    /// Of the requests that are prepared beforehand.
    private static int laneOf(byte initial) {
        return switch (initial) {
            case 'P' -> PRACK;
            case 'C' -> CANCEL;
            case 'B' -> BYE;
            default -> DatagramIo.IN_ORDER;
        };
    }

    /// @return false when a connection did not take it; of datagrams the system tells later
    private boolean send(byte[] bytes, int length, Hop hop, Endpoint to, long call, long token, int lane) {
        var stream = hop.stream();
        if (trace.isOn()) {
            trace.between(hop.local(), stream == null ? to : hop.endpoint(), hop.target.transport())
                    .show(true, bytes, length, call, hop.trunk().config().name());
        }
        if (stream == null) {
            sendDatagram(bytes, length, to, token, lane);
            return true;
        }
        if (!stream.send(bytes, 0, length)) {
            refused.add(token);
            return false;
        }
        if (!written.contains(stream)) {
            written.add(stream);
        }
        return true;
    }

    private void sendDatagram(byte[] bytes, int length, Endpoint to, long token, int lane) {
        io.send(bytes, 0, length, to, token, lane);
        queued = true;
    }

    /// Whether anybody wants to see what is received.
    boolean isTraced() {
        return trace.isOn();
    }

    /// Shows what was received to whoever traces.
    ///
    /// @param hop the one whose message it is; null where only its source may tell
    void traceReceived(byte[] bytes, int length, @Nullable Hop hop, Endpoint from, long call) {
        if (!trace.isOn()) {
            return;
        }
        if (hop == null) {
            var whose = correspondent.at(from);
            trace.between(whose.local(), from, SipTransport.UDP).show(false, bytes, length, call, whose.trunk());
        } else {
            trace.between(hop.local(), from, hop.target.transport())
                    .show(false, bytes, length, call, hop.trunk().config().name());
        }
    }

    /// Sends what is queued: datagrams in one batch, and each connection's messages in one.
    void flush() {
        if (queued) {
            queued = false;
            io.flush();
        }
        for (int i = 0; i < written.size(); i++) {
            written.get(i).flush();
        }
        written.clear();
    }

    /// What connections did not take since this was asked last.
    Refusals refused() {
        return refused;
    }

    private void countAgain(boolean again) {
        if (again) {
            telemetry.count(Metric.RETRANSMISSIONS);
        }
    }
}
