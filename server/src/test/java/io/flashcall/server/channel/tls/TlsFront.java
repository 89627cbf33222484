package io.flashcall.server.channel.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Speaks TLS in front of a server that does not: from the first byte, or after STARTTLS.
public final class TlsFront implements AutoCloseable {

    private final ServerSocket server;
    private final SSLContext tls;
    private final boolean atOnce;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    /// @param atOnce whether TLS begins with the first byte; else the server is one of mail
    /// @param behind port of the server on this machine
    public TlsFront(SSLContext tls, boolean atOnce, int behind) throws IOException {
        this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.atOnce = atOnce;
        this.behind = behind;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// That were made so far.
    public int connections() {
        return accepted.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                open.add(client);
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try {
            var client = atOnce ? upgraded(plain) : startTls(plain);
            var hidden = new Socket(InetAddress.getLoopbackAddress(), behind);
            open.add(hidden);
            if (!atOnce) {
                // Its greeting was given already, by us.
                line(hidden);
            }
            Thread.ofVirtual().start(() -> pump(hidden, client));
            pump(client, hidden);
        } catch (IOException e) {
            // The client did not like our certificate, or is gone.
        }
    }

    private Socket startTls(Socket plain) throws IOException {
        say(plain, "220 front ready\r\n");
        for (var line = line(plain); !line.startsWith("STARTTLS"); line = line(plain)) {
            say(plain, line.startsWith("EHLO") ? "250-front\r\n250 STARTTLS\r\n" : "530 Must issue STARTTLS first\r\n");
        }
        say(plain, "220 Go ahead\r\n");
        return upgraded(plain);
    }

    private Socket upgraded(Socket plain) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    /// Byte by byte: what comes after the line is not ours.
    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            if (c < 0) {
                throw new IOException("gone");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side is gone: so is the other.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
