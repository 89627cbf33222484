package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Json;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.store.TimelineEntry;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A session as its caller may see it. Publishable keys see what a page has to show, but neither reasons nor routes;
/// nobody sees a code, or a caller id beyond its disclosed prefix.
final class VerificationView {

    private static final Set<String> SHOWN_TO_ALL = Set.of("channel", "send", "checks_left", "from", "to");

    private VerificationView() {}

    static ObjectNode of(Session session, Caller caller) {
        boolean whole = seesReasons(caller);
        var opening = session.opening();
        var node = Json.object();
        node.put("id", session.id().value());
        if (whole) {
            node.put("app", opening.app().value());
        }
        node.put("status", session.status().label());
        if (whole) {
            Json.put(node, "reason", Optional.of(session.reason()).filter(reason -> !reason.isEmpty()));
        }
        var to = Optional.of(opening.intent()).filter(intent -> !intent.isRemoved());
        Json.put(node, "to", to.map(intent -> "+" + intent.to().digits()));
        node.put("country", opening.intent().country());
        node.put("purpose", opening.intent().purpose());
        Json.put(node, "user_reference", opening.intent().userReference());
        opening.intent()
                .transaction()
                .ifPresentOrElse(
                        text -> node.set("transaction", Json.trusted(text)), () -> node.putNull("transaction"));
        node.put("channel", session.channel().value());
        node.put("code_length", opening.terms().codeLength());
        Json.put(node, "prefix", session.prefix());
        node.put("checks_left", session.checksLeft());
        node.put("sends_left", session.sendsLeft());
        node.put("created_at", Json.time(opening.at()));
        node.put("expires_at", Json.time(opening.expiresAt()));
        Json.putTime(node, "ended_at", session.endedAt());
        node.put("reused", false);
        var attempts = node.putArray("attempts");
        for (var attempt : session.attempts()) {
            attempts.add(attempt(attempt, whole));
        }
        return node;
    }

    /// One event of a timeline.
    static ObjectNode event(TimelineEntry entry, Caller caller) {
        var node = Json.object();
        node.put("sequence", entry.sequence());
        node.put("type", entry.type().label());
        node.put("at", Json.time(entry.at()));
        node.put("attempt", entry.attempt());
        var details = node.putObject("details");
        for (var detail : Json.trusted(entry.details()).properties()) {
            if (seesReasons(caller) || SHOWN_TO_ALL.contains(detail.getKey())) {
                details.set(detail.getKey(), detail.getValue());
            }
        }
        return node;
    }

    static Optional<ObjectNode> price(Optional<Price> price) {
        return price.map(
                known -> Json.object().put("amount", known.plainAmount()).put("currency", known.currency()));
    }

    static boolean seesReasons(Caller caller) {
        return switch (caller) {
            case Caller.Server _, Caller.Admin _ -> true;
            case Caller.Publishable _, Caller.Anonymous() -> false;
        };
    }

    private static ObjectNode attempt(Attempt attempt, boolean whole) {
        var node = Json.object();
        var plan = attempt.plan();
        node.put("number", plan.number());
        node.put("send", plan.send());
        node.put("channel", plan.channel().value());
        node.put("state", attempt.state());
        if (whole) {
            Json.put(node, "outcome", attempt.result().map(AttemptResult::outcome));
            Json.put(node, "detail", attempt.result().map(AttemptResult::detail).filter(detail -> !detail.isEmpty()));
            Json.put(node, "trunk", plan.route().map(Attempt.Way::trunk));
            Json.put(node, "pool", plan.route().map(Attempt.Way::pool));
            Json.put(node, "route", plan.route().map(Attempt.Way::reason));
            price(plan.price()).ifPresentOrElse(price -> node.set("price", price), () -> node.putNull("price"));
            price(attempt.cost()).ifPresentOrElse(cost -> node.set("cost", cost), () -> node.putNull("cost"));
            Json.put(
                    node,
                    "receipt",
                    attempt.receipt().map(receipt -> receipt.state().label()));
        }
        node.put("began_at", Json.time(attempt.times().begun()));
        Json.putTime(node, "rang_at", attempt.times().rang());
        Json.putTime(node, "ended_at", attempt.times().ended());
        return node;
    }
}
