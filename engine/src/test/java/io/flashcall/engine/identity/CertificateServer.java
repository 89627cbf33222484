package io.flashcall.engine.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// A web server on port 8443 of a loopback address of its own, with a certificate for `cert.example.org`; it
/// answers what a test tells it to, right or wrong.
final class CertificateServer implements AutoCloseable {

    static final String HOST = "cert.example.org";

    private static final char[] PASSWORD = "password".toCharArray();

    private final SSLServerSocket listener;
    private final SSLSocketFactory trusting;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    /// What it does with one connection.
    @FunctionalInterface
    interface Script {

        void answer(String requestLine, OutputStream out) throws IOException;
    }

    /// @param name whom its certificate is for
    CertificateServer(String name, Script script) throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        Instant from = now.minus(Duration.ofDays(1));
        Instant until = now.plus(Duration.ofDays(1));
        var authority = Authority.root("web root", from, until);
        var keys = Keys.p256();
        var certificate = authority.issue(name, keys, wanted -> {
            wanted.valid(from, until);
            wanted.host(name);
        });
        var keyStore = emptyStore();
        keyStore.setKeyEntry("server", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
        var trustStore = emptyStore();
        trustStore.setCertificateEntry("authority", authority.certificate());
        this.trusting = context(emptyStore(), trustStore).getSocketFactory();
        this.listener = listen(context(keyStore, trustStore));
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private static SSLContext context(KeyStore keys, KeyStore trusted) throws GeneralSecurityException {
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    /// The port is fixed by the rules, so the address must be nobody else's.
    private static SSLServerSocket listen(SSLContext context) throws IOException {
        for (int attempt = 0; ; attempt++) {
            var random = RandomGenerator.getDefault();
            byte[] address = {
                127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)
            };
            try {
                return (SSLServerSocket) context.getServerSocketFactory()
                        .createServerSocket(8443, 50, InetAddress.getByAddress(address));
            } catch (BindException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var request = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                request.append(line).append('\n');
            }
            requests.add(request.toString());
            script.answer(request.toString().lines().findFirst().orElse(""), socket.getOutputStream());
            open.decrementAndGet();
        } catch (IOException e) {
            // The client hung up, as it should in some tests.
            open.decrementAndGet();
        }
    }

    InetAddress address() {
        return listener.getInetAddress();
    }

    /// Trusts this server.
    SSLSocketFactory trusting() {
        return trusting;
    }

    /// The heads of all requests so far.
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /// How many connections were being served at the same time, at most.
    int mostOpen() {
        return mostOpen.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
