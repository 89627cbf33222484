package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.Verifications.StartResult;
import io.flashcall.verification.store.IdempotentRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyApiTest {

    private static final ApiScene SCENE = new ApiScene();
    private static final String START = "/v1/verifications";
    private static final String TO = "{\"to\": \"+447700900123\"}";
    private static int count;

    private String key = "";

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @BeforeEach
    void draw() {
        count++;
        key = "a-key-long-enough-" + count;
        SCENE.verifications.asked.clear();
    }

    @Test
    void a_retry_is_answered_as_the_first_and_starts_nothing() {
        var first = start(SCENE.publishable, key, TO).is(201);
        var second = start(SCENE.publishable, key, TO).is(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(SCENE.verifications.asked).hasSize(1);
    }

    @Test
    void a_starts_answer_is_kept_by_the_sessions_own_transaction() {
        int before = SCENE.requests.completedByApi;
        start(SCENE.server, key, TO).is(201);
        assertThat(SCENE.requests.completedByApi).isEqualTo(before);
    }

    /// Its clients share the keys of a publishable key: one who guesses another's must not be given that one's secret.
    @Test
    void a_publishable_key_needs_a_key_that_nobody_guesses() {
        start(SCENE.publishable, "order-17", TO).is(Problem.IDEMPOTENCY_KEY_INVALID);
        start(SCENE.server, "order-17", TO).is(201);
    }

    @Test
    void what_is_kept_is_sealed() {
        var secret = start(SCENE.publishable, key, TO).is(201).at("/client_secret");
        assertThat(SCENE.requests.everything()).doesNotContain(secret, "447700900123");
    }

    @Test
    void quotes_make_no_difference() {
        start(SCENE.server, key, TO).is(201);
        assertThat(start(SCENE.server, '"' + key + '"', TO).is(201).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void another_body_with_the_same_key_is_refused() {
        start(SCENE.server, key, TO).is(201);
        start(SCENE.server, key, "{\"to\": \"+447700900124\"}").is(Problem.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void another_path_or_client_secret_with_the_same_key_is_refused() {
        var session = SCENE.started();
        var check = "{\"code\": \"9999\"}";
        var headers = Map.of("Idempotency-Key", key, "Flashcall-Client-Secret", session.secret());
        SCENE.client
                .post(session.path() + "/check", SCENE.publishable, check, headers)
                .is(200);
        SCENE.client
                .post(session.path() + "/cancel", SCENE.publishable, check, headers)
                .is(Problem.IDEMPOTENCY_KEY_REUSED);
        var other = Map.of("Idempotency-Key", key, "Flashcall-Client-Secret", KeyText.clientSecret());
        SCENE.client
                .post(session.path() + "/check", SCENE.publishable, check, other)
                .is(Problem.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void a_wrong_check_counts_once_however_often_it_is_retried() {
        var session = SCENE.started();
        for (int i = 0; i < 5; i++) {
            var wrong = SCENE.client
                    .post(
                            session.path() + "/check",
                            SCENE.server,
                            "{\"code\": \"9999\"}",
                            Map.of("Idempotency-Key", key))
                    .is(200);
            assertThat(wrong.at("/checks_left")).isEqualTo("2");
        }
    }

    @Test
    void one_key_in_progress_is_told() {
        var owner = KeyText.parse(SCENE.server).orElseThrow().id();
        SCENE.requests.claim(
                new IdempotentRequests.Key(owner, key),
                SCENE.vault.mac("idempotency", "POST", START, TO, ""),
                SCENE.now,
                Duration.ZERO);
        var busy = start(SCENE.server, key, TO).is(Problem.IDEMPOTENCY_KEY_IN_PROGRESS);
        assertThat(busy.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void the_key_belongs_to_the_api_key() {
        start(SCENE.server, key, TO).is(201);
        assertThat(start(SCENE.otherServer, key, TO).is(201).header("Idempotency-Replayed"))
                .isEmpty();
    }

    @Test
    void a_refusal_is_kept_as_well() {
        var first = start(SCENE.server, key, "{}").is(Problem.INVALID_REQUEST);
        var second = start(SCENE.server, key, "{}").is(Problem.INVALID_REQUEST);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void an_exceeded_limit_is_not_kept() {
        SCENE.verifications.instead = Optional.of(new StartResult.Limited("starts_per_app", Duration.ofSeconds(1)));
        start(SCENE.server, key, TO).is(Problem.LIMIT_EXCEEDED);
        start(SCENE.server, key, TO).is(201);
    }

    @Test
    void what_is_worth_another_try_is_not_kept() {
        var session = SCENE.started();
        var headers = Map.of("Idempotency-Key", key);
        var path = session.path() + "/resend";
        SCENE.client.post(path, SCENE.server, "{}", headers).is(Problem.CALL_IN_PROGRESS);
        SCENE.verifications.rang(session.session());
        SCENE.client.post(path, SCENE.server, "{}", headers).is(200);
    }

    @Test
    void a_fault_of_ours_is_not_kept() {
        SCENE.verifications.fault = Optional.of(new IllegalStateException("the disk is full"));
        start(SCENE.server, key, TO).is(Problem.INTERNAL_ERROR);
        start(SCENE.server, key, TO).is(201);
    }

    @Test
    void malformed_keys_are_refused() {
        for (var bad : List.of("\"\"", "a b", "x".repeat(256))) {
            start(SCENE.server, bad, TO).is(Problem.IDEMPOTENCY_KEY_INVALID);
        }
        start(SCENE.server, "x".repeat(255), TO).is(201);
    }

    private static Answer start(String apiKey, String key, String body) {
        return SCENE.client.post(START, apiKey, body, Map.of("Idempotency-Key", key));
    }
}
