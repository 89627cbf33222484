package io.flashcall.cli.loadapi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// One connection to the service, kept open: the client shares the machine with what it measures, so it spends little
/// on HTTP. For one thread.
final class Wire implements AutoCloseable {

    private static final int ANSWER_AT_MOST_MILLIS =
            (int) Duration.ofSeconds(10).toMillis();
    private static final int CONNECT_AT_MOST_MILLIS =
            (int) Duration.ofSeconds(2).toMillis();
    private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

    private final URI base;
    private final SocketAddress address;
    private final String authorization;
    private @Nullable DefaultBHttpClientConnection connection;

    Wire(URI base, String key) {
        this.base = base;
        this.address = new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
        this.authorization = "Bearer " + key;
    }

    /// @param status of HTTP
    /// @param body   empty when there is none
    record Response(int status, String body) {}

    /// @param body JSON; empty: a GET
    /// @throws IOException when there was no answer: what was asked may have been done, or not
    Response send(String path, String body, String idempotencyKey) throws IOException {
        try {
            return exchange(path, body, idempotencyKey);
        } catch (HttpException e) {
            close();
            throw new IOException(e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Response exchange(String path, String body, String idempotencyKey) throws IOException, HttpException {
        var request = new BasicClassicHttpRequest(body.isEmpty() ? "GET" : "POST", path);
        request.setHeader("Host", base.getAuthority());
        request.setHeader("Authorization", authorization);
        if (!body.isEmpty()) {
            var entity = new StringEntity(body, ContentType.APPLICATION_JSON);
            request.setHeader("Idempotency-Key", idempotencyKey);
            request.setHeader("Content-Type", "application/json");
            request.setHeader("Content-Length", entity.getContentLength());
            request.setEntity(entity);
        }
        var open = connected();
        var context = HttpCoreContext.create();
        try (var response = EXECUTOR.execute(request, open, context)) {
            var entity = response.getEntity();
            var text = entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8);
            if (!EXECUTOR.keepAlive(request, response, open, context)) {
                close();
            }
            return new Response(response.getCode(), text);
        }
    }

    private DefaultBHttpClientConnection connected() throws IOException {
        var open = connection;
        if (open == null || !open.isOpen()) {
            var socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_AT_MOST_MILLIS);
            socket.connect(address, CONNECT_AT_MOST_MILLIS);
            open = new DefaultBHttpClientConnection(Http1Config.DEFAULT);
            open.bind(socket);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close(CloseMode.IMMEDIATE);
            connection = null;
        }
    }
}
