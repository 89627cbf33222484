package io.flashcall.server.http;

import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.webhook.JsonBudgetJournal;
import io.flashcall.server.webhook.JsonJournal;
import io.flashcall.server.webhook.JsonQuarantineJournal;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Price;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.Step;
import io.flashcall.verification.pricing.BudgetPeriod;
import io.flashcall.verification.pricing.Budgets;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What webhooks carry is documented where the API is.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookBodiesTest {

    private final Contract contract = new Contract(document());
    private final JsonJournal journal = new JsonJournal();
    private final Set<EventType> seen = EnumSet.noneOf(EventType.class);

    @Test
    void every_body_fits_the_schema_of_its_webhook() {
        var started = hold(Session.start(Sample.session().opening()));
        var called = hold(
                started.on(new SessionEvent.Prepared(Sample.flashCall(started, CALLER, NOON)), NOON.plusMillis(10)));
        var ringing = hold(called.on(new SessionEvent.Ringing(1), NOON.plusNanos(2_123_456_789L)));
        var rang = hold(ringing.on(new SessionEvent.AttemptEnded(1, Sample.RANG), NOON.plusSeconds(3)));
        hold(rang.on(new SessionEvent.Checked(1, "manual"), NOON.plusSeconds(9)));
        hold(rang.on(new SessionEvent.CancelAsked(), NOON.plusSeconds(9)));
        hold(rang.on(new SessionEvent.TimePassed(), NOON.plusSeconds(1000)));
        var busy = hold(called.on(new SessionEvent.AttemptEnded(1, Sample.BUSY), NOON.plusSeconds(3)));
        hold(busy.on(new SessionEvent.Unavailable(1, 1, "no provider"), NOON.plusSeconds(4)));
        var sent = hold(busy.on(new SessionEvent.Prepared(Sample.sms(busy, "739182", NOON)), NOON.plusSeconds(4)));
        for (var state : Receipt.State.values()) {
            hold(sent.on(new SessionEvent.Received(2, state, "stat:" + state), NOON.plusSeconds(5)));
        }
        var wrong = rang;
        for (int i = 0; i < 3; i++) {
            wrong = hold(wrong.on(new SessionEvent.Checked(0, "manual"), NOON.plusSeconds(5)));
        }

        hold(EventType.BUDGET_WARNING, "0.1");
        hold(EventType.BUDGET_EXHAUSTED, "12.5");
        holdQuarantine();

        var expected = EnumSet.allOf(EventType.class);
        // A test is of no verification.
        expected.removeIf(type -> !type.isWebhook() || type == EventType.WEBHOOK_TEST);
        assertThat(seen).isEqualTo(expected);
    }

    private static String document() {
        try (var yaml = Contract.class.getResourceAsStream("docs/openapi.yaml")) {
            return new YAMLMapper().readTree(yaml).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hold(EventType type, String spent) {
        var use = new Budgets.Use(
                BudgetPeriod.MONTH, LocalDate.of(2026, 3, 1), Price.parse("12 EUR"), new BigDecimal(spent), 80);
        var schema = "/webhooks/" + type.label() + "/post/requestBody/content/application~1json/schema";
        contract.fits(schema, new JsonBudgetJournal().write(Sample.SHOP, use, type, NOON));
        seen.add(type);
    }

    private void holdQuarantine() {
        var begun = new Quarantines.Quarantined(
                new Quarantines.Caller("mac", "sealed", "london", "north"), NOON, NOON.plusSeconds(60), 3, 1);
        var type = EventType.CALLER_ID_QUARANTINED;
        var schema = "/webhooks/" + type.label() + "/post/requestBody/content/application~1json/schema";
        var body = new JsonQuarantineJournal().write(Sample.SHOP, begun, CALLER, NOON);
        contract.fits(schema, body);
        assertThat(body).doesNotContain(CALLER.digits().substring(4));
        seen.add(type);
    }

    private Session hold(Step step) {
        for (var event : step.published()) {
            if (event.type().isWebhook()) {
                var schema = "/webhooks/" + event.type().label() + "/post/requestBody/content/application~1json/schema";
                contract.fits(schema, journal.write(step.session(), event).body());
                seen.add(event.type());
            }
        }
        return step.session();
    }
}
