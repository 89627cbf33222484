package io.flashcall.cli.demo;

import io.flashcall.cli.hook.Hook;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// The webhooks that the demo's receiver has accepted, the last 100 of them; `GET /webhooks` shows them. Thread-safe.
final class HookLog {

    private static final int MOST = 100;

    private final Deque<Hook> hooks = new ArrayDeque<>();

    void add(HttpRouting.Builder routes, String path) {
        routes.get(path, this::show);
    }

    synchronized void keep(Hook hook) {
        hooks.addFirst(hook);
        if (hooks.size() > MOST) {
            hooks.removeLast();
        }
        notifyAll();
    }

    /// Waits for a webhook.
    ///
    /// @return empty when it did not come in time
    synchronized Optional<Hook> await(String verification, String type, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            for (var hook : hooks) {
                if (hook.verification().equals(verification) && hook.type().equals(type)) {
                    return Optional.of(hook);
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
    }

    private synchronized void show(ServerRequest request, ServerResponse response) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("webhooks");
        hooks.forEach(hook -> list.add(hook.body()));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send((json + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
