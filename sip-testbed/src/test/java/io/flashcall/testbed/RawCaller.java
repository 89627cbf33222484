package io.flashcall.testbed;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The smallest caller there is: sends what the test says, shows what comes back. Knows no timers and obeys no rules.
public final class RawCaller implements AutoCloseable {

    static final String BRANCH = "z9hG4bKtest1";

    private final DatagramSocket socket;
    private final InetSocketAddress carrier;
    private final String callId;
    private String called = "+442079460123";

    public RawCaller(InetSocketAddress carrier) {
        try {
            this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            this.socket.setSoTimeout(5000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.carrier = carrier;
        this.callId = "call-" + socket.getLocalPort() + "@test";
    }

    public RawCaller to(String number) {
        called = number;
        return this;
    }

    public String callId() {
        return callId;
    }

    public String requestUri() {
        return "sip:" + called + "@127.0.0.1:" + carrier.getPort();
    }

    private String via(String branch) {
        return "SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort() + ";branch=" + branch + ";rport";
    }

    String request(String method, String uri, String branch, int cseq, String toTag) {
        return method + " " + uri + " SIP/2.0\r\nVia: " + via(branch) + "\r\nMax-Forwards: 70\r\n"
                + "From: \"Caller\" <sip:+12025550123@127.0.0.1>;tag=from1\r\nTo: <" + requestUri() + ">"
                + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\nCall-ID: " + callId + "\r\nCSeq: " + cseq + " "
                + method
                + "\r\n";
    }

    public void invite() {
        invite(UnaryOperator.identity());
    }

    public void invite(UnaryOperator<String> change) {
        send(change.apply(request("INVITE", requestUri(), BRANCH, 1, "") + "Contact: <sip:caller@127.0.0.1:"
                + socket.getLocalPort() + ">\r\nContent-Length: 0\r\n\r\n"));
    }

    /// An INVITE tried again: `attempt` is its CSeq and the end of its branch.
    void retry(int attempt, String moreHeaders) {
        send(request("INVITE", requestUri(), BRANCH + attempt, attempt, "") + "Contact: <sip:caller@127.0.0.1:"
                + socket.getLocalPort() + ">\r\n" + moreHeaders + "Content-Length: 0\r\n\r\n");
    }

    /// The ACK of a non-2xx response to any attempt, cut from the response.
    void ackAttempt(SipMessage response) {
        int attempt = (int) response.cseqNumber();
        String tag = response.toTag().orElse("");
        send(request("ACK", requestUri(), response.branch(), attempt, tag) + "Content-Length: 0\r\n\r\n");
    }

    public void cancel() {
        cancel(UnaryOperator.identity());
    }

    public void cancel(UnaryOperator<String> change) {
        send(change.apply(request("CANCEL", requestUri(), BRANCH, 1, "") + "Content-Length: 0\r\n\r\n"));
    }

    /// The ACK of a non-2xx.
    public void ackFailure(SipMessage response) {
        ackFailure(response, UnaryOperator.identity());
    }

    public void ackFailure(SipMessage response, UnaryOperator<String> change) {
        String tag = response.toTag().orElse("");
        send(change.apply(request("ACK", requestUri(), BRANCH, 1, tag) + "Content-Length: 0\r\n\r\n"));
    }

    /// A request within the dialog that this 2xx made.
    public void inDialog(String method, int cseq, SipMessage answer) {
        inDialog(method, cseq, answer, UnaryOperator.identity());
    }

    public void inDialog(String method, int cseq, SipMessage answer, UnaryOperator<String> change) {
        String contact = answer.headerOrEmpty(HeaderName.CONTACT);
        StringBuilder routes = new StringBuilder();
        for (String route : answer.elements(HeaderName.RECORD_ROUTE).reversed()) {
            routes.append("Route: ").append(route).append("\r\n");
        }
        String branch = "z9hG4bK" + method + answer.toTag().orElse("");
        String uri = contact.substring(1, contact.indexOf('>'));
        send(change.apply(
                request(method, uri, branch, cseq, answer.toTag().orElse("")) + routes + "Content-Length: 0\r\n\r\n"));
    }

    /// The PRACK of a reliable provisional response.
    void prack(SipMessage provisional, int cseq) {
        prack(provisional, cseq, UnaryOperator.identity());
    }

    void prack(SipMessage provisional, int cseq, UnaryOperator<String> change) {
        String rack = "RAck: " + provisional.headerOrEmpty(HeaderName.RSEQ) + " "
                + provisional.headerOrEmpty(HeaderName.CSEQ) + "\r\n";
        inDialog(
                "PRACK",
                cseq,
                provisional,
                text -> change.apply(
                        text.replace("z9hG4bKPRACK", "z9hG4bKp" + cseq).replace("Content-L", rack + "Content-L")));
    }

    public void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, carrier));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next response, whatever it is; fails after five seconds.
    public SipMessage next() {
        return poll(5000).orElseThrow(() -> new AssertionError("no response within 5 s"));
    }

    /// The next response that is not a 100 or a repeat of `status`'s predecessors: skips until this status comes.
    public SipMessage await(int status) {
        List<Integer> skipped = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Optional<SipMessage> response = poll(5000);
            if (response.isEmpty()) {
                break;
            }
            if (response.get().status() == status) {
                return response.get();
            }
            skipped.add(response.get().status());
        }
        throw new AssertionError("no " + status + " came, but " + skipped);
    }

    /// What comes within this time, if anything.
    public Optional<SipMessage> poll(int millis) {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            socket.setSoTimeout(millis);
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastSource = packet.getPort();
        Optional<SipMessage> parsed = SipMessage.parse(packet.getData(), packet.getLength());
        if (parsed.isEmpty()) {
            throw new AssertionError(
                    "not SIP: " + new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
        }
        return parsed;
    }

    private int lastSource;

    /// The port that the last response came from.
    public int lastSource() {
        return lastSource;
    }

    @Override
    public void close() {
        socket.close();
    }
}
