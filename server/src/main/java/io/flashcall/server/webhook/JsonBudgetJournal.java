package io.flashcall.server.webhook;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.pricing.BudgetJournal;
import io.flashcall.verification.pricing.Budgets.Use;
import io.flashcall.verification.pricing.Money;
import java.io.StringWriter;
import java.math.RoundingMode;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes how budgets stand: `{"type", "timestamp", "data": {"sequence", "app", "period", "first_day",
/// "budget", "spent", "percent"}}`. Thread-safe.
public final class JsonBudgetJournal implements BudgetJournal {

    private final JsonFactory json = new JsonFactory();

    @Override
    public String write(AppId app, Use use, EventType type, Instant at) {
        var currency = use.budget().currency();
        var text = new StringWriter();
        try (var out = json.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("type", type.label());
            out.writeStringProperty("timestamp", SessionJson.text(at));
            out.writeObjectPropertyStart("data");
            out.writeNumberProperty("sequence", 0);
            out.writeStringProperty("app", app.value());
            out.writeStringProperty("period", use.period().label());
            out.writeStringProperty("first_day", use.first().toString());
            amount(out, "budget", use.budget().plainAmount(), currency);
            amount(out, "spent", Money.plain(use.spent()), currency);
            out.writeNumberProperty(
                    "percent",
                    use.spent()
                            .movePointRight(2)
                            .divide(use.budget().amount(), 0, RoundingMode.DOWN)
                            .longValue());
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void amount(JsonGenerator out, String name, String amount, String currency) {
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("amount", amount);
        out.writeStringProperty("currency", currency);
        out.writeEndObject();
    }
}
