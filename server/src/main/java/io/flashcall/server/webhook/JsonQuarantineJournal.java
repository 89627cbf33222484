package io.flashcall.server.webhook;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.store.Quarantines.Quarantined;
import io.flashcall.verification.tracking.QuarantineJournal;
import java.io.StringWriter;
import java.time.Instant;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes that a caller id is in quarantine: `{"type", "timestamp", "data": {"sequence", "app", "pool", "trunk",
/// "number", "destinations", "times", "until"}}`, its number masked: who runs an app may not be who runs the numbers.
/// Thread-safe.
public final class JsonQuarantineJournal implements QuarantineJournal {

    private final JsonFactory json = new JsonFactory();

    @Override
    public String write(AppId app, Quarantined begun, E164 number, Instant at) {
        var text = new StringWriter();
        try (var out = json.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("type", EventType.CALLER_ID_QUARANTINED.label());
            out.writeStringProperty("timestamp", SessionJson.text(at));
            out.writeObjectPropertyStart("data");
            out.writeNumberProperty("sequence", 0);
            out.writeStringProperty("app", app.value());
            out.writeStringProperty("pool", begun.caller().pool());
            out.writeStringProperty("trunk", begun.caller().trunk());
            out.writeStringProperty("number", number.toString());
            out.writeNumberProperty("destinations", begun.destinations());
            out.writeNumberProperty("times", begun.times());
            out.writeStringProperty("until", SessionJson.text(begun.until()));
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString();
    }
}
