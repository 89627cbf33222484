package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.wire.SipMessage;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each check can fail: one wrong thing is done, and that rule is named. `CarrierTest` shows that a right caller breaks
/// none.
@DisplayNameGeneration(ReplaceUnderscores.class)
class JudgeTest {

    private static final CarrierTimers QUICK =
            new CarrierTimers(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(5), Duration.ZERO);

    private static Carrier carrier(String behaviour) {
        return Carrier.start(CarrierConfig.loopback(behaviour).withTimers(QUICK));
    }

    private static void awaitBroken(Carrier carrier, Rule... rules) {
        await().untilAsserted(() ->
                assertThat(carrier.counters().violations().keySet()).isEqualTo(Set.of(rules)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "branch=z9hG4bK | branch=1 | INVITE_WELL_FORMED",
                ";tag=from1 | '' | INVITE_WELL_FORMED",
                "1 INVITE | 1 BYE | INVITE_WELL_FORMED",
                "Contact: | X-Contact: | INVITE_WELL_FORMED",
                "Max-Forwards: | X-Max: | MAX_FORWARDS",
                "Content-Length: 0 | Content-Length: 7 | CONTENT_LENGTH",
            })
    void a_malformed_INVITE(String right, String wrong, Rule rule) {
        try (Carrier carrier = carrier("silent");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite(text -> text.replace(right, wrong));
            awaitBroken(carrier, rule);
        }
    }

    @Test
    void an_INVITE_repeated_with_other_bytes() {
        try (Carrier carrier = carrier("silent");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.invite(text -> text.replace("Max-Forwards: 70", "Max-Forwards: 69"));
            awaitBroken(carrier, Rule.INVITE_REPEATED_UNCHANGED);
        }
    }

    @Test
    void an_INVITE_repeated_after_a_provisional() {
        try (Carrier carrier = carrier("trying-only");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(100);
            caller.invite();
            awaitBroken(carrier, Rule.INVITE_REPEATS_END);
        }
    }

    @Test
    void a_CANCEL_before_any_provisional() {
        try (Carrier carrier = carrier("silent");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.cancel();
            caller.ackFailure(caller.await(487));
            awaitBroken(carrier, Rule.CANCEL_AFTER_PROVISIONAL);
        }
    }

    @Test
    void a_CANCEL_after_a_final_response() {
        try (Carrier carrier = carrier("busy:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.ackFailure(caller.await(486));
            caller.cancel();
            awaitBroken(carrier, Rule.CANCEL_BEFORE_FINAL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CANCEL sip:+44 | CANCEL sip:+45 | CANCEL_REQUEST_URI",
                "Caller | Other | CANCEL_FROM",
                "@127.0.0.1:PORT>\\r\\nCall | @127.0.0.1:PORT>;tag=x\\r\\nCall | CANCEL_TO",
                "Call-ID: call | Call-ID: other | CANCEL_CALL_ID",
                "CSeq: 1 | CSeq: 2 | CANCEL_CSEQ",
                ";rport | '' | CANCEL_VIA",
                "Max-Forwards: | Route: <sip:127.0.0.1;lr>\\r\\nMax-Forwards: | CANCEL_ROUTE",
                "Max-Forwards: | Require: 100rel\\r\\nMax-Forwards: | CANCEL_REQUIRE",
                "Max-Forwards: | Reason: SIP;cause=200;text=\"Call completed elsewhere\"\\r\\nMax-Forwards: | CANCEL_REASON",
                "Max-Forwards: | Reason: Q.850;cause=26\\r\\nMax-Forwards: | CANCEL_REASON",
                "Max-Forwards: | X-Max: | MAX_FORWARDS",
            })
    void a_CANCEL_that_is_not_the_INVITEs_shadow(String right, String wrong, Rule rule) {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            String port = Integer.toString(carrier.address().getPort());
            String from = right.replace("PORT", port).replace("\\r\\n", "\r\n");
            String to = wrong.replace("PORT", port).replace("\\r\\n", "\r\n");
            caller.invite();
            caller.await(180);
            caller.cancel(text -> text.replace(from, to));
            awaitBroken(carrier, rule);
        }
    }

    @Test
    void a_CANCEL_with_a_branch_of_its_own() {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel(text -> text.replace(RawCaller.BRANCH, "z9hG4bKother"));
            assertThat(caller.await(481).cseqMethod()).isEqualTo("CANCEL");
            awaitBroken(carrier, Rule.CANCEL_BRANCH, Rule.CANCEL_VIA);
            assertThat(carrier.counters().traffic().unexpected()).isEqualTo(1);
        }
    }

    @Test
    void a_CANCEL_from_another_port_and_one_repeated_too_long() {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address());
                RawCaller other = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            StringBuilder sent = new StringBuilder();
            caller.cancel(text -> {
                sent.append(text);
                return "\r\n";
            });
            other.send(sent.toString());
            SipMessage terminated = caller.await(487);
            awaitBroken(carrier, Rule.CANCEL_DESTINATION);
            caller.ackFailure(terminated);
            caller.cancel();
            awaitBroken(carrier, Rule.CANCEL_DESTINATION, Rule.CANCEL_REPEATS_END);
        }
    }

    @Test
    void a_Reason_of_normal_clearing_is_allowed_on_CANCEL() {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel(text -> text.replace("Max-Forwards:", "Reason: Q.850;cause=16\r\nMax-Forwards:"));
            caller.ackFailure(caller.await(487));
            await().until(() -> carrier.counters().calls().open() == 0);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void no_ACK_at_all_for_a_non_2xx_and_for_a_2xx() {
        try (Carrier busy = carrier("busy:1ms");
                Carrier answer = carrier("answer-at-once");
                RawCaller one = new RawCaller(busy.address());
                RawCaller other = new RawCaller(answer.address())) {
            one.invite();
            other.invite();
            awaitBroken(busy, Rule.ACK_SENT);
            awaitBroken(answer, Rule.ACK_SENT);
            assertThat(answer.counters().calls().up()).isEqualTo(1);
            assertThat(busy.counters().calls().open()).isZero();
            assertThat(busy.counters().traffic().repeated()).isGreaterThan(5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACK sip:+44 | ACK sip:+45 | ACK_REQUEST_URI",
                "Caller | Other | ACK_FROM",
                "tag=TAG | tag=other | ACK_TO",
                "Call-ID: call | Call-ID: other | ACK_CALL_ID",
                "CSeq: 1 | CSeq: 2 | ACK_CSEQ",
                ";rport | '' | ACK_VIA",
                "Max-Forwards: | Route: <sip:127.0.0.1;lr>\\r\\nMax-Forwards: | ACK_ROUTE",
            })
    void an_ACK_of_a_non_2xx_that_differs(String right, String wrong, Rule rule) {
        try (Carrier carrier = carrier("busy:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage busy = caller.await(486);
            String from = right.replace("TAG", busy.toTag().orElseThrow());
            caller.ackFailure(busy, text -> text.replace(from, wrong.replace("\\r\\n", "\r\n")));
            awaitBroken(carrier, rule);
        }
    }

    @Test
    void an_ACK_of_a_non_2xx_with_a_branch_of_its_own_is_no_ACK() {
        try (Carrier carrier = carrier("busy:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.ackFailure(caller.await(486), text -> text.replace(RawCaller.BRANCH, "z9hG4bKother"));
            awaitBroken(carrier, Rule.ACK_BRANCH, Rule.ACK_VIA, Rule.ACK_SENT);
        }
    }

    @Test
    void an_ACK_while_nothing_is_final() {
        try (Carrier carrier = carrier("ring:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.ackFailure(caller.await(180));
            awaitBroken(carrier, Rule.ACK_EXPECTED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACK | ACK sip:leg0@ | ACK sip:leg1@ | ACK_REQUEST_URI",
                "ACK | CSeq: 1 | CSeq: 2 | ACK_CSEQ",
                "ACK | Route: <sip:proxy1 | Route: <sip:proxy2 | ACK_ROUTE",
                "ACK | tag=from1 | tag=from2 | ACK_FROM",
                "BYE | BYE sip:leg0@ | BYE sip:leg1@ | BYE_REQUEST_URI",
                "BYE | CSeq: 2 | CSeq: 1 | BYE_CSEQ",
                "BYE | Route: <sip:proxy1 | X-Route: <sip:proxy1 | BYE_ROUTE",
                "BYE | tag=from1 | tag=from2 | BYE_FROM",
                "BYE | branch=z9hG4bKBYE | branch=z9hG4bKtest1;x= | BYE_BRANCH",
            })
    void a_request_of_the_dialog_that_does_not_fit_it(String method, String right, String wrong, Rule rule) {
        try (Carrier carrier = carrier("answer-at-once:routes=2");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage answer = caller.await(200);
            caller.inDialog("ACK", 1, answer, text -> method.equals("ACK") ? text.replace(right, wrong) : text);
            caller.inDialog("BYE", 2, answer, text -> method.equals("BYE") ? text.replace(right, wrong) : text);
            awaitBroken(carrier, rule);
            assertThat(carrier.counters().calls().up()).isZero();
        }
    }

    @Test
    void an_ACK_of_a_2xx_with_the_INVITEs_branch_or_with_nobodys_tag() {
        try (Carrier carrier = carrier("answer-at-once");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage answer = caller.await(200);
            String tag = answer.toTag().orElseThrow();
            caller.inDialog("ACK", 1, answer, text -> text.replace("tag=" + tag, "tag=nobody"));
            awaitBroken(carrier, Rule.ACK_TO);
            caller.inDialog("ACK", 1, answer, text -> text.replace("z9hG4bKACK" + tag, RawCaller.BRANCH));
            awaitBroken(carrier, Rule.ACK_TO, Rule.ACK_BRANCH);
        }
    }

    @Test
    void a_BYE_before_the_ACK_one_repeated_and_one_for_nobody() {
        try (Carrier carrier = carrier("answer-at-once");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage answer = caller.await(200);
            caller.inDialog("BYE", 2, answer);
            awaitBroken(carrier, Rule.BYE_AFTER_ACK);
            caller.inDialog("BYE", 2, answer);
            awaitBroken(carrier, Rule.BYE_AFTER_ACK, Rule.BYE_REPEATS_END);
            caller.inDialog(
                    "BYE", 3, answer, text -> text.replace(answer.toTag().orElseThrow(), "nobody"));
            awaitBroken(carrier, Rule.BYE_AFTER_ACK, Rule.BYE_REPEATS_END, Rule.BYE_TO);
            assertThat(caller.await(481).cseqMethod()).isEqualTo("BYE");
        }
    }
}
