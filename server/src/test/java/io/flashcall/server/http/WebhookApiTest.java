package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import io.flashcall.server.webhook.JsonJournal;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.store.Endpoints.Endpoint;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookApiTest {

    private static final String HOOKS = "/v1/webhooks";
    private static final String URL = "{\"url\": \"https://shop.example/hook\"}";

    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void a_webhook_tells_its_secret_once_and_keeps_it_sealed() {
        var made = post(HOOKS, URL).is(201);
        var secret = made.at("/secret");
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
        assertThat(scene.client
                        .get(made.header("Location"), scene.server)
                        .is(200)
                        .body())
                .doesNotContain("whsec_");
        var kept = kept(made.at("/id")).secrets().getFirst();
        assertThat(kept.sealed()).doesNotContain("whsec_");
        assertThat(scene.vault.open(kept.sealed(), made.at("/id"))).isEqualTo(secret);
    }

    @Test
    void a_webhook_wants_all_events_or_some() {
        assertThat(post(HOOKS, URL).is(201).json().at("/events").size()).isZero();
        var some = post(HOOKS, "{\"url\": \"https://x.example\", \"events\": [\"call.ringing\"]}")
                .is(201);
        assertThat(kept(some.at("/id")).types()).isEqualTo(Set.of(EventType.CALL_RINGING));
        for (var unknown : List.of("call.ring", "attempt.started")) {
            post(HOOKS, "{\"url\": \"https://x.example\", \"events\": [\"" + unknown + "\"]}")
                    .is(Problem.INVALID_REQUEST)
                    .says("verification.verified");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/hook",
                "ftp://shop.example",
                "shop.example",
                "https://",
                "https://me:pw@shop.example",
                "https://shop.example/#x",
                "https://shop example"
            })
    void a_url_that_cannot_be_used_is_refused(String url) {
        post(HOOKS, "{\"url\": \"" + url + "\"}").is(Problem.INVALID_REQUEST).says("https URL");
    }

    @Test
    void a_replaced_webhook_keeps_its_secret_and_may_be_switched_off() {
        var id = scene.webhook();
        var secrets = kept(id).secrets();
        var off = put(id, "{\"url\": \"https://new.example\", \"enabled\": false}")
                .is(200);
        assertThat(off.at("/enabled")).isEqualTo("false");
        assertThat(off.at("/disabled_reason")).isNotEmpty();
        assertThat(kept(id).secrets()).isEqualTo(secrets);
        assertThat(put(id, URL).is(200).at("/enabled")).isEqualTo("true");
    }

    @Test
    void what_get_returns_may_be_put_back() {
        var path = HOOKS + "/" + scene.webhook();
        var before = scene.client.get(path, scene.server).is(200);
        assertThat(scene.client.put(path, scene.server, before.body()).is(200).json())
                .isEqualTo(before.json());
    }

    @Test
    void an_app_has_ten_webhooks_at_most() {
        for (int i = 0; i < 10; i++) {
            scene.webhook();
        }
        post(HOOKS, URL).is(Problem.TOO_MANY_WEBHOOKS);
        scene.client.post(HOOKS, scene.otherServer, URL).is(201);
    }

    @Test
    void an_admin_says_whose_a_webhook_is() {
        scene.client.post(HOOKS, scene.admin, URL).is(Problem.INVALID_REQUEST).says("“app” is missing");
        var made = scene.client
                .post(HOOKS, scene.admin, "{\"url\": \"https://x.example\", \"app\": \"bank\"}")
                .is(201);
        assertThat(made.at("/app")).isEqualTo("bank");
        scene.client
                .post(HOOKS, scene.server, "{\"url\": \"https://x.example\", \"app\": \"bank\"}")
                .is(Problem.INVALID_REQUEST);
        assertThat(scene.client
                        .get(HOOKS, scene.server)
                        .is(200)
                        .json()
                        .at("/data")
                        .size())
                .isZero();
    }

    @Test
    void an_old_secret_signs_for_a_day_after_it_was_replaced() {
        var id = scene.webhook();
        var fresh = post(HOOKS + "/" + id + "/rotate-secret", "").is(200).at("/secret");
        var secrets = kept(id).secrets();
        assertThat(scene.vault.open(secrets.getFirst().sealed(), id)).isEqualTo(fresh);
        assertThat(secrets.getFirst().expiresAt()).isEmpty();
        assertThat(secrets.get(1).expiresAt()).contains(ApiScene.START.plus(Duration.ofHours(24)));
        scene.now = scene.now.plus(Duration.ofHours(25));
        post(HOOKS + "/" + id + "/rotate-secret", "").is(200);
        assertThat(kept(id).secrets()).hasSize(2);
    }

    @Test
    void a_test_event_is_queued() {
        var id = scene.webhook();
        assertThat(post(HOOKS + "/" + id + "/test", "{}").is(202).at("/id")).isEqualTo("msg_1");
        var queued = scene.hooks.outbox.added.getFirst();
        assertThat(queued.event().type()).isEqualTo(EventType.WEBHOOK_TEST);
        scene.client.contract().fits("/components/schemas/WebhookEvent", queued.body());
    }

    @Test
    void what_webhooks_carry_is_what_the_document_says() {
        var session = scene.verifications.session(scene.started().session());
        var journal = new JsonJournal();
        var happened = new SessionEvent.AttemptEnded(
                1, new AttemptResult(Verdict.DELIVERED, "rang", "487 Request Terminated", true));
        for (var event : List.of(new SessionEvent.Ringing(1), happened, new SessionEvent.CancelAsked())) {
            var step = session.on(event, scene.now);
            for (var published : step.published()) {
                var body = journal.write(step.session(), published).body();
                scene.client.contract().fits("/components/schemas/WebhookEvent", body);
                assertThat(body).doesNotContain(FakeVerifications.CALLER.substring(3));
            }
        }
    }

    @Test
    void what_was_given_up_is_listed_and_sent_again() {
        var id = scene.webhook();
        for (int i = 1; i <= 3; i++) {
            scene.hooks.outbox.bury(i, id, new SessionId("ver_" + "0".repeat(26)));
        }
        var path = HOOKS + "/" + id + "/deliveries";
        var first = scene.client.get(path + "?state=dead&limit=2", scene.server).is(200);
        assertThat(first.at("/data/0/id")).isEqualTo("msg_3");
        assertThat(first.at("/data/0/last_error")).isEqualTo("HTTP 500");
        assertThat(first.at("/next")).isEqualTo("msg_2");
        var second = scene.client
                .get(path + "?limit=2&after=" + first.at("/next"), scene.server)
                .is(200);
        assertThat(second.at("/data/0/id")).isEqualTo("msg_1");
        post(path + "/msg_2/redeliver", "{}").is(202);
        post(path + "/1/redeliver", "").is(202);
        assertThat(scene.hooks.outbox.redelivered).containsExactly(2L, 1L);
        post(path + "/msg_9/redeliver", "").is(Problem.NOT_FOUND).says("state=dead");
        post(path + "/nonsense/redeliver", "").is(Problem.NOT_FOUND);
        scene.client.get(path + "?state=done", scene.server).is(Problem.INVALID_PARAMETER);
    }

    @Test
    void a_webhook_of_the_configuration_file_is_not_changed_here() {
        scene.hooks.endpoints.save(
                new Endpoint("we_fixed", ApiScene.SHOP, "https://x.example", Set.of(), List.of(), Optional.empty()));
        assertThat(scene.client.get(HOOKS + "/we_fixed", scene.server).is(200).at("/declared"))
                .isEqualTo("true");
        put("we_fixed", URL).is(Problem.DECLARED_IN_CONFIGURATION);
        post(HOOKS + "/we_fixed/rotate-secret", "").is(Problem.DECLARED_IN_CONFIGURATION);
        scene.client.delete(HOOKS + "/we_fixed", scene.server).is(Problem.DECLARED_IN_CONFIGURATION);
        post(HOOKS + "/we_fixed/test", "").is(202);
    }

    private Endpoint kept(String id) {
        return scene.hooks.endpoints.find(id).orElseThrow();
    }

    private Answer post(String path, String body) {
        return scene.client.post(path, scene.server, body);
    }

    private Answer put(String id, String body) {
        return scene.client.put(HOOKS + "/" + id, scene.server, body);
    }
}
