package io.flashcall.server.net;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A request to be sent.
///
/// @param method   `POST` and so on
/// @param url      absolute, `http` or `https`, without user and password
/// @param headers  by name; of the body's, `Content-Type` belongs here and `Content-Length` does not
/// @param body     what to send, as UTF-8; empty: none
/// @param deadline for everything, from resolving the name to the last byte of the answer
public record Outgoing(String method, URI url, Map<String, String> headers, String body, Duration deadline) {

    public Outgoing {
        headers = Map.copyOf(headers);
    }

    /// A POST of JSON.
    public static Outgoing json(URI url, Map<String, String> headers, String body, Duration deadline) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return new Outgoing("POST", url, all, body, deadline);
    }

    /// Neither headers nor body: both may hold secrets.
    @Override
    public String toString() {
        return "Outgoing[" + method + "]";
    }
}
