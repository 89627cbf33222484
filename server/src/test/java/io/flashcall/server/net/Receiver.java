package io.flashcall.server.net;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A server that does what its script says, good or bad, on a loopback address. It speaks just enough HTTP/1.1
/// itself, so that it can also break it.
public final class Receiver implements AutoCloseable {

    /// @param headers by name in lower case
    public record Received(String method, String path, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final ServerSocket server;
    private final Function<Received, Reply> script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final boolean keeping;

    private Receiver(String address, Function<Received, Reply> script, boolean keeping) {
        this.script = script;
        this.keeping = keeping;
        try {
            this.server = new ServerSocket(0, 512, InetAddress.ofLiteral(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("receiver").start(this::accept);
    }

    /// Listens on 127.0.0.1 and answers what `script` says.
    public static Receiver answering(Function<Received, Reply> script) {
        return new Receiver("127.0.0.1", script, true);
    }

    public static Receiver at(String address, Function<Received, Reply> script) {
        return new Receiver(address, script, true);
    }

    /// Counts what it receives and forgets it: for many requests.
    public static Receiver counting() {
        return new Receiver("127.0.0.1", _ -> Reply.status(204), false);
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI url(String path) {
        var host = server.getInetAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + path);
    }

    /// What came, in order.
    public List<Received> received() {
        return List.copyOf(received);
    }

    public int count() {
        return count.get();
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            var out = new BufferedOutputStream(socket.getOutputStream());
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var request = read(line, in);
                if (keeping) {
                    received.add(request);
                }
                count.incrementAndGet();
                script.apply(request).write(out, in);
                out.flush();
            }
        } catch (IOException e) {
            // The client went away, or we hung up.
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(String start, InputStream in) throws IOException {
        var words = start.split(" ", 3);
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Received(
                words[0], words[1], Map.copyOf(headers), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it does with one request.
    @FunctionalInterface
    public interface Reply {

        /// @throws IOException to hang up
        void write(OutputStream out, InputStream in) throws IOException;

        static Reply status(int status) {
            return status(status, "", "");
        }

        /// @param headers lines that end in CR LF
        static Reply status(int status, String headers, String body) {
            return raw("HTTP/1.1 " + status + " Because\r\n" + headers + "Content-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        static Reply raw(String text) {
            return (out, _) -> out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        /// Says nothing until the client goes away.
        static Reply silence() {
            return (_, in) -> awaitEnd(in);
        }

        static Reply hangUp() {
            return (_, _) -> {
                throw new IOException("hang up");
            };
        }

        /// Sends the head at once, then byte after byte as long as the client stays.
        static Reply drip() {
            return (out, in) -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                drip(out, in);
            };
        }

        private static void drip(OutputStream out, InputStream in) throws IOException {
            var ended = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    awaitEnd(in);
                } catch (IOException e) {
                    // It has ended.
                } finally {
                    ended.countDown();
                }
            });
            try {
                while (!ended.await(10, TimeUnit.MILLISECONDS)) {
                    out.write('.');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void awaitEnd(InputStream in) throws IOException {
            while (in.read() >= 0) {
                // What else comes does not matter.
            }
            throw new IOException("the client has gone");
        }
    }
}
