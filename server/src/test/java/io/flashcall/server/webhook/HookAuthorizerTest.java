package io.flashcall.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.flashcall.engine.Cidr;
import io.flashcall.server.net.AddressGuard;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.server.net.Receiver;
import io.flashcall.server.net.Receiver.Reply;
import io.flashcall.verification.App;
import io.flashcall.verification.App.Access;
import io.flashcall.verification.App.AuthorizationHook;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Intent;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.Policy;
import io.flashcall.verification.store.Sample;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HookAuthorizerTest {

    private static final String SECRET = KeyText.webhookSecret();
    private static final Intent INTENT = new Intent(
            Sample.ALICE,
            "GB",
            "transaction",
            Optional.of("user-17"),
            Optional.of("{\"amount\":\"12.50\"}"),
            Optional.empty(),
            Optional.empty());

    private final GuardedHttp http = new GuardedHttp(new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"))));
    private final HookAuthorizer authorizer = new HookAuthorizer(http, InstantSource.system());

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void the_back_end_is_asked_what_it_needs_to_decide_and_the_question_is_signed() throws Exception {
        try (var receiver = says("{\"action\":\"allow\"}")) {
            assertThat(ask(receiver, false, Optional.of("198.51.100.7"))).isEmpty();

            var request = receiver.received().getFirst();
            new Webhook(SECRET)
                    .verify(
                            request.body(),
                            HttpHeaders.of(
                                    request.headers().entrySet().stream()
                                            .collect(Collectors.toMap(Map.Entry::getKey, h -> List.of(h.getValue()))),
                                    (_, _) -> true));
            var question = JsonMapper.shared().readTree(request.body());
            assertThat(question.path("type").asString()).isEqualTo("verification.authorize");
            assertThat(question.path("data")).isEqualTo(JsonMapper.shared().readTree("""
                            {"to": "+447700900123", "country": "GB", "purpose": "transaction",
                             "user_reference": "user-17", "transaction": {"amount": "12.50"}, "ip": "198.51.100.7"}"""));
        }
    }

    @Test
    void a_denial_comes_with_its_reason() {
        try (var receiver = says("{\"action\":\"deny\",\"reason\":\"account locked\"}")) {
            assertThat(ask(receiver, true, Optional.empty())).contains("account locked");
        }
    }

    @Test
    void a_reason_is_cut_and_its_numbers_are_masked() {
        try (var receiver = says("{\"action\":\"deny\",\"reason\":\"+447700900123 " + "x".repeat(500) + "\"}")) {
            assertThat(ask(receiver, true, Optional.empty()).orElseThrow())
                    .startsWith("+4477******** xxx")
                    .hasSize(200);
        }
    }

    @Test
    void a_denial_without_a_reason_is_one() {
        try (var receiver = says("{\"action\":\"deny\"}")) {
            assertThat(ask(receiver, true, Optional.empty())).contains("The authorization hook denied it.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "[]", "{\"action\":\"perhaps\"}", "{\"action\":true}", "{\"action\":\"allow\""})
    void anything_else_is_no_answer_and_the_app_has_settled_what_that_means(String body) {
        try (var receiver = says(body)) {
            assertThat(ask(receiver, true, Optional.empty())).isEmpty();
            assertThat(ask(receiver, false, Optional.empty()))
                    .contains("The authorization hook gave no answer: not the JSON that was asked for.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 403, 500})
    void only_200_is_an_answer(int status) {
        try (var receiver = Receiver.answering(
                _ -> Reply.status(status, "Location: /\r\n", status == 204 ? "" : "{\"action\":\"allow\"}"))) {
            assertThat(ask(receiver, false, Optional.empty()))
                    .contains("The authorization hook gave no answer: HTTP " + status + ".");
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void no_answer_by_the_deadline_is_none() {
        try (var receiver = Receiver.answering(_ -> Reply.silence())) {
            long began = System.nanoTime();
            assertThat(ask(receiver, false, Optional.empty()))
                    .contains("The authorization hook gave no answer: timeout.");
            assertThat(ask(receiver, true, Optional.empty())).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void a_private_address_is_not_asked() {
        try (var strict = new GuardedHttp(new AddressGuard(List.of()));
                var receiver = says("{\"action\":\"allow\"}")) {
            var refusal = new HookAuthorizer(strict, InstantSource.system())
                    .refusal(app(receiver.url("/").toString(), false), INTENT, Optional.empty());

            assertThat(refusal.orElseThrow()).contains("address refused");
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void an_app_without_a_hook_allows() {
        var app = new App(new AppId("shop"), "Shop", Policy.DEFAULT, Map.of(), Access.DEFAULT, App.RiskGuard.DEFAULT);

        assertThat(authorizer.refusal(app, INTENT, Optional.empty())).isEmpty();
    }

    private Optional<String> ask(Receiver receiver, boolean failOpen, Optional<String> address) {
        return authorizer.refusal(app(receiver.url("/authorize").toString(), failOpen), INTENT, address);
    }

    private static App app(String url, boolean failOpen) {
        var hook = new AuthorizationHook(url, SECRET, Duration.ofMillis(500), failOpen);
        return new App(
                new AppId("shop"),
                "Shop",
                Policy.DEFAULT,
                Map.of(),
                new Access(Optional.empty(), List.of(), Optional.of(hook)),
                App.RiskGuard.DEFAULT);
    }

    private static Receiver says(String body) {
        return Receiver.answering(_ -> Reply.status(200, "", body));
    }
}
