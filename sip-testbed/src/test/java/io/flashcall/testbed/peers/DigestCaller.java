package io.flashcall.testbed.peers;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A caller with credentials over any transport, for what SIPp and baresip cannot: SHA-256, and to send the
/// same nonce again. It knows no timers, and every step is the test's.
final class DigestCaller implements AutoCloseable {

    static final String USER = "+12025550123";

    private final Wire wire;
    private final String user;
    private final String password;
    private final String callId = UUID.randomUUID().toString();
    private String called = "+442079460123";
    private String branch = "";
    private int cseq;
    private int nonceCount;

    DigestCaller(Wire wire, String user, String password) {
        this.wire = wire;
        this.user = user;
        this.password = password;
    }

    DigestCaller to(String number) {
        called = number;
        return this;
    }

    String callId() {
        return callId;
    }

    /// A new request with a branch and a CSeq number of its own, and these header lines more.
    void send(String method, String... more) {
        cseq++;
        branch = "z9hG4bK" + UUID.randomUUID();
        write(method, "", more);
    }

    private void write(String method, String toTag, String... more) {
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + uri(method) + " SIP/2.0");
        lines.add("Via: SIP/2.0/" + wire.transport() + " " + wire.local() + ";rport;branch=" + branch);
        lines.add("Max-Forwards: 70");
        lines.add("From: <sip:" + user + "@127.0.0.1>;tag=from1");
        String to = method.equals("REGISTER") ? user : called;
        lines.add("To: <sip:" + to + "@127.0.0.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag));
        lines.add("Call-ID: " + callId);
        lines.add("CSeq: " + cseq + " " + method);
        lines.add("Contact: <sip:" + user + "@" + wire.local() + ";transport="
                + wire.transport().parameter() + ">");
        lines.addAll(List.of(more));
        lines.add("Content-Length: 0");
        wire.write(String.join("\r\n", lines) + "\r\n\r\n");
    }

    private String uri(String method) {
        String who = method.equals("REGISTER") || method.equals("OPTIONS") ? "" : called + "@";
        return "sip:" + who + wire.remote();
    }

    /// CANCEL for the last request.
    void cancel() {
        write("CANCEL", "");
    }

    /// ACK for the last request's final response, not a 2xx.
    void ack(SipMessage response) {
        write("ACK", response.toTag().orElse(""));
    }

    /// The next response with this status; what comes before is passed over, but told when it does not come.
    SipMessage await(int status) {
        List<String> seen = new ArrayList<>();
        while (true) {
            SipMessage next;
            try {
                next = wire.read();
            } catch (IOException e) {
                throw new AssertionError("no " + status + " came, but " + seen, e);
            }
            if (next.status() == status) {
                return next;
            }
            seen.add(next.status() + " (" + next.cseqMethod() + ")");
        }
    }

    /// The next response, whatever it is.
    SipMessage next() {
        try {
            return wire.read();
        } catch (IOException e) {
            throw new AssertionError("no response came", e);
        }
    }

    /// The header line that answers a response's last challenge, as RFC 7616 §3.4 computes it.
    String credentials(SipMessage challenged, String method) {
        String line = challenges(challenged).getLast();
        String algorithm = parameter(line, "algorithm");
        String nonce = parameter(line, "nonce");
        String realm = parameter(line, "realm");
        String nc = "%08x".formatted(++nonceCount);
        String ha1 = hash(algorithm, user + ":" + realm + ":" + password);
        String ha2 = hash(algorithm, method + ":" + uri(method));
        String response = hash(algorithm, ha1 + ":" + nonce + ":" + nc + ":0a4f113b:auth:" + ha2);
        return (line.startsWith("Proxy") ? "Proxy-Authorization" : "Authorization") + ": Digest username=\"" + user
                + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri(method) + "\", response=\""
                + response + "\", algorithm=" + algorithm + ", cnonce=\"0a4f113b\", qop=auth, nc=" + nc;
    }

    /// The next nonce counts from one again.
    void forgetNonceCount() {
        nonceCount = 0;
    }

    static List<String> challenges(SipMessage response) {
        return response.text()
                .lines()
                .filter(line -> line.startsWith("WWW-Authenticate:") || line.startsWith("Proxy-Authenticate:"))
                .toList();
    }

    private static String parameter(String line, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + line);
        }
        return matcher.group(1).strip();
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> recordRoutes(SipMessage message) {
        return message.elements(HeaderName.RECORD_ROUTE);
    }

    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
