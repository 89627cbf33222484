package io.flashcall.testbed.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/// Listens on one TCP address, for TCP itself or for TLS. Thread-safe.
public final class StreamListener implements AutoCloseable {

    private final ServerSocket server;
    private final StreamTerms terms;
    private final Optional<TlsTerms> tls;
    private final StreamEvents events;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private StreamListener(ServerSocket server, StreamTerms terms, Optional<TlsTerms> tls, StreamEvents events) {
        this.server = server;
        this.terms = terms;
        this.tls = tls;
        this.events = events;
    }

    /// Binds and begins to accept.
    ///
    /// @param tls empty for plain TCP
    /// @throws IOException if the address cannot be bound
    public static StreamListener start(
            InetSocketAddress address, StreamTerms terms, Optional<TlsTerms> tls, StreamEvents events)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address, 1024);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        StreamListener listener = new StreamListener(server, terms, tls, events);
        Thread.ofVirtual().name("carrier-accept-" + server.getLocalPort()).start(listener::accept);
        return listener;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().name("carrier-connection").start(() -> serve(socket));
            } catch (IOException _) {
                // Closed, or a caller was gone before it could be taken.
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void serve(Socket socket) {
        if (terms.halfOpen()) {
            return;
        }
        try {
            socket.setTcpNoDelay(true);
            Socket ready = tls.isEmpty() ? socket : shakeHands(socket, tls.get());
            Connection connection = new Connection(ready, socket, tls.isPresent());
            events.onOpened(connection);
            Thread.ofVirtual().name("carrier-writer").start(connection::write);
            connection.read(events, terms.pong());
        } catch (IOException _) {
            // The handshake failed, and has been told.
            closeQuietly(socket);
        } finally {
            sockets.remove(socket);
        }
    }

    private SSLSocket shakeHands(Socket socket, TlsTerms how) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        LockSupport.parkNanos(how.delay().toNanos());
        try {
            SSLSocket secured = (SSLSocket) how.context()
                    .getSocketFactory()
                    .createSocket(socket, peer.getAddress().getHostAddress(), peer.getPort(), true);
            secured.setUseClientMode(false);
            secured.setNeedClientAuth(how.clientCertificate());
            if (!how.protocols().isEmpty()) {
                secured.setEnabledProtocols(how.protocols().toArray(String[]::new));
            }
            secured.startHandshake();
            events.onHandshake(made(peer, secured));
            return secured;
        } catch (IOException e) {
            events.onHandshake(
                    new Handshake(peer, "", Optional.empty(), Optional.empty(), String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private static Handshake made(InetSocketAddress peer, SSLSocket secured) {
        ExtendedSSLSession session = (ExtendedSSLSession) secured.getSession();
        List<SNIServerName> names = session.getRequestedServerNames();
        Optional<String> name = names.stream()
                .filter(SNIHostName.class::isInstance)
                .map(each -> ((SNIHostName) each).getAsciiName())
                .findFirst();
        return new Handshake(peer, session.getProtocol(), name, subject(session), "");
    }

    private static Optional<String> subject(ExtendedSSLSession session) {
        try {
            return Optional.of(session.getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    /// Ends every connection with a TCP reset, those in their handshake and the half-open ones included.
    public void resetAll() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException _) {
                // It is gone already.
            }
            closeQuietly(socket);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone already.
        }
    }

    /// Ends the listening, and every connection.
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            closeQuietly(socket);
        }
    }
}
