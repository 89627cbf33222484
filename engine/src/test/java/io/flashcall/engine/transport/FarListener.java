package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A peer of plain `java.net`: whoever connects is accepted by the test's own thread.
final class FarListener implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket server;
    private final List<Socket> open = new ArrayList<>();

    private FarListener(ServerSocket server) throws IOException {
        this.server = server;
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    static FarListener tcp(String host) throws IOException {
        return new FarListener(new ServerSocket(0, 50, InetAddress.ofLiteral(host)));
    }

    static FarListener tls(String host, SSLContext context) throws IOException {
        return new FarListener(context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral(host)));
    }

    /// Demands a certificate of whoever connects.
    static FarListener mutualTls(String host, SSLContext context, String... protocols) throws IOException {
        var far = tls(host, context);
        if (far.server instanceof SSLServerSocket tls) {
            tls.setNeedClientAuth(true);
            tls.setEnabledProtocols(protocols);
        }
        return far;
    }

    /// Nobody listens at an endpoint that was free a moment ago.
    static Endpoint nobody() throws IOException {
        try (var gone = tcp("127.0.0.1")) {
            return gone.endpoint();
        }
    }

    /// Accepts nobody, and its queue of connections is full.
    static FarListener deaf() throws IOException {
        var far = new FarListener(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
        try {
            while (true) {
                var filler = new Socket();
                far.open.add(filler);
                filler.connect(far.server.getLocalSocketAddress(), 300);
            }
        } catch (SocketTimeoutException e) {
            return far;
        }
    }

    Endpoint endpoint() {
        return Endpoint.of((InetSocketAddress) server.getLocalSocketAddress());
    }

    /// Waits for the next connection.
    Line accept() throws IOException {
        var socket = server.accept();
        open.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Line(socket);
    }

    @Override
    public void close() throws IOException {
        for (var socket : open) {
            socket.close();
        }
        server.close();
    }

    /// One accepted connection.
    record Line(Socket socket) {

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        String receive(int length) throws IOException {
            byte[] bytes = socket.getInputStream().readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("closed after " + new String(bytes, ISO_8859_1));
            }
            return new String(bytes, ISO_8859_1);
        }

        /// Everything up to the end of the connection.
        String receiveAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }

        SSLSocket tls() {
            return (SSLSocket) socket;
        }

        /// The handshake on our side, whatever comes of it.
        void tryHandshake() {
            try {
                tls().startHandshake();
                int _ = socket.getInputStream().read();
            } catch (IOException e) {
                // What the other side makes of it is the test's question.
            }
        }

        void close() throws IOException {
            socket.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
