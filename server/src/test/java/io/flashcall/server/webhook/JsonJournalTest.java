package io.flashcall.server.webhook;

import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.Effect;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.Step;
import io.flashcall.verification.store.OutboxEvent;
import io.flashcall.verification.store.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonJournalTest {

    private final JsonJournal journal = new JsonJournal();
    private final Opening opening = Sample.session().opening();

    @Test
    void a_body_says_what_happened_when_and_to_which_verification() {
        var start = Session.start(opening);

        var written = only(start, EventType.VERIFICATION_STARTED);

        var body = read(written.body());
        assertThat(body.propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(body.path("type").asString()).isEqualTo("verification.started");
        assertThat(body.path("timestamp").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(body.path("data").path("sequence").asInt()).isEqualTo(1);
        assertThat(body.path("data").has("attempt")).isFalse();
        assertThat(body.at("/data/details").isObject()).isTrue();
        var verification = body.at("/data/verification");
        assertThat(verification.path("id").asString()).isEqualTo(opening.id().value());
        assertThat(verification.path("status").asString()).isEqualTo("pending");
        assertThat(verification.path("reason").isNull()).isTrue();
        assertThat(verification.path("to").asString()).isEqualTo("+447700900123");
        assertThat(verification.path("country").asString()).isEqualTo("GB");
        assertThat(verification.path("purpose").asString()).isEqualTo("signup");
        assertThat(verification.path("user_reference").asString()).isEqualTo("user-17");
        assertThat(verification.at("/transaction/amount").asString()).isEqualTo("12.50");
        assertThat(verification.path("channel").asString()).isEqualTo("flash_call");
        assertThat(verification.path("prefix").isNull()).isTrue();
        assertThat(verification.path("checks_left").asInt()).isEqualTo(3);
        assertThat(verification.path("sends_left").asInt()).isEqualTo(2);
        assertThat(verification.path("expires_at").asString()).isEqualTo("2026-03-01T12:02:00Z");
        assertThat(verification.path("attempts").isEmpty()).isTrue();
        assertThat(written.sequence()).isEqualTo(1);
    }

    @Test
    void an_event_of_an_attempt_carries_that_attempt_with_its_way_and_its_price() {
        var ringing = ringing();

        var body = read(only(ringing, EventType.CALL_RINGING).body());

        var attempt = body.at("/data/attempt");
        assertThat(attempt).isEqualTo(body.at("/data/verification/attempts/0"));
        assertThat(attempt.path("number").asInt()).isEqualTo(1);
        assertThat(attempt.path("state").asString()).isEqualTo("ringing");
        assertThat(attempt.path("outcome").isNull()).isTrue();
        assertThat(attempt.path("trunk").asString()).isEqualTo("north");
        assertThat(attempt.path("pool").asString()).isEqualTo("london");
        assertThat(attempt.path("route").asString()).isEqualTo("first route of 44");
        assertThat(attempt.at("/price/amount").asString()).isEqualTo("0.004");
        assertThat(attempt.at("/price/currency").asString()).isEqualTo("EUR");
        assertThat(attempt.path("rang_at").asString()).isEqualTo("2026-03-01T12:00:02Z");
        assertThat(body.at("/data/verification/prefix").asString()).isEqualTo("+442079");
    }

    @Test
    void a_session_that_ended_says_how() {
        var verified = ringing().session().on(new SessionEvent.Checked(1, "manual"), NOON.plusSeconds(9));

        var body = read(only(verified, EventType.VERIFICATION_VERIFIED).body());

        assertThat(body.at("/data/verification/status").asString()).isEqualTo("verified");
        assertThat(body.at("/data/verification/ended_at").asString()).isEqualTo("2026-03-01T12:00:09Z");
    }

    @Test
    void neither_a_code_nor_a_caller_id_nor_a_secret_is_ever_written() {
        var session = opening;
        var steps = new ArrayList<Step>();
        steps.add(Session.start(session));
        steps.add(called());
        steps.add(ringing());
        steps.add(ringing().session().on(new SessionEvent.Checked(0, "manual"), NOON.plusSeconds(5)));
        steps.add(ringing().session().on(new SessionEvent.AttemptEnded(1, Sample.BUSY), NOON.plusSeconds(5)));
        steps.add(ringing().session().on(new SessionEvent.CancelAsked(), NOON.plusSeconds(5)));
        for (var step : steps) {
            for (var event : step.published()) {
                var written = journal.write(step.session(), event);
                assertThat(written.body() + written.details())
                        .doesNotContain(Sample.code(CALLER))
                        .doesNotContain(CALLER.digits())
                        .doesNotContain(Vaulted.of(step.session()))
                        .doesNotContain("fcs_")
                        .doesNotContain("client_secret");
            }
        }
    }

    @Test
    void an_event_that_webhooks_are_not_told_of_has_details_and_no_body() {
        var event = new Effect.Publish(EventType.CHECK_WRONG, 4, NOON, 1, Map.of("source", "log", "a", "\"b\"\n"));

        var written = journal.write(ringing().session(), event);

        assertThat(written.body()).isEmpty();
        assertThat(written.details()).isEqualTo("{\"a\":\"\\\"b\\\"\\n\",\"source\":\"log\"}");
        assertThat(written.attempt()).isEqualTo(1);
    }

    @Test
    void a_body_stays_below_20_kB_by_leaving_the_transaction_out() {
        var intent = opening.intent();
        var long20 = "{\"text\":\"" + "é".repeat(10_000) + "\"}";
        var big = new Opening(
                opening.id(),
                opening.app(),
                new Intent(
                        intent.to(),
                        intent.country(),
                        intent.purpose(),
                        intent.userReference(),
                        Optional.of(long20),
                        Optional.empty(),
                        Optional.empty()),
                opening.terms(),
                opening.at(),
                opening.claims());

        var body = only(Session.start(big), EventType.VERIFICATION_STARTED).body();

        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(JsonJournal.MOST_BYTES);
        assertThat(read(body).at("/data/verification/transaction").isNull()).isTrue();
        assertThat(read(body).at("/data/verification/transaction_omitted").asBoolean())
                .isTrue();
    }

    @Test
    void a_session_of_very_many_attempts_shows_the_latest() {
        var session = ringing().session();
        var many = new ArrayList<>(Collections.nCopies(200, session.attempts().getFirst()));
        var long200 = new Session(session.opening(), many, session.tally(), session.phase());
        var event = new Effect.Publish(EventType.CALL_RINGING, 9, NOON, 200, Map.of());

        var body = journal.write(long200, event).body();

        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(JsonJournal.MOST_BYTES);
        assertThat(read(body).at("/data/verification/attempts").size()).isEqualTo(10);
    }

    private Step called() {
        var started = Session.start(opening).session();
        var attempt = Sample.flashCall(started, CALLER, NOON.plusSeconds(1));
        return started.on(new SessionEvent.Prepared(attempt), NOON.plusSeconds(1));
    }

    private Step ringing() {
        return called().session().on(new SessionEvent.Ringing(1), NOON.plus(Duration.ofSeconds(2)));
    }

    private OutboxEvent only(Step step, EventType type) {
        List<OutboxEvent> written = step.published().stream()
                .filter(event -> event.type() == type)
                .map(event -> journal.write(step.session(), event))
                .toList();
        assertThat(written).hasSize(1);
        return written.getFirst();
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    /// What the session keeps instead of its secrets is not for others either.
    private static final class Vaulted {

        static List<String> of(Session session) {
            var kept = new ArrayList<String>();
            for (Attempt attempt : session.attempts()) {
                kept.add(attempt.code().mac());
                attempt.code().callerId().ifPresent(kept::add);
            }
            session.opening().claims().requestedCode().ifPresent(kept::add);
            return kept;
        }
    }
}
