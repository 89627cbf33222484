package io.flashcall.engine.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A peer that a test plays by hand, message by message.
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final DatagramSocket socket;
    private InetSocketAddress caller = new InetSocketAddress(0);

    RawPeer() {
        this("127.0.0.1");
    }

    RawPeer(String host) {
        try {
            socket = new DatagramSocket(0, InetAddress.ofLiteral(host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /// From where the last message came.
    InetSocketAddress caller() {
        return caller;
    }

    /// `sip:callee@` and this peer's address.
    String uri() {
        return "sip:callee@" + address().getAddress().getHostAddress() + ":"
                + address().getPort();
    }

    /// The next message whose start line begins so; others before it are passed over.
    String next(String start) {
        var passed = new ArrayList<String>();
        while (true) {
            String message = receive(PATIENCE_MILLIS);
            if (message.isEmpty()) {
                throw new AssertionError("waited for " + start + ", but saw " + passed);
            }
            if (message.startsWith(start)) {
                return message;
            }
            passed.add(message.substring(0, Math.max(0, message.indexOf("\r\n"))));
        }
    }

    /// All messages that arrive within this time.
    List<String> within(Duration time) {
        var messages = new ArrayList<String>();
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            String message = receive((int) left);
            if (!message.isEmpty()) {
                messages.add(message);
            }
        }
        return messages;
    }

    private String receive(int millis) {
        try {
            socket.setSoTimeout(millis);
            var packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            caller = (InetSocketAddress) packet.getSocketAddress();
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers a request; returns what was sent.
    ///
    /// @param toTag empty for none
    /// @param more  further header lines, each with its line end
    String answer(String request, int status, String toTag, String more) {
        String response = response(request, status, toTag, more);
        send(response, caller);
        return response;
    }

    static String response(String request, int status, String toTag, String more) {
        String to = header(request, "To");
        boolean tagged = toTag.isEmpty() || to.contains(";tag=");
        return "SIP/2.0 " + status + " By hand\r\nVia: " + header(request, "Via") + "\r\nFrom: "
                + header(request, "From") + "\r\nTo: " + to + (tagged ? "" : ";tag=" + toTag) + "\r\nCall-ID: "
                + header(request, "Call-ID") + "\r\nCSeq: " + header(request, "CSeq") + "\r\n" + more
                + "Content-Length: 0\r\n\r\n";
    }

    /// A request of our own to whom called us.
    String request(String method, String id, String more) {
        return "%s sip:us@%s:%d SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bK%s;rport\r\nMax-Forwards: 70\r\n"
                        .formatted(
                                method,
                                caller.getAddress().getHostAddress(),
                                caller.getPort(),
                                address().getAddress().getHostAddress(),
                                address().getPort(),
                                id)
                + "From: <sip:them@127.0.0.1>;tag=t%s\r\nTo: <sip:us@127.0.0.1>\r\nCall-ID: %s\r\nCSeq: 7 %s\r\n"
                        .formatted(id, id, method)
                + more + "Content-Length: 0\r\n\r\n";
    }

    void send(String message, InetSocketAddress to) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String header(String message, String name) {
        var found =
                Pattern.compile("\r\n" + Pattern.quote(name) + ": ([^\r\n]*)").matcher(message);
        if (!found.find()) {
            throw new AssertionError("no " + name + " in " + message);
        }
        return found.group(1);
    }

    @Override
    public void close() {
        socket.close();
    }
}
