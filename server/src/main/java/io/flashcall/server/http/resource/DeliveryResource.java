package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Query;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Outbox.Delivery;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What is delivered to a webhook: test events, and those that were given up.
public final class DeliveryResource {

    private static final Pattern ID = Pattern.compile("(?:msg_)?(\\d{1,18})");
    private static final String ID_PREFIX = "msg_";

    private final Endpoints endpoints;
    private final Outbox outbox;
    private final InstantSource clock;

    public DeliveryResource(Endpoints endpoints, Outbox outbox, InstantSource clock) {
        this.endpoints = endpoints;
        this.outbox = outbox;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        var scopes = WebhookResource.SCOPES;
        return List.of(
                new Endpoint("POST", "/v1/webhooks/{id}/test", scopes, this::test),
                new Endpoint("GET", "/v1/webhooks/{id}/deliveries", scopes, this::dead),
                new Endpoint("POST", "/v1/webhooks/{id}/deliveries/{delivery}/redeliver", scopes, this::redeliver));
    }

    private Reply test(Call call) {
        call.form().done();
        var endpoint = WebhookResource.find(endpoints, call);
        var now = clock.instant();
        var body = Json.object();
        body.put("type", EventType.WEBHOOK_TEST.label());
        body.put("timestamp", Json.time(now));
        body.putObject("data").put("sequence", 0).putObject("details").put("webhook", endpoint.id());
        return accepted(outbox.add(endpoint.id(), EventType.WEBHOOK_TEST, Json.text(body), now));
    }

    private Reply dead(Call call) {
        var endpoint = WebhookResource.find(endpoints, call);
        var query = call.query();
        var state = query.text("state").orElse("dead");
        if (!state.equals("dead")) {
            throw Query.wrong("state", state, "dead: what was given up");
        }
        long after = query.text("after").map(DeliveryResource::cursor).orElse(0L);
        int limit = query.limit();
        query.done();
        var found = outbox.dead(endpoint.id(), after, limit);
        boolean full = found.size() == limit;
        return Page.of(
                found.stream().map(DeliveryResource::view).toList(),
                full ? Optional.of(ID_PREFIX + found.getLast().id()) : Optional.empty());
    }

    private Reply redeliver(Call call) {
        call.form().done();
        var endpoint = WebhookResource.find(endpoints, call);
        var id = id(call.parameter("delivery"));
        if (id.isEmpty() || !outbox.redeliver(endpoint.id(), id.getAsLong(), clock.instant())) {
            throw Problem.NOT_FOUND.with("There is no such delivery to this webhook; GET /v1/webhooks/" + endpoint.id()
                    + "/deliveries?state=dead lists those given up.");
        }
        return accepted(id.getAsLong());
    }

    private static Reply accepted(long id) {
        return Reply.json(202, Json.object().put("id", ID_PREFIX + id).put("state", "waiting"));
    }

    private static long cursor(String text) {
        return id(text).orElseThrow(() -> Query.wrong("after", text, "the “next” of the page before"));
    }

    private static OptionalLong id(String text) {
        var form = ID.matcher(text);
        return form.matches() ? OptionalLong.of(Long.parseLong(form.group(1))) : OptionalLong.empty();
    }

    private static ObjectNode view(Delivery delivery) {
        var node = Json.object();
        node.put("id", ID_PREFIX + delivery.id());
        node.put("type", delivery.event().type().label());
        node.put("sequence", delivery.event().sequence());
        node.put("at", Json.time(delivery.event().at()));
        Json.put(node, "verification", delivery.session().map(SessionId::value));
        node.put("tries", delivery.tries().made());
        node.put("last_error", delivery.tries().last());
        return node;
    }
}
