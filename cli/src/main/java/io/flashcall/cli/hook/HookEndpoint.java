package io.flashcall.cli.hook;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import io.flashcall.verification.EventType;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;

/// A webhook endpoint at the service; it is gone with [#close].
public final class HookEndpoint implements AutoCloseable {

    private final ApiClient client;
    private final Answer created;

    private HookEndpoint(ApiClient client, Answer created) {
        this.client = client;
        this.created = created;
    }

    /// @param types of events that it hears of
    /// @throws IOException telling why the service does not take it
    public static HookEndpoint register(ApiClient client, URI url, Predicate<EventType> types)
            throws IOException, InterruptedException {
        var body = JsonNodeFactory.instance.objectNode().put("url", url.toString());
        var events = body.putArray("events");
        Arrays.stream(EventType.values())
                .filter(EventType::isWebhook)
                .filter(types)
                .map(EventType::label)
                .forEach(events::add);
        var created = client.post("/v1/webhooks", body);
        if (!created.isOk()) {
            throw new IOException("POST /v1/webhooks: " + created.complaint());
        }
        return new HookEndpoint(client, created);
    }

    /// `whsec_…`
    public String secret() {
        return created.text("secret");
    }

    @Override
    public void close() {
        try {
            client.delete("/v1/webhooks/" + created.text("id"));
        } catch (IOException e) {
            // The service is gone, and what it keeps with it is not ours to mend.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
