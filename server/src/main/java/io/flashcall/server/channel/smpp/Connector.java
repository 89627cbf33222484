package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Server;
import io.flashcall.server.net.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
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
                ? Trust.in(server.trust().get())
                : (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
}
