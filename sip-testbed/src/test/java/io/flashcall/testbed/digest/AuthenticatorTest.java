package io.flashcall.testbed.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.testbed.digest.Verdict.Admitted;
import io.flashcall.testbed.digest.Verdict.Cause;
import io.flashcall.testbed.digest.Verdict.Challenged;
import io.flashcall.testbed.digest.Verdict.Fault;
import io.flashcall.testbed.digest.Verdict.Kind;
import io.flashcall.testbed.wire.SipMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each thing a carrier may ask, with a clock set by hand.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuthenticatorTest {

    private static final String URI = "sip:+442079460123@carrier.example";
    private static final Answering ALICE = new Answering("alice", "wonderland");

    private Authenticator authenticator = asking("");
    private long now = 1;

    private static Authenticator asking(String more) {
        return new Authenticator(DigestPolicy.parse("user=alice,password=wonderland" + more));
    }

    private Verdict check(String method, String... headers) {
        String text = method + " " + URI + " SIP/2.0\r\nCall-ID: c1\r\nCSeq: 1 " + method + "\r\n"
                + String.join("", headers) + "\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return authenticator.check(SipMessage.parse(bytes, bytes.length).orElseThrow(), now);
    }

    private Challenged challenged(Verdict verdict, Cause cause) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Challenged.class,
                        it -> assertThat(it.cause()).as(it.toString()).isEqualTo(cause));
        return (Challenged) verdict;
    }

    private static String answer(Answering who, Challenged challenged, int index, int count) {
        String name = challenged.status() == 401 ? "Authorization: " : "Proxy-Authorization: ";
        return name + who.value(challenged.challenges().get(index).value(), "INVITE", URI, count) + "\r\n";
    }

    private Challenged first() {
        return challenged(check("INVITE"), Cause.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "CANCEL"})
    void ACK_and_CANCEL_are_never_asked(String method) {
        assertThat(check(method)).isInstanceOf(Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "BYE", "PRACK", "UPDATE", "OPTIONS", "REGISTER"})
    void the_others_are(String method) {
        assertThat(challenged(check(method), Cause.NONE).status()).isEqualTo(401);
    }

    @Test
    void only_the_methods_of_the_policy_are_asked() {
        authenticator = asking(",methods=REGISTER+BYE");
        assertThat(check("INVITE")).isInstanceOf(Admitted.class);
        challenged(check("BYE"), Cause.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0, MD5", "1, SHA-256", "2, SHA-512-256"})
    void any_of_several_challenges_may_be_answered_and_they_stand_in_order(int index, String algorithm) {
        authenticator = asking(",algorithm=MD5+SHA-256+SHA-512-256");
        Challenged challenged = first();
        assertThat(challenged.challenges()).hasSize(3);
        assertThat(challenged.challenges().get(index).value()).contains("algorithm=" + algorithm + ",");
        Verdict verdict = check("INVITE", answer(ALICE, challenged, index, 1));
        assertThat(verdict).isEqualTo(new Admitted("alice", java.util.List.of()));
    }

    @Test
    void without_qop_there_is_no_count() {
        authenticator = asking(",qop=none,opaque=false");
        Challenged challenged = first();
        assertThat(challenged.challenges().getFirst().value()).doesNotContain("qop", "opaque");
        String answer = answer(ALICE, challenged, 0, 1);
        assertThat(check("INVITE", answer)).isEqualTo(new Admitted("alice", java.util.List.of()));
        assertThat(check("INVITE", answer)).isEqualTo(new Admitted("alice", java.util.List.of()));
    }

    @Test
    void wrong_credentials_are_asked_again_for_ever_with_a_new_nonce_that_is_not_stale() {
        Challenged last = first();
        for (int i = 0; i < 5; i++) {
            String before = last.challenges().getFirst().value();
            last = challenged(check("INVITE", answer(new Answering("alice", "x"), last, 0, 1)), Cause.WRONG);
            assertThat(last.challenges().getFirst().value())
                    .isNotEqualTo(before)
                    .doesNotContain("stale");
        }
        challenged(check("INVITE", answer(new Answering("bob", "wonderland"), last, 0, 1)), Cause.WRONG);
    }

    @Test
    void a_401_is_followed_by_a_407_and_both_credentials_must_come() {
        authenticator = asking(",ask=both,proxy-realm=proxy.example");
        Challenged server = first();
        assertThat(server.challenges().getFirst().name()).isEqualTo("WWW-Authenticate");
        String authorization = answer(ALICE, server, 0, 1);
        Challenged proxy = challenged(check("INVITE", authorization), Cause.NONE);
        assertThat(proxy.status()).isEqualTo(407);
        assertThat(proxy.challenges().getFirst().name()).isEqualTo("Proxy-Authenticate");
        String both = answer(ALICE, server, 0, 2) + answer(ALICE, proxy, 0, 1);
        assertThat(check("INVITE", both)).isInstanceOf(Admitted.class);
        assertThat(challenged(check("INVITE", answer(ALICE, proxy, 0, 2)), Cause.NONE)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_nonce_is_stale_after_its_life_and_after_its_uses() {
        authenticator = asking(",life=10s,uses=2");
        Challenged challenged = first();
        assertThat(check("INVITE", answer(ALICE, challenged, 0, 1))).isInstanceOf(Admitted.class);
        assertThat(check("INVITE", answer(ALICE, challenged, 0, 2))).isInstanceOf(Admitted.class);
        Challenged renewed = challenged(check("INVITE", answer(ALICE, challenged, 0, 3)), Cause.STALE);
        assertThat(renewed.challenges().getFirst().value()).contains(", stale=true,");
        now += Duration.ofSeconds(10).toNanos();
        challenged(check("INVITE", answer(ALICE, renewed, 0, 1)), Cause.STALE);
    }

    @Test
    void each_call_is_told_stale_as_often_as_the_policy_says() {
        authenticator = asking(",stale=2");
        Challenged last = first();
        last = challenged(check("INVITE", answer(ALICE, last, 0, 1)), Cause.STALE);
        last = challenged(check("INVITE", answer(ALICE, last, 0, 1)), Cause.STALE);
        assertThat(check("INVITE", answer(ALICE, last, 0, 1))).isInstanceOf(Admitted.class);
        assertThat(check("INVITE", answer(ALICE, last, 0, 2))).isInstanceOf(Admitted.class);
    }

    @Test
    void a_count_used_twice_is_a_fault_and_a_count_overtaken_by_another_is_none() {
        Challenged challenged = first();
        assertThat(check("INVITE", answer(ALICE, challenged, 0, 2))).isInstanceOf(Admitted.class);
        assertThat(check("INVITE", answer(ALICE, challenged, 0, 1))).isInstanceOf(Admitted.class);
        Challenged again = challenged(check("INVITE", answer(ALICE, challenged, 0, 1)), Cause.STALE);
        assertThat(again.faults()).extracting(Fault::kind).containsExactly(Kind.COUNT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qop=auth | qop=\"auth\" | FORM",
                "nc=00000001 | nc=\"00000001\" | FORM",
                "algorithm=MD5 | algorithm=\"MD5\" | FORM",
                "uri=\"sip:+442079460123@carrier.example\" | uri=sip:+442079460123@carrier.example | FORM",
                "opaque=\" | opaque=\"x | FORM",
            })
    void a_right_response_in_the_wrong_form_is_admitted_and_told(String right, String wrong, Kind kind) {
        UnaryOperator<String> change = text -> text.replace(right, wrong);
        Verdict verdict = check("INVITE", change.apply(answer(ALICE, first(), 0, 1)));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Admitted.class,
                        it -> assertThat(it.faults()).extracting(Fault::kind).containsExactly(kind));
    }

    @Test
    void a_uri_that_is_not_the_Request_URI_is_told() {
        String value = ALICE.value(first().challenges().getFirst().value(), "INVITE", "sip:other@example.org", 1);
        assertThat(check("INVITE", "Authorization: " + value + "\r\n"))
                .isInstanceOfSatisfying(
                        Admitted.class,
                        it -> assertThat(it.faults()).extracting(Fault::kind).containsExactly(Kind.URI));
    }

    @Test
    void a_challenge_for_another_realm_may_stand_first_and_credentials_for_it_are_none() {
        authenticator = asking(",decoy=elsewhere.example");
        Challenged challenged = first();
        assertThat(challenged.challenges().getFirst().value()).contains("realm=\"elsewhere.example\"");
        Challenged again = challenged(check("INVITE", answer(ALICE, challenged, 0, 1)), Cause.NONE);
        assertThat(check("INVITE", answer(ALICE, again, 1, 1))).isInstanceOf(Admitted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm=MD4 | algorithm='MD4' (expected: some of MD5, SHA-256, SHA-512-256",
                "methods=CANCEL | methods='CANCEL' (expected: some of INVITE,",
                "ask=402 | ask='402' (expected: one of 401, 407, both)",
                "uses=0 | uses='0' (expected: a whole number from 1",
                "qop=auth-int | qop='auth-int' (expected: one of auth, none)",
                "life=long | life='long' (expected: a duration",
                "colour=red | unknown parameter 'colour'",
            })
    void a_wrong_policy_names_the_value_and_what_was_expected(String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DigestPolicy.parse(text))
                .withMessageStartingWith("digest: ")
                .withMessageContaining(complaint);
    }

    @Test
    void a_policy_does_not_show_its_password() {
        assertThat(DigestPolicy.parse("user=alice,password=wonderland").toString())
                .contains("alice")
                .doesNotContain("wonderland");
    }
}
