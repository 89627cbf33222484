package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may happen between INVITE and answer: PRACK, requests from the carrier, broken connections.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EarlyDialogTest {

    private static String supports(String invite) {
        return invite.replace("Content-Length", "Supported: timer, 100rel\r\nContent-Length");
    }

    private static String requires(String invite) {
        return invite.replace("Content-Length", "Require: 100rel\r\nContent-Length");
    }

    private static Carrier carrier(String behaviour) {
        return Carrier.start(CarrierConfig.loopback(behaviour).withTimers(CarrierTimers.withT1(Duration.ofMillis(30))));
    }

    private static void awaitBroken(Carrier carrier, Rule... rules) {
        await().untilAsserted(() ->
                assertThat(carrier.counters().violations().keySet()).isEqualTo(Set.of(rules)));
    }

    private static SipMessage awaitAnswerTo(String method, RawCaller caller) {
        SipMessage message = caller.next();
        while (!message.cseqMethod().equals(method) || (!message.isRequest() && message.status() < 200)) {
            message = caller.next();
        }
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"supported", "required", "forced"})
    void a_reliable_180_is_repeated_until_its_PRACK_and_then_no_more(String mode) {
        try (Carrier carrier = carrier("ring:1ms,routes=2,100rel=" + mode);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            SipMessage ringing = caller.await(180);
            assertThat(ringing.headerOrEmpty(HeaderName.REQUIRE)).isEqualTo("100rel");
            assertThat(caller.next().text()).isEqualTo(ringing.text());
            caller.prack(ringing, 2);
            assertThat(awaitAnswerTo("PRACK", caller).status()).isEqualTo(200);
            assertThat(caller.poll(150)).isEmpty();
            assertThat(carrier.counters().early().pracks()).isEqualTo(1);
            assertThat(carrier.counters().calls().ringing()).isEqualTo(1);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void a_repeated_PRACK_is_answered_as_before() {
        try (Carrier carrier = carrier("ring:1ms,100rel=supported");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::requires);
            SipMessage ringing = caller.await(180);
            caller.prack(ringing, 2);
            SipMessage ok = awaitAnswerTo("PRACK", caller);
            caller.prack(ringing, 2);
            assertThat(caller.next().text()).isEqualTo(ok.text());
            assertThat(carrier.counters().early().pracks()).isEqualTo(1);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void the_180_after_a_183_waits_for_the_PRACK_of_the_183_and_has_the_next_RSeq() {
        try (Carrier carrier = carrier("early-media-then-ring:pdd=1ms,after=1ms,100rel=required");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            SipMessage progress = caller.await(183);
            assertThat(caller.next().status()).isEqualTo(183);
            caller.prack(progress, 2);
            SipMessage ringing = caller.await(180);
            assertThat(rseq(ringing)).isEqualTo(rseq(progress) + 1);
            caller.prack(ringing, 3);
            assertThat(awaitAnswerTo("PRACK", caller).status()).isEqualTo(200);
            await().until(() -> carrier.counters().early().pracks() == 2);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    private static long rseq(SipMessage response) {
        return Long.parseLong(response.headerOrEmpty(HeaderName.RSEQ));
    }

    @Test
    void each_fork_counts_its_own_RSeq_and_each_wants_its_own_PRACK() {
        try (Carrier carrier = carrier("fork-two-ring:pdd=1ms,gap=1ms,100rel=required");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            Map<String, SipMessage> forks = new HashMap<>();
            while (forks.size() < 2) {
                SipMessage ringing = caller.await(180);
                forks.put(ringing.toTag().orElseThrow(), ringing);
            }
            List<SipMessage> both = List.copyOf(forks.values());
            assertThat(rseq(both.get(0))).isNotEqualTo(rseq(both.get(1)));
            caller.prack(both.get(0), 2);
            caller.prack(both.get(1), 2);
            await().until(() -> carrier.counters().early().pracks() == 2);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void an_answer_waits_for_the_PRACK_of_what_came_before_it() {
        try (Carrier carrier = carrier("ring-then-answer:pdd=1ms,answer=1ms,100rel=required");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            SipMessage ringing = caller.await(180);
            assertThat(caller.next().status()).isEqualTo(180);
            caller.prack(ringing, 2);
            assertThat(awaitAnswerTo("INVITE", caller).status()).isEqualTo(200);
        }
    }

    @Test
    void without_a_PRACK_the_call_ends_with_500_and_the_judge_hears_of_it() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:1ms,100rel=required")
                        .withTimers(CarrierTimers.withT1(Duration.ofMillis(5))));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            caller.ackFailure(caller.await(500));
            awaitBroken(carrier, Rule.PRACK_SENT);
        }
    }

    @ParameterizedTest
    @CsvSource({"required, plain, 421", "off, requires, 420", "off, supports, 180", "supported, plain, 180"})
    void a_caller_meets_what_its_and_the_carriers_100rel_make_together(String mode, String lists, int status) {
        UnaryOperator<String> change = switch (lists) {
            case "requires" -> EarlyDialogTest::requires;
            case "supports" -> EarlyDialogTest::supports;
            default -> UnaryOperator.identity();
        };
        try (Carrier carrier = carrier("ring:pdd=1ms,trying=false,100rel=" + mode);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(change);
            SipMessage response = caller.next();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header(HeaderName.RSEQ)).isEmpty();
            assertThat(response.text().contains("Require: 100rel\r\n")).isEqualTo(status == 421);
            assertThat(response.text().contains("Unsupported: 100rel\r\n")).isEqualTo(status == 420);
        }
    }

    @Test
    void a_PRACK_that_names_nothing_gets_481_and_is_a_violation() {
        try (Carrier carrier = carrier("ring:1ms,100rel=required");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            SipMessage ringing = caller.await(180);
            caller.prack(ringing, 2, text -> text.replace("RAck: ", "RAck: 7"));
            assertThat(awaitAnswerTo("PRACK", caller).status()).isEqualTo(481);
            awaitBroken(carrier, Rule.PRACK_RACK);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"CSeq: 2 | CSeq: 1", "PRACK sip:leg0 | PRACK sip:leg9", "+12025550123 | +12025550199"})
    void a_PRACK_outside_its_dialogs_rules_is_a_violation(String right, String wrong) {
        try (Carrier carrier = carrier("ring:1ms,100rel=required");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(EarlyDialogTest::supports);
            caller.prack(caller.await(180), 2, text -> text.replace(right, wrong));
            awaitBroken(carrier, Rule.IN_DIALOG);
        }
    }

    private static String answerTo(SipMessage request, String status) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String line : request.text().split("\r\n", -1)) {
            if (line.matches("(?s)(Via|From|To|Call-ID|CSeq):.*")) {
                text.append(line).append("\r\n");
            }
        }
        return text + "Content-Length: 0\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({"update, UPDATE, 200 OK, 1, 0", "info, INFO, 200 OK, 1, 0", "notify, NOTIFY, 481 No, 0, 1"})
    void the_carrier_asks_within_the_early_dialog_until_it_is_answered(
            String key, String method, String status, int accepted, int declined) {
        try (Carrier carrier = carrier("ring:1ms," + key + "=5ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage ringing = caller.await(180);
            SipMessage asked = caller.next();
            assertThat(asked.method()).isEqualTo(method);
            assertThat(asked.requestUri()).startsWith("sip:caller@127.0.0.1");
            assertThat(asked.fromTag()).isEqualTo(ringing.toTag());
            assertThat(asked.toTag()).contains("from1");
            assertThat(caller.next().text()).isEqualTo(asked.text());
            caller.send(answerTo(asked, status));
            await().until(() -> carrier.counters().early().equals(new CarrierCounters.Early(0, 1, accepted, declined)));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void an_answer_that_does_not_copy_the_request_and_no_answer_at_all_are_violations() {
        try (Carrier carrier = carrier("ring:1ms,update=1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.send(answerTo(caller.next(), "200 OK").replace(";tag=from1", ";tag=other"));
            awaitBroken(carrier, Rule.RESPONSE_COPIED);
        }
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:1ms,update=1ms")
                        .withTimers(CarrierTimers.withT1(Duration.ofMillis(3))));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            awaitBroken(carrier, Rule.ASK_ANSWERED);
        }
    }

    @Test
    void UPDATE_from_the_caller_is_answered() {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.inDialog("UPDATE", 2, caller.await(180));
            assertThat(awaitAnswerTo("UPDATE", caller).status()).isEqualTo(200);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void early_media_and_alert_stand_in_the_18x() {
        try (Carrier carrier = carrier(
                        "early-media-then-ring:pdd=1ms,after=1ms,early-media=sendrecv,alert=urn:alert:service:x");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            for (int status : new int[] {183, 180}) {
                assertThat(caller.await(status).text())
                        .contains("P-Early-Media: sendrecv\r\n", "Alert-Info: <urn:alert:service:x>\r\n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ring, invite, 0",
        "ring, trying, 100",
        "early-media-only, progress, 183",
        "ring, ringing, 180",
        "ring, cancel, 180",
        "answer-at-once, answer, 200",
        "busy, refusal, 486"
    })
    void a_connection_breaks_at_the_moment_that_the_plan_says(String behaviour, String moment, int last)
            throws IOException {
        CarrierConfig config =
                CarrierConfig.loopback(behaviour + ":pdd=5ms,reset=" + moment).withTerms(CarrierTerms.NONE.withTcp());
        try (Carrier carrier = Carrier.start(config);
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.invite();
            if (last > 0) {
                caller.await(last);
            }
            if (moment.equals("cancel")) {
                caller.cancel();
            }
            Assertions.assertThatIOException()
                    .isThrownBy(() -> caller.peek(5000))
                    .isInstanceOf(SocketException.class);
            await().until(() -> carrier.counters().streams().open() == 0);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "redirect:1ms ! 302 ! Contact: <sip:+442079460123@127.0.0.1:PORT>",
                "redirect:pdd=1ms,status=301,to=sip:{user}@a:5;transport=tcp|sip:b ! 301 !"
                        + " Contact: <sip:+442079460123@a:5;transport=tcp>;q=0.9 + Contact: <sip:b>;q=0.8",
                "rejected:1ms ! 608 !" + " Call-Info: <https://block.example.net/complaint-jws>;purpose=jwscard",
                "status-607:1ms ! 607 ! SIP/2.0 607 Unwanted",
            })
    void refusals_and_redirects_say_where_to(String behaviour, int status, String lines) {
        try (Carrier carrier = carrier(behaviour);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            String port = Integer.toString(carrier.address().getPort());
            assertThat(caller.await(status).text())
                    .contains(lines.replace("PORT", port).split(" \\+ "));
        }
    }

    @Test
    void a_carrier_switches_its_dialplan_its_OPTIONS_and_its_load_while_it_runs() {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address());
                RawCaller other = new RawCaller(carrier.address())) {
            carrier.overload(new Overload("loss", 20, Duration.ofMillis(500), 1_282_321_615.782));
            caller.invite(text -> text.replace(";rport", ";oc;oc-algo=\"loss,rate\";rport"));
            assertThat(caller.await(180).topVia())
                    .contains(";oc=20;oc-algo=\"loss\";oc-validity=500;oc-seq=1282321615.782")
                    .doesNotContain("loss,rate");
            carrier.switchTo(io.flashcall.testbed.behaviour.Dialplan.parse("busy:1ms"));
            other.invite();
            SipMessage busy = other.await(486);
            assertThat(busy.topVia()).doesNotContain("oc=");
            other.ackFailure(busy);
            carrier.answerOptions(OptionsAnswer.UNAVAILABLE);
            other.send(other.request("OPTIONS", other.requestUri(), "z9hG4bKo1", 1, "") + "\r\n");
            assertThat(other.await(503).cseqMethod()).isEqualTo("OPTIONS");
            carrier.answerOptions(OptionsAnswer.SILENT);
            other.send(other.request("OPTIONS", other.requestUri(), "z9hG4bKo2", 1, "") + "\r\n");
            assertThat(other.poll(50)).isEmpty();
        }
    }
}
