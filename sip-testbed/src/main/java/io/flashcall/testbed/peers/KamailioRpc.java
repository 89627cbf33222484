package io.flashcall.testbed.peers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Kamailio's remote procedure calls, JSON-RPC over HTTP. Each call has a connection of its own, for Kamailio
/// may have been restarted since the last.
final class KamailioRpc {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TIMEOUT_MILLIS = 3000;

    private final URI address;

    KamailioRpc(int port) {
        address = URI.create("http://127.0.0.1:" + port + "/RPC");
    }

    /// The object that came back: with `result`, or with `error`.
    ///
    /// @throws UncheckedIOException if nobody answers
    JsonNode call(String method, Object... parameters) {
        Map<String, Object> request =
                Map.of("jsonrpc", "2.0", "method", method, "params", List.of(parameters), "id", 1);
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Connection", "close");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(JSON.writeValueAsString(request).getBytes(StandardCharsets.UTF_8));
            }
            // Kamailio tells an error of a call by its HTTP status too, with the object in the body all the
            // same.
            boolean good = connection.getResponseCode() < 400;
            try (var in = good ? connection.getInputStream() : connection.getErrorStream()) {
                return JSON.readTree(in.readAllBytes());
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
