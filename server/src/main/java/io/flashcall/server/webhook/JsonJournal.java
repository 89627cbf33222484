package io.flashcall.server.webhook;

import io.flashcall.verification.Effect;
import io.flashcall.verification.Journal;
import io.flashcall.verification.Session;
import io.flashcall.verification.store.OutboxEvent;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes events as JSON: the body that webhook endpoints receive, `{"type", "timestamp", "data": {"sequence",
/// "verification", "attempt", "details"}}`, and the details alone for the timeline. A body stays below 20 kB:
/// where a session would not fit, its transaction is left out, and then its oldest attempts. Thread-safe.
public final class JsonJournal implements Journal {

    /// By the Standard Webhooks specification a payload has less than 20 kB.
    static final int MOST_BYTES = 20_000;

    /// Of a session with more attempts than fit.
    private static final int LATEST_ATTEMPTS = 10;

    private static final int USUAL_CHARS = 1500;

    private final JsonFactory json = new JsonFactory();

    @Override
    public OutboxEvent write(Session session, Effect.Publish event) {
        var details = details(event.details());
        var body = event.type().isWebhook() ? body(session, event, details) : "";
        return new OutboxEvent(event.type(), event.sequence(), event.at(), event.attempt(), details, body);
    }

    private String body(Session session, Effect.Publish event, String details) {
        var whole = body(new SessionJson(session, true, Integer.MAX_VALUE), event, details);
        if (fits(whole)) {
            return whole;
        }
        var shorter = body(new SessionJson(session, false, Integer.MAX_VALUE), event, details);
        return fits(shorter) ? shorter : body(new SessionJson(session, false, LATEST_ATTEMPTS), event, details);
    }

    private static boolean fits(String body) {
        return body.length() < MOST_BYTES / 3 || body.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES;
    }

    private String body(SessionJson session, Effect.Publish event, String details) {
        var text = new StringWriter(USUAL_CHARS);
        try (var out = json.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("type", event.type().label());
            out.writeStringProperty("timestamp", SessionJson.text(event.at()));
            out.writeObjectPropertyStart("data");
            out.writeNumberProperty("sequence", event.sequence());
            out.writeName("verification");
            session.write(out);
            session.writeAttempt(out, event.attempt());
            out.writeName("details");
            out.writeRawValue(details);
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString();
    }

    private String details(Map<String, String> details) {
        if (details.isEmpty()) {
            return "{}";
        }
        var text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            // Sorted, so that the same event is always written the same.
            new TreeMap<>(details).forEach(out::writeStringProperty);
            out.writeEndObject();
        }
        return text.toString();
    }
}
