package io.flashcall.server.webhook;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// A session as its app's back end may see it while it is open: neither codes nor caller ids nor client
/// secrets. The same shape as the API gives to server keys.
///
/// @param transaction whether to write the transaction, which may be long
/// @param attempts    how many of the latest to write
record SessionJson(Session session, boolean transaction, int attempts) {

    void write(JsonGenerator out) {
        var intent = session.opening().intent();
        out.writeStartObject();
        out.writeStringProperty("id", session.id().value());
        out.writeStringProperty("app", session.opening().app().value());
        out.writeStringProperty("status", session.status().label());
        text(out, "reason", Optional.of(session.reason()).filter(reason -> !reason.isEmpty()));
        out.writeStringProperty("to", "+" + intent.to().digits());
        out.writeStringProperty("country", intent.country());
        out.writeStringProperty("purpose", intent.purpose());
        text(out, "user_reference", intent.userReference());
        writeTransaction(out);
        out.writeStringProperty("channel", session.channel().value());
        out.writeNumberProperty("code_length", session.opening().terms().codeLength());
        text(out, "prefix", session.prefix());
        out.writeNumberProperty("checks_left", session.checksLeft());
        out.writeNumberProperty("sends_left", session.sendsLeft());
        out.writeStringProperty("created_at", text(session.opening().at()));
        out.writeStringProperty("expires_at", text(session.opening().expiresAt()));
        time(out, "ended_at", session.endedAt());
        out.writeArrayPropertyStart("attempts");
        for (var attempt : latest()) {
            write(out, attempt);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /// Writes `attempt` where there is one of that number.
    void writeAttempt(JsonGenerator out, int number) {
        session.attempt(number).ifPresent(attempt -> {
            out.writeName("attempt");
            write(out, attempt);
        });
    }

    private void writeTransaction(JsonGenerator out) {
        var value = session.opening().intent().transaction();
        out.writeName("transaction");
        if (value.isEmpty()) {
            out.writeNull();
        } else if (transaction) {
            out.writeRawValue(value.get());
        } else {
            out.writeNull();
            out.writeBooleanProperty("transaction_omitted", true);
        }
    }

    private List<Attempt> latest() {
        var all = session.attempts();
        return all.size() <= attempts ? all : all.subList(all.size() - attempts, all.size());
    }

    private static void write(JsonGenerator out, Attempt attempt) {
        var plan = attempt.plan();
        out.writeStartObject();
        out.writeNumberProperty("number", plan.number());
        out.writeNumberProperty("send", plan.send());
        out.writeStringProperty("channel", plan.channel().value());
        out.writeStringProperty("state", attempt.state());
        text(out, "outcome", attempt.result().map(AttemptResult::outcome));
        text(out, "detail", attempt.result().map(AttemptResult::detail).filter(detail -> !detail.isEmpty()));
        text(out, "trunk", plan.route().map(Attempt.Way::trunk));
        text(out, "pool", plan.route().map(Attempt.Way::pool));
        text(out, "route", plan.route().map(Attempt.Way::reason));
        price(out, "price", plan.price());
        price(out, "cost", attempt.cost());
        text(out, "receipt", attempt.receipt().map(receipt -> receipt.state().label()));
        out.writeStringProperty("began_at", text(attempt.times().begun()));
        time(out, "rang_at", attempt.times().rang());
        time(out, "ended_at", attempt.times().ended());
        out.writeEndObject();
    }

    /// RFC 3339 in UTC, to the millisecond.
    static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static void price(JsonGenerator out, String name, Optional<Price> price) {
        out.writeName(name);
        if (price.isPresent()) {
            out.writeStartObject();
            out.writeStringProperty("amount", price.get().plainAmount());
            out.writeStringProperty("currency", price.get().currency());
            out.writeEndObject();
        } else {
            out.writeNull();
        }
    }

    private static void time(JsonGenerator out, String name, Optional<Instant> time) {
        text(out, name, time.map(SessionJson::text));
    }

    private static void text(JsonGenerator out, String name, Optional<String> value) {
        out.writeName(name);
        if (value.isPresent()) {
            out.writeString(value.get());
        } else {
            out.writeNull();
        }
    }
}
