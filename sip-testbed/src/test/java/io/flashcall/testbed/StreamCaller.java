package io.flashcall.testbed;

import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.StreamReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/// [RawCaller]'s sibling on a connection.
final class StreamCaller implements AutoCloseable {

    private final Socket socket;
    private final StreamReader reader;
    private final String transport;

    StreamCaller(InetSocketAddress carrier) {
        this(connected(carrier));
    }

    /// @param socket connected
    StreamCaller(Socket socket) {
        try {
            this.socket = socket;
            this.socket.setSoTimeout(5000);
            this.reader = new StreamReader(socket.getInputStream());
            this.transport = socket instanceof SSLSocket ? "TLS" : "TCP";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(InetSocketAddress carrier) {
        try {
            return new Socket(carrier.getAddress(), carrier.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String requestUri() {
        return "sip:+442079460123@127.0.0.1:" + socket.getPort();
    }

    String request(String method, String branch, String toTag) {
        return method + " " + requestUri() + " SIP/2.0\r\nVia: SIP/2.0/" + transport + " 127.0.0.1:"
                + socket.getLocalPort() + ";branch=" + branch + "\r\nMax-Forwards: 70\r\n"
                + "From: <sip:+12025550123@127.0.0.1>;tag=from1\r\nTo: <" + requestUri() + ">"
                + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\nCall-ID: call-" + socket.getLocalPort()
                + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:caller@127.0.0.1>\r\nContent-Length: 0\r\n\r\n";
    }

    void invite() {
        send(request("INVITE", RawCaller.BRANCH, ""));
    }

    void cancel() {
        send(request("CANCEL", RawCaller.BRANCH, ""));
    }

    void ack(SipMessage response) {
        send(request("ACK", RawCaller.BRANCH, response.toTag().orElse("")));
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next message; fails after five seconds, or if the connection ends.
    SipMessage next() {
        byte[] bytes = read().orElseThrow(() -> new AssertionError("the connection ended, or nothing came"));
        return SipMessage.parse(bytes, bytes.length).orElseThrow(() -> new AssertionError("no SIP"));
    }

    /// Skips until this status comes.
    SipMessage await(int status) {
        SipMessage message = next();
        while (message.status() != status) {
            message = next();
        }
        return message;
    }

    private Optional<byte[]> read() {
        try {
            return reader.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the socket has next within this time: a byte, -1 for the end, -2 for nothing.
    int peek(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException _) {
            return -2;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
