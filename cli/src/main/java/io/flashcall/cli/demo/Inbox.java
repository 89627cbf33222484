package io.flashcall.cli.demo;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The messages that the demo's phones have got: a provider posts them to `/inbox/{number}`, people read them there.
/// Keeps the last 10 of each of 1,000 phones. Thread-safe.
final class Inbox {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_PHONES = 1_000;
    private static final int MOST_MESSAGES = 10;

    private final Map<String, Deque<ObjectNode>> phones = new LinkedHashMap<>();
    private final InstantSource clock;
    private final BiConsumer<String, String> listener;
    private final SmsReceipts receipts;

    /// @param listener hears of each message: the number, and what was written to it
    /// @param receipts says of each that it has arrived
    Inbox(InstantSource clock, BiConsumer<String, String> listener, SmsReceipts receipts) {
        this.clock = clock;
        this.listener = listener;
        this.receipts = receipts;
    }

    void add(HttpRouting.Builder routes) {
        routes.post("/inbox/{number}", this::receive).get("/inbox/{number}", this::show);
    }

    private void receive(ServerRequest request, ServerResponse response) {
        try {
            var message = JSON.readTree(request.content().as(byte[].class));
            var text = message.path("text").asString("");
            keep(number(request), text);
            listener.accept(number(request), text);
            var id = UUID.randomUUID().toString();
            response.status(Status.ACCEPTED_202);
            send(response, JsonNodeFactory.instance.objectNode().put("id", id));
            receipts.delivered(id);
        } catch (JacksonException e) {
            response.status(Status.BAD_REQUEST_400).send();
        }
    }

    private synchronized void keep(String number, String text) {
        var message = JsonNodeFactory.instance
                .objectNode()
                .put("at", clock.instant().toString())
                .put("text", text);
        var messages = phones.computeIfAbsent(number, _ -> new ArrayDeque<>());
        messages.addFirst(message);
        if (messages.size() > MOST_MESSAGES) {
            messages.removeLast();
        }
        if (phones.size() > MOST_PHONES) {
            phones.remove(phones.keySet().iterator().next());
        }
    }

    private synchronized void show(ServerRequest request, ServerResponse response) {
        var json = JsonNodeFactory.instance.objectNode().put("number", number(request));
        var list = json.putArray("messages");
        phones.getOrDefault(number(request), new ArrayDeque<>()).forEach(list::add);
        send(response, json);
    }

    private static void send(ServerResponse response, ObjectNode json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send((json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String number(ServerRequest request) {
        return "+" + request.path().pathParameters().get("number").replaceAll("[^0-9]", "");
    }
}
