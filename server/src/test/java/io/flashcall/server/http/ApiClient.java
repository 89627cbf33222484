package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Talks to a running API, and holds every answer against its OpenAPI document.
final class ApiClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final Contract contract;

    ApiClient(int port) {
        this.port = port;
        this.contract = new Contract(send(request("GET", "/openapi.json", "")).body());
    }

    Contract contract() {
        return contract;
    }

    Answer get(String path, String key) {
        return checked(request("GET", path, key));
    }

    Answer get(String path, String key, Map<String, String> headers) {
        return checked(with(request("GET", path, key), headers));
    }

    Answer delete(String path, String key) {
        return checked(request("DELETE", path, key));
    }

    Answer post(String path, String key, String body) {
        return post(path, key, body, Map.of());
    }

    Answer post(String path, String key, String body, Map<String, String> headers) {
        return withBody("POST", path, key, body, headers);
    }

    Answer put(String path, String key, String body) {
        return withBody("PUT", path, key, body, Map.of());
    }

    private Answer withBody(String method, String path, String key, String body, Map<String, String> headers) {
        var request = request(method, path, key).method(method, BodyPublishers.ofString(body));
        if (!headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return checked(with(request, headers));
    }

    /// No answer holds a code, or a caller id beyond what may be shown of it.
    private static void keepsSecrets(Answer answer) {
        boolean document = answer.path().startsWith("/docs") || answer.path().equals("/openapi.json");
        if (!document) {
            assertThat(answer.body())
                    .doesNotContain(FakeVerifications.CALLER.substring(3), '"' + FakeVerifications.CODE + '"');
        }
    }

    /// Any request at all.
    Answer checked(HttpRequest.Builder request) {
        var answer = send(request);
        contract.check(answer);
        keepsSecrets(answer);
        return answer;
    }

    HttpRequest.Builder request(String method, String path, String key) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, BodyPublishers.noBody());
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    static HttpRequest.Builder with(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        return request;
    }

    HttpClient http() {
        return http;
    }

    private Answer send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(request.method(), request.uri().getPath(), response);
        } catch (IOException e) {
            throw new AssertionError(request.method() + " " + request.uri() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
