package io.flashcall.server.http.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An answer: all of it, or a stream that writes itself.
public final class Reply {

    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";

    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Optional<Stream> stream;

    /// Writes until there is nothing more to say; closed afterwards, or without.
    public interface Stream extends AutoCloseable {
        void writeTo(OutputStream out) throws IOException;

        @Override
        void close();
    }

    private Reply(int status, Map<String, String> headers, byte[] body, Optional<Stream> stream) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.stream = stream;
    }

    public static Reply json(int status, JsonNode node) {
        return of(status, JSON, Json.bytes(node));
    }

    public static Reply noContent() {
        return new Reply(204, new LinkedHashMap<>(), NOTHING, Optional.empty());
    }

    /// Leads elsewhere.
    public static Reply redirect(String path) {
        return new Reply(302, with(new LinkedHashMap<>(), "Location", path), NOTHING, Optional.empty());
    }

    public static Reply text(int status, String contentType, String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, with(new LinkedHashMap<>(), "Content-Type", contentType), body, Optional.empty());
    }

    public static Reply stream(String contentType, Stream stream) {
        return new Reply(200, with(new LinkedHashMap<>(), "Content-Type", contentType), NOTHING, Optional.of(stream));
    }

    static Reply problem(int status, byte[] body) {
        return of(status, PROBLEM, body);
    }

    /// The same with one more header.
    public Reply header(String name, String value) {
        return new Reply(status, with(new LinkedHashMap<>(headers), name, value), body, stream);
    }

    /// The same without this header.
    public Reply without(String name) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new Reply(status, fewer, body, stream);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /// Not to be changed.
    public byte[] body() {
        return body;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<Stream> stream() {
        return stream;
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        headers.put(name, value);
        return headers;
    }
}
