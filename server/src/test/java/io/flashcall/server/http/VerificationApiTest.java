package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import io.flashcall.verification.Verifications.ActionResult;
import io.flashcall.verification.Verifications.CheckResult;
import io.flashcall.verification.Verifications.StartResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VerificationApiTest {

    private static final ApiScene SCENE = new ApiScene();
    private static final String START = "/v1/verifications";
    private static final String TO = "{\"to\": \"+44 7700 900123\"}";

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @Test
    void a_number_is_verified_in_two_requests() {
        var started = SCENE.client.post(START, SCENE.server, TO).is(201);
        assertThat(started.at("/to")).isEqualTo("+447700900123");
        assertThat(started.at("/prefix")).isEqualTo("+44207946");
        assertThat(started.header("Location")).isEqualTo(START + "/" + started.at("/id"));
        var checked = check(started.at("/id"), "0123").is(200);
        assertThat(checked.at("/correct")).isEqualTo("true");
        assertThat(checked.at("/status")).isEqualTo("verified");
    }

    @Test
    void a_start_hands_on_everything_that_was_asked_for() {
        SCENE.client.post(START, SCENE.server, """
                        {"to": "+447700900123", "purpose": "transaction", "user_reference": "user-17",
                         "transaction": {"payee": "ACME", "amount": "12.50"}, "language": "pt-BR", "code_length": 5,
                         "ttl_seconds": 60, "checks": 2, "channels": ["sms", "flash_call"], "ring_time_ms": 1000,
                         "requested_code": "4711"}""").is(201);
        var asked = SCENE.verifications.asked.getLast();
        assertThat(asked.subject().purpose()).isEqualTo("transaction");
        assertThat(asked.subject().transaction()).contains("{\"payee\":\"ACME\",\"amount\":\"12.50\"}");
        assertThat(asked.subject().language()).contains("pt-BR");
        assertThat(asked.wishes().codeLength()).contains(5);
        assertThat(asked.wishes().timeToLive()).contains(Duration.ofSeconds(60));
        assertThat(asked.wishes().channels().orElseThrow().toString()).isEqualTo("[sms, flash_call]");
        assertThat(asked.wishes().requestedCode()).contains("4711");
        assertThat(asked.caller().server()).isTrue();
    }

    @Test
    void a_page_sees_neither_reasons_nor_routes() {
        var session = SCENE.started();
        SCENE.verifications.ring(session.session());
        SCENE.verifications.rang(session.session());
        var seen = SCENE.client
                .get(session.path(), SCENE.publishable, session.proof())
                .is(200);
        assertThat(seen.json().propertyNames()).doesNotContain("reason", "app", "client_secret");
        assertThat(seen.json().at("/attempts/0").propertyNames())
                .containsExactly("number", "send", "channel", "state", "began_at", "rang_at", "ended_at");
        var whole = SCENE.client.get(session.path(), SCENE.server).is(200);
        assertThat(whole.at("/attempts/0/outcome")).isEqualTo("rang");
        assertThat(whole.at("/attempts/0/price/amount")).isEqualTo("0.004");
        assertThat(whole.at("/attempts/0/trunk")).isEqualTo("carrier-a");
    }

    @Test
    void the_same_start_again_may_return_what_is_pending() {
        var pending = SCENE.verifications.session(SCENE.started().session());
        SCENE.verifications.instead = Optional.of(new StartResult.Reused(pending));
        var reused = SCENE.client.post(START, SCENE.server, TO).is(200);
        assertThat(reused.at("/reused")).isEqualTo("true");
        assertThat(reused.json().has("client_secret")).isFalse();
    }

    @Test
    void what_a_start_refuses_is_told_with_what_to_do_instead() {
        refused(new StartResult.NumberRefused("premium_rate", "The number +4490****** is premium rate."))
                .is(Problem.NUMBER_REFUSED)
                .says("\"reason\":\"premium_rate\"");
        refused(new StartResult.WishRefused("code_length", "8 (expected: 4 to 6)"))
                .is(Problem.WISH_OUT_OF_BOUNDS)
                .says("/code_length");
        refused(new StartResult.Denied("blocked")).is(Problem.DENIED_BY_APP).says("blocked");
        refused(new StartResult.NoSuchCode()).is(Problem.NO_SUCH_CODE);
    }

    @Test
    void a_spent_budget_is_named_and_says_when_there_is_a_new_one() {
        var refused = refused(new StartResult.OverBudget("budget_per_month", Duration.ofHours(30)))
                .is(Problem.BUDGET_EXHAUSTED);
        assertThat(refused.header("Retry-After")).isEqualTo("108000");
        assertThat(refused.at("/limit")).isEqualTo("budget_per_month");
        assertThat(SCENE.answers).contains("POST /v1/verifications 429 budget_per_month");
    }

    @Test
    void a_limit_is_named_and_says_when_to_come_again() {
        var limited = refused(new StartResult.Limited("starts_per_destination", Duration.ofMillis(59_001)))
                .is(Problem.LIMIT_EXCEEDED);
        assertThat(limited.header("Retry-After")).isEqualTo("60");
        assertThat(limited.at("/limit")).isEqualTo("starts_per_destination");
        assertThat(SCENE.answers).contains("POST /v1/verifications 429 starts_per_destination");
    }

    @Test
    void a_wrong_code_is_no_error_and_uses_one_check_up() {
        var session = SCENE.started();
        var wrong = check(session.id(), "9999").is(200);
        assertThat(wrong.at("/correct")).isEqualTo("false");
        assertThat(wrong.at("/checks_left")).isEqualTo("2");
        check(session.id(), "9998").is(200);
        var last = check(session.id(), "9997").is(200);
        assertThat(last.at("/status")).isEqualTo("failed");
        assertThat(last.at("/reason")).isEqualTo("too_many_checks");
        check(session.id(), "0123").is(Problem.SESSION_OVER).says("\"verification_status\":\"failed\"");
    }

    @Test
    void what_cannot_be_a_code_is_not_counted() {
        check(SCENE.started().id(), "12").is(Problem.UNREADABLE_CODE).says("last 4 digits");
    }

    @Test
    void checks_are_limited_too() {
        SCENE.verifications.insteadOfCheck =
                Optional.of(new CheckResult.Limited("failed_checks_per_destination", Duration.ofHours(3)));
        var limited = check(SCENE.started().id(), "0123").is(Problem.LIMIT_EXCEEDED);
        assertThat(limited.header("Retry-After")).isEqualTo("10800");
    }

    @Test
    void a_report_takes_the_whole_number_in_any_formatting() {
        var session = SCENE.started();
        report(session, "{\"number\": \"0123\"}").is(Problem.UNREADABLE_CODE);
        report(session, "{\"number\": \"+44 20 7946-0123\", \"source\": \"guessed\"}")
                .is(Problem.INVALID_REQUEST)
                .says("intercepted, log or manual");
        var right = report(session, "{\"number\": \"+44 20 7946-0123\", \"source\": \"log\"}")
                .is(200);
        assertThat(right.at("/correct")).isEqualTo("true");
    }

    @Test
    void a_resend_waits_for_the_call_and_knows_its_channels() {
        var session = SCENE.started();
        var early = resend(session, "{}").is(Problem.CALL_IN_PROGRESS);
        assertThat(early.header("Retry-After")).isEqualTo("5");
        SCENE.verifications.rang(session.session());
        resend(session, "{\"channel\": \"pigeon\"}").is(Problem.UNKNOWN_CHANNEL).says("flash_call or sms");
        var again = resend(session, "{\"channel\": \"sms\"}").is(200);
        assertThat(again.at("/channel")).isEqualTo("sms");
        assertThat(again.json().at("/prefix").isNull()).isTrue();
        assertThat(again.at("/attempts/1/send")).isEqualTo("2");
        resend(session, "{\"channel\": \"sms\"}").is(200);
        resend(session, "{\"channel\": \"sms\"}").is(Problem.SENDS_USED_UP).says("All 3 sends");
    }

    @Test
    void the_apps_back_end_may_deny_a_resend_and_pages_do_not_learn_why() {
        var session = SCENE.started();
        SCENE.verifications.insteadOfResend = Optional.of(new ActionResult.Forbidden("velocity rule 7"));
        var denied = SCENE.client
                .post(session.path() + "/resend", SCENE.publishable, "{}", session.proof())
                .is(Problem.DENIED_BY_APP);
        assertThat(denied.body()).doesNotContain("velocity");
    }

    @Test
    void a_canceled_session_is_over() {
        var session = SCENE.started();
        var canceled =
                SCENE.client.post(session.path() + "/cancel", SCENE.server, "").is(200);
        assertThat(canceled.at("/status")).isEqualTo("canceled");
        SCENE.client.post(session.path() + "/cancel", SCENE.server, "{}").is(Problem.SESSION_OVER);
        resend(session, "{}").is(Problem.SESSION_OVER);
    }

    @Test
    void the_timeline_comes_with_a_ladder_whose_numbers_are_masked() {
        var session = SCENE.started();
        var events = SCENE.client.get(session.path() + "/events", SCENE.server).is(200);
        assertThat(events.at("/events/0/type")).isEqualTo("verification.started");
        assertThat(events.at("/events/1/details/trunk")).isEqualTo("carrier-a");
        assertThat(events.at("/ladders/0/steps/0/message")).isEqualTo("INVITE +4477********");
        assertThat(events.at("/ladders/0/steps/1/message")).isEqualTo("INVITE +4477******** (repeated)");
        assertThat(events.at("/ladders/0/steps/1/t_ms")).isEqualTo("500.0");
        assertThat(events.at("/ladders/0/steps/2/message")).isEqualTo("180 Ringing of +4***********");
        assertThat(events.body()).doesNotContain("447700900123");
    }

    @Test
    void a_list_is_filtered_and_read_page_by_page() {
        // Whatever the other tests started at the bank is verified, or older.
        var app = ApiScene.BANK;
        SCENE.verifications.sessions.clear();
        for (int i = 0; i < 3; i++) {
            SCENE.client
                    .post(START, SCENE.otherServer, "{\"to\": \"+44770090011" + i + "\"}")
                    .is(201);
            SCENE.now = SCENE.now.plusMillis(10);
        }
        var first = SCENE.client.get(START + "?limit=2", SCENE.otherServer).is(200);
        assertThat(first.json().at("/data").size()).isEqualTo(2);
        assertThat(first.at("/data/0/to")).isEqualTo("+447700900112");
        var second = SCENE.client
                .get(START + "?limit=2&after=" + first.at("/next"), SCENE.otherServer)
                .is(200);
        assertThat(second.json().at("/data").size()).isEqualTo(1);
        assertThat(second.json().at("/next").isNull()).isTrue();
        for (var to : List.of("%2B447700900111", "+447700900111", "%2B44%207700%20900111")) {
            var found = SCENE.client.get(START + "?to=" + to, SCENE.admin).is(200);
            assertThat(found.json().at("/data").size()).as(to).isEqualTo(1);
        }
        var none = SCENE.client
                .get(START + "?status=verified&app=" + app, SCENE.admin)
                .is(200);
        assertThat(none.json().at("/data").size()).isZero();
    }

    @Test
    void an_admin_sees_every_app_and_may_ask_for_one() {
        SCENE.started();
        SCENE.client.post(START, SCENE.otherServer, TO).is(201);
        var shops = SCENE.client.get(START + "?app=shop&limit=100", SCENE.admin).is(200);
        assertThat(shops.json().at("/data"))
                .allMatch(one -> one.at("/app").asString().equals("shop"));
        SCENE.client
                .get(START + "?app=bank", SCENE.server)
                .is(Problem.INVALID_PARAMETER)
                .says("its own app");
    }

    @Test
    void refusals_for_a_publishable_key_look_all_the_same() {
        var session = SCENE.started();
        var missing = START + "/ver_" + "0".repeat(26);
        var refusals = List.of(
                SCENE.client.get(session.path(), SCENE.publishable),
                SCENE.client.get(session.path(), SCENE.otherPublishable, session.proof()),
                SCENE.client.get(missing, SCENE.publishable, session.proof()),
                SCENE.client.get(START + "/nonsense", SCENE.publishable, session.proof()),
                SCENE.client.post(missing + "/check", SCENE.publishable, "{\"code\": \"0123\"}", session.proof()),
                SCENE.client.post(session.path() + "/check", SCENE.publishable, "{\"code\": \"0123\"}"));
        var bodies = refusals.stream()
                .map(answer -> answer.is(Problem.NOT_FOUND).body().replaceAll("req_[a-z0-9]+", ""))
                .distinct()
                .toList();
        assertThat(bodies).hasSize(1);
    }

    private static Answer refused(StartResult result) {
        SCENE.verifications.instead = Optional.of(result);
        return SCENE.client.post(START, SCENE.server, TO);
    }

    private static Answer check(String id, String code) {
        return SCENE.client.post(START + "/" + id + "/check", SCENE.server, "{\"code\": \"" + code + "\"}");
    }

    private static Answer report(ApiScene.Started session, String body) {
        return SCENE.client.post(session.path() + "/report", SCENE.server, body);
    }

    private static Answer resend(ApiScene.Started session, String body) {
        return SCENE.client.post(session.path() + "/resend", SCENE.server, body);
    }
}
