package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/// Connects to an SMSC, in bounded time; with TLS, to none but the one that was meant (the library's own connections
/// check no name). Thread-safe.
final class Connector implements ConnectionFactory {

    private final Server server;
    private final int timeoutMillis;

    Connector(Server server, Duration timeout) {
        this.server = server;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setTcpNoDelay(true);
            return new SocketConnection(server.tls() ? secured(socket) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        plain.setSoTimeout(timeoutMillis);
        var socket = (SSLSocket) sockets().createSocket(plain, server.host(), server.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    // Made anew for each connection, so that a renewed file needs no restart.
    private SSLSocketFactory sockets() throws IOException {
        return server.trust().isPresent()
                ? trusting(server.trust().get()).getSocketFactory()
                : (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (var pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates cannot be read: " + file, e);
        }
    }
}
