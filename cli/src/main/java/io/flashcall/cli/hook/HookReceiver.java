package io.flashcall.cli.hook;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Receives webhooks: answers 204 to those that are signed rightly, 401 to others, 503 while it has no secret yet.
/// Thread-safe.
public final class HookReceiver {

    private static final JsonMapper JSON = new JsonMapper();

    private final AtomicReference<HookSignature> signature = new AtomicReference<>();
    private final AtomicLong refused = new AtomicLong();
    private final InstantSource clock;
    private final Consumer<Hook> consumer;

    /// @param consumer hears of each, also when it comes again; on the connection's thread, before it is answered
    public HookReceiver(InstantSource clock, Consumer<Hook> consumer) {
        this.clock = clock;
        this.consumer = consumer;
    }

    /// From now on this secret signs.
    ///
    /// @param text `whsec_…`
    public void secret(String text) {
        signature.set(new HookSignature(text));
    }

    /// How many were signed wrongly, or not at all, or were no JSON.
    public long refused() {
        return refused.get();
    }

    public void add(HttpRouting.Builder routes, String path) {
        routes.post(path, this::receive);
    }

    private void receive(ServerRequest request, ServerResponse response) {
        byte[] body = request.content().as(byte[].class);
        var known = signature.get();
        if (known == null) {
            response.status(Status.SERVICE_UNAVAILABLE_503).send();
            return;
        }
        var headers = request.headers();
        String id = header(headers, "webhook-id");
        if (!known.accepts(
                id,
                header(headers, "webhook-timestamp"),
                header(headers, "webhook-signature"),
                body,
                clock.instant())) {
            refused.incrementAndGet();
            response.status(Status.UNAUTHORIZED_401).send();
            return;
        }
        try {
            consumer.accept(new Hook(id, JSON.readTree(body)));
            response.status(Status.NO_CONTENT_204).send();
        } catch (JacksonException e) {
            refused.incrementAndGet();
            response.status(Status.BAD_REQUEST_400).send();
        }
    }

    private static String header(ServerRequestHeaders headers, String name) {
        return headers.first(HeaderNames.create(name)).orElse("");
    }
}
