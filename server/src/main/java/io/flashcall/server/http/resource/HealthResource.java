package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException.Fault;
import io.flashcall.server.http.message.Reply;
import io.flashcall.server.metrics.Metrics;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: Prometheus. None needs a key.
public final class HealthResource {

    private final Readiness readiness;
    private final Supplier<String> metrics;

    /// @param metrics writes them in Prometheus' text format
    public HealthResource(Readiness readiness, Supplier<String> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "/healthz", Set.of(), _ -> status("ok")),
                new Endpoint("GET", "/readyz", Set.of(), this::ready),
                new Endpoint("GET", "/metrics", Set.of(), _ -> Reply.text(200, Metrics.CONTENT_TYPE, metrics.get())));
    }

    private Reply ready(Call call) {
        var obstacles = readiness.obstacles();
        if (obstacles.isEmpty()) {
            return status("ready");
        }
        throw Problem.NOT_READY
                .with(
                        "The server is not ready: " + obstacles.getFirst(),
                        obstacles.stream().map(text -> new Fault("", text)).toList())
                .header("Retry-After", "1");
    }

    private static Reply status(String text) {
        return Reply.json(200, Json.object().put("status", text));
    }
}
