package io.flashcall.cli;

import com.standardwebhooks.Webhook;
import io.flashcall.cli.handset.HandsetRoutes;
import io.flashcall.cli.handset.Handsets;
import io.flashcall.cli.web.LocalServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A service without a store or an engine, with handsets of its own: enough of the API for those who ask it. It serves
/// the same request twice under one idempotency key, and takes on faults as a test wishes.
public final class FakeService implements AutoCloseable {

    public static final String KEY = "fc_srv_000000000000_0000000000000000000000000000000000000000";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final JsonMapper JSON = new JsonMapper();

    private final Handsets handsets = new Handsets(InstantSource.system());
    private final Map<String, ObjectNode> verifications = new ConcurrentHashMap<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> ends = new ConcurrentHashMap<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalServer server;
    private final Faults faults;
    private volatile String hook = "";

    /// @param unavailable how many requests get a 503 first
    /// @param lost        how many starts are done, but answered with a 503
    /// @param silent      whether webhooks are not sent
    /// @param unsigned    whether they are signed with another secret
    public record Faults(AtomicInteger unavailable, AtomicInteger lost, boolean silent, boolean unsigned) {

        public static Faults none() {
            return new Faults(new AtomicInteger(), new AtomicInteger(), false, false);
        }
    }

    public FakeService(Faults faults) {
        this.faults = faults;
        server = LocalServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::routes);
    }

    private void routes(HttpRouting.Builder routes) {
        new HandsetRoutes(handsets).add(routes);
        routes.post("/v1/webhooks", this::webhook)
                .delete(
                        "/v1/webhooks/{id}",
                        (_, response) -> response.status(204).send())
                .post("/v1/verifications", this::start)
                .get("/v1/verifications/{id}", this::look)
                .post("/v1/verifications/{id}/check", this::check)
                .get("/v1/verifications/{id}/stream", this::stream)
                .post("/v1/verifications/{id}/resend", this::look)
                .post("/v1/verifications/{id}/cancel", this::cancel);
    }

    public URI url() {
        return server.url();
    }

    public Handsets handsets() {
        return handsets;
    }

    public int starts() {
        return starts.get();
    }

    /// What the app's people may know of a session.
    public JsonNode verification(String id) {
        return verifications.getOrDefault(id, JsonNodeFactory.instance.objectNode());
    }

    private void webhook(ServerRequest request, ServerResponse response) {
        hook = body(request).path("url").asString("");
        response.status(201).send("{\"id\":\"whk_1\",\"secret\":\"" + SECRET + "\"}");
    }

    private void start(ServerRequest request, ServerResponse response) {
        if (!request.headers().first(HeaderNames.AUTHORIZATION).orElse("").equals("Bearer " + KEY)) {
            problem(response, 401, "invalid-key", "The API key is not valid");
            return;
        }
        if (isUnavailable(response)) {
            return;
        }
        String id = kept.computeIfAbsent(key(request), _ -> begin(body(request)));
        if (faults.lost().getAndDecrement() > 0) {
            response.status(Status.SERVICE_UNAVAILABLE_503).send();
        } else if (id.isEmpty()) {
            problem(response, 422, "number-refused", "This number is not called");
        } else {
            response.status(201).send(verification(id).toString());
        }
    }

    private String begin(JsonNode wish) {
        String to = wish.path("to").asString("");
        if (to.length() < 8) {
            return "";
        }
        int number = starts.incrementAndGet();
        String id = "ver_%026d".formatted(number);
        String caller = "+44207946%04d".formatted(number % 10_000);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", id).put("status", "pending").putNull("reason").put("to", to);
        json.put("channel", "flash_call")
                .put("code_length", 4)
                .put("prefix", "+44207946")
                .put("checks_left", 3);
        json.put("expires_at", Instant.now().plusSeconds(120).toString());
        verifications.put(id, json);
        codes.put(id, caller.substring(caller.length() - 4));
        handsets.onRinging(to, caller);
        handsets.onRingStopped(to, caller);
        return id;
    }

    private void look(ServerRequest request, ServerResponse response) {
        response.send(verification(id(request)).toString());
    }

    private void check(ServerRequest request, ServerResponse response) {
        if (isUnavailable(response)) {
            return;
        }
        String id = id(request);
        var json = verifications.get(id);
        if (json == null) {
            problem(response, 404, "not-found", "There is no such thing for this key");
            return;
        }
        response.send(kept.computeIfAbsent(key(request), _ -> judge(id, json, body(request))));
    }

    private String judge(String id, ObjectNode json, JsonNode body) {
        boolean correct = body.path("code").asString("").equals(codes.get(id));
        json.put("checks_left", json.path("checks_left").asInt() - 1);
        if (correct) {
            end(id, json, "verified");
        } else if (json.path("checks_left").asInt() == 0) {
            json.put("reason", "too_many_checks");
            end(id, json, "failed");
        }
        var answer = json.deepCopy();
        return answer.put("correct", correct).toString();
    }

    /// All that happened, and then the end.
    private void stream(ServerRequest request, ServerResponse response) throws IOException {
        var id = id(request);
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        try (var out = response.outputStream()) {
            write(out, "verification.started", "pending");
            write(out, "call.ringing", "pending");
            var status =
                    ends.computeIfAbsent(id, _ -> new CompletableFuture<>()).join();
            write(out, "verification." + status, status);
        }
    }

    private static void write(OutputStream out, String type, String status) throws IOException {
        var event = "event: " + type + "\nid: 1\ndata: {\"status\":\"" + status + "\"}\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// As its deadline would.
    public void expire(String id) {
        var json = verifications.get(id);
        if (json != null) {
            end(id, json, "expired");
        }
    }

    private void cancel(ServerRequest request, ServerResponse response) {
        var json = verifications.get(id(request));
        if (json != null) {
            end(id(request), json, "canceled");
        }
        response.send(String.valueOf(json));
    }

    private void end(String id, ObjectNode json, String status) {
        json.put("status", status);
        ends.computeIfAbsent(id, _ -> new CompletableFuture<>()).complete(status);
        if (!hook.isEmpty() && !faults.silent()) {
            deliver("verification." + status, id);
        }
    }

    private void deliver(String type, String id) {
        var body = JsonNodeFactory.instance.objectNode().put("type", type);
        body.putObject("data").put("sequence", 4).putObject("verification").put("id", id);
        var time = Instant.now().getEpochSecond();
        try {
            String secret = faults.unsigned() ? "whsec_" + "A".repeat(32) : SECRET;
            var signature = new Webhook(secret).sign("msg_" + id, time, body.toString());
            var request = HttpRequest.newBuilder(URI.create(hook))
                    .header("webhook-id", "msg_" + id)
                    .header("webhook-timestamp", Long.toString(time))
                    .header("webhook-signature", signature)
                    .POST(BodyPublishers.ofString(body.toString()));
            var _ = client.sendAsync(request.build(), BodyHandlers.discarding());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isUnavailable(ServerResponse response) {
        boolean unavailable = faults.unavailable().getAndDecrement() > 0;
        if (unavailable) {
            response.status(Status.SERVICE_UNAVAILABLE_503).send();
        }
        return unavailable;
    }

    private static void problem(ServerResponse response, int status, String slug, String title) {
        response.status(status).send("{\"type\":\"/docs/problems/" + slug + "\",\"title\":\"" + title + "\"}");
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }

    private static String key(ServerRequest request) {
        return request.headers().first(HeaderNames.create("Idempotency-Key")).orElseThrow();
    }

    private static JsonNode body(ServerRequest request) {
        return JSON.readTree(new String(request.content().as(byte[].class), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        ends.values().forEach(end -> end.complete("canceled"));
        client.shutdownNow();
        server.close();
    }
}
