package io.flashcall.server.channel.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a provider sent.
public final class Post {

    private final Optional<String> token;
    private final Map<String, String> headers;
    private final Map<String, String> query;
    private final byte[] body;

    /// @param token   the last part of the path, where there was one
    /// @param headers by name in lower case
    /// @param query   decoded
    /// @param body    empty for a GET; not to be changed
    public Post(Optional<String> token, Map<String, String> headers, Map<String, String> query, byte[] body) {
        this.token = token;
        this.headers = Map.copyOf(headers);
        this.query = Map.copyOf(query);
        this.body = body;
    }

    Optional<String> token() {
        return token;
    }

    Map<String, String> query() {
        return query;
    }

    byte[] body() {
        return body;
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isForm() {
        return header("content-type").toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// It holds numbers, and what proves it.
    @Override
    public String toString() {
        return "Post[hidden]";
    }
}
