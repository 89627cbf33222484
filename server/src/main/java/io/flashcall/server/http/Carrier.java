package io.flashcall.server.http;

import io.flashcall.server.http.access.Forwarding;
import io.flashcall.server.http.message.Body;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Call.Target;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Reply;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Carries requests of the HTTP server to the [Front], and its answers back. Thread-safe.
final class Carrier implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
    private static final String MDC_KEY = "request_id";
    private static final String API = "/v1/";

    private final Front front;
    private final BodyReader bodies;
    private final Forwarding forwarding;

    Carrier(Front front, BodyReader bodies, Forwarding forwarding) {
        this.front = front;
        this.bodies = bodies;
        this.forwarding = forwarding;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        var call = call(request);
        try (var _ = MDC.putCloseable(MDC_KEY, call.id())) {
            var reply = front.answer(
                    call,
                    known -> bodies.read(known, request, response, late -> {
                        response.headers().set(HeaderValues.CONNECTION_CLOSE);
                        send(front.refuse(known, late), call, response);
                    }));
            send(reply, call, response);
            if (LOG.isDebugEnabled()) {
                long micros = (System.nanoTime() - start) / 1000;
                LOG.debug("{} answered with {} after {} µs", call.target().method(), reply.status(), micros);
            }
        } catch (GoneException e) {
            throw new CloseConnectionException("given up", e);
        }
    }

    private Call call(ServerRequest request) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : request.headers()) {
            headers.put(header.headerName().lowerCase(), String.join(",", header.allValues()));
        }
        var method = request.prologue().method().text();
        var path = request.prologue().uriPath().rawPath();
        var query = query(request.prologue().query().rawValue());
        var id = RequestIds.of(Optional.ofNullable(headers.get(RequestIds.HEADER.toLowerCase(Locale.ROOT))));
        return new Call(
                id,
                new Target(method, path, Map.of(), query),
                headers,
                Body.NONE,
                new Caller.Anonymous(),
                address(request, headers));
    }

    private String address(ServerRequest request, Map<String, String> headers) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                ? forwarding.client(peer.getAddress(), Optional.ofNullable(headers.get("x-forwarded-for")))
                : "unknown";
    }

    private static void send(Reply reply, Call call, ServerResponse response) {
        response.status(Status.create(reply.status()));
        response.header(RequestIds.HEADER, call.id());
        response.header("X-Content-Type-Options", "nosniff");
        if (call.target().path().startsWith(API)) {
            response.header("Cache-Control", "no-store");
        }
        reply.headers().forEach((name, value) -> response.header(name, value));
        boolean head = call.target().method().equals(Method.HEAD_NAME);
        if (reply.stream().isPresent()) {
            stream(reply.stream().get(), head, response);
        } else if (head || reply.status() == Status.NO_CONTENT_204.code()) {
            response.send();
        } else {
            response.send(reply.body());
        }
    }

    private static void stream(Reply.Stream stream, boolean head, ServerResponse response) {
        try (stream) {
            if (head) {
                response.send();
                return;
            }
            response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
            try (var out = response.outputStream()) {
                stream.writeTo(out);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("A stream's reader is gone: {}", e.toString());
        }
    }

    /// The first value of each name.
    private static Map<String, String> query(String raw) {
        var query = new LinkedHashMap<String, String>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (var pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                query.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
