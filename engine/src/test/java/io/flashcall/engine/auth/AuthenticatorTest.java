package io.flashcall.engine.auth;

import static io.flashcall.engine.auth.DigestVectorsTest.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.auth.Authenticator.Verdict;
import io.flashcall.engine.sip.HeaderLines;
import io.flashcall.engine.sip.HeaderLinesText;
import io.flashcall.engine.sip.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which challenges are answered, with what, and how often.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuthenticatorTest {

    private static final byte[] URI = "sip:b@carrier.example".getBytes(StandardCharsets.US_ASCII);

    private final Authenticator ours = new Authenticator("flash", "secret".getBytes(StandardCharsets.UTF_8));
    private final Presented call = new Presented();

    @Test
    void the_first_of_the_strongest_challenges_of_a_realm_is_answered() {
        var verdict = asked(
                "Digest realm=\"r\", nonce=\"m\", algorithm=MD5",
                "Digest realm=\"r\", nonce=\"x\", algorithm=SHA-256",
                "Digest realm=\"r\", nonce=\"y\", algorithm=SHA-512-256");
        assertThat(verdict).isEqualTo(Verdict.RETRY);
        assertThat(shown()).hasSize(1).first().asString().contains("nonce=\"x\"", "algorithm=SHA-256");
    }

    @Test
    void each_realm_gets_a_line_of_its_own() {
        asked("Digest realm=\"one\", nonce=\"a\"", "Digest realm=\"two\", nonce=\"b\", algorithm=SHA-512-256");
        assertThat(shown())
                .satisfiesExactly(
                        line -> assertThat(line).contains("realm=\"one\"").doesNotContain("algorithm"),
                        line -> assertThat(line).contains("realm=\"two\"", "algorithm=SHA-512-256"));
    }

    @Test
    void a_nonce_serves_other_calls_too_and_a_stale_one_is_replaced() {
        asked("Digest realm=\"r\", nonce=\"a\", qop=\"auth\"");
        assertThat(shown().getFirst()).contains("nc=00000001");
        var next = new Presented();
        assertThat(shown(next).getFirst()).contains("nonce=\"a\"", "nc=00000002");
        var verdict = ours.onChallenge(unauthorized("Digest realm=\"r\", nonce=\"b\", qop=\"auth\", stale=TRUE"), next);
        assertThat(verdict).isEqualTo(Verdict.RETRY);
        assertThat(shown(next).getFirst()).contains("nonce=\"b\"", "nc=00000001");
    }

    @Test
    void calls_that_are_given_the_same_nonce_count_it_together() {
        var other = new Presented();
        String challenge = "Digest realm=\"r\", nonce=\"a\", qop=\"auth\"";
        assertThat(asked(challenge)).isEqualTo(Verdict.RETRY);
        assertThat(shown().getFirst()).contains("nc=00000001");
        assertThat(ours.onChallenge(unauthorized(challenge), other)).isEqualTo(Verdict.RETRY);
        assertThat(shown(other).getFirst()).contains("nonce=\"a\"", "nc=00000002");
    }

    @Test
    void a_nonce_that_others_have_had_replaced_does_not_make_credentials_wrong() {
        asked("Digest realm=\"r\", nonce=\"a\"");
        var calls = List.of(new Presented(), new Presented(), new Presented());
        calls.forEach(this::shown);
        for (var each : calls) {
            assertThat(ours.onChallenge(unauthorized("Digest realm=\"r\", nonce=\"b\""), each))
                    .isEqualTo(Verdict.RETRY);
            assertThat(shown(each).getFirst()).contains("nonce=\"b\"");
        }
    }

    @Test
    void wrong_credentials_of_calls_side_by_side_are_refused_once_more_at_most() {
        asked("Digest realm=\"r\", nonce=\"a\"");
        var calls = List.of(new Presented(), new Presented());
        int tries = 0;
        boolean rejected = false;
        for (int nonce = 0; !rejected; nonce++) {
            calls.forEach(this::shown);
            tries++;
            for (var each : calls) {
                var verdict = ours.onChallenge(unauthorized("Digest realm=\"r\", nonce=\"n" + nonce++ + "\""), each);
                rejected |= verdict == Verdict.REJECTED;
            }
        }
        assertThat(tries).isLessThanOrEqualTo(3);
    }

    @Test
    void credentials_that_were_shown_with_this_very_nonce_are_wrong() {
        asked("Digest realm=\"r\", nonce=\"a\"");
        shown();
        assertThat(asked("Digest realm=\"r\", nonce=\"a\"")).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void a_carrier_that_says_nothing_of_staleness_gets_them_once_more() {
        asked("Digest realm=\"r\", nonce=\"a\"");
        shown();
        assertThat(asked("Digest realm=\"r\", nonce=\"b\"")).isEqualTo(Verdict.RETRY);
        shown();
        assertThat(asked("Digest realm=\"r\", nonce=\"c\"")).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void a_carrier_that_calls_every_nonce_stale_is_left_after_eight() {
        int answered = 0;
        while (asked("Digest realm=\"r\", nonce=\"n" + answered + "\", stale=true") == Verdict.RETRY) {
            answered++;
            shown();
        }
        assertThat(answered).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"r\"",
                "Digest realm=\"r\", nonce=\"a\", algorithm=SHA-256-sess",
                "Digest realm=\"r\", nonce=\"a\", algorithm=SHA3",
                "Digest realm=\"r\", nonce=\"a\", qop=\"auth-int\"",
                "Digest realm=\"r\""
            })
    void what_we_cannot_answer_is_said_to_be_so(String challenge) {
        assertThat(asked(challenge)).isEqualTo(Verdict.UNANSWERABLE);
        assertThat(ours.isPrepared()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Digest realm=\"a \\\"b\\\" \\\\c\", nonce=\"n\"          | realm=\"a \\\"b\\\" \\\\c\", nonce=\"n\"",
                "dIGEST  nonce = \"n, m\" , REALM=\"r\", algorithm=md5 | realm=\"r\", nonce=\"n, m\""
            })
    void quoted_values_come_back_as_they_came(String challenge, String shown) {
        assertThat(asked(challenge)).isEqualTo(Verdict.RETRY);
        assertThat(shown().getFirst()).contains(shown);
    }

    @Test
    void a_user_name_is_quoted() {
        var odd = new Authenticator("a\"b\\c", "secret".getBytes(StandardCharsets.UTF_8));
        odd.onChallenge(unauthorized("Digest realm=\"r\", nonce=\"a\""), call);
        var out = new HeaderLines();
        odd.authorize(Method.INVITE, URI, URI.length, call, out);
        assertThat(HeaderLinesText.of(out)).startsWith("Authorization: Digest username=\"a\\\"b\\\\c\", realm");
    }

    private Verdict asked(String... challenges) {
        return ours.onChallenge(unauthorized(challenges), call);
    }

    private List<String> shown() {
        return shown(call);
    }

    private List<String> shown(Presented by) {
        var out = new HeaderLines();
        ours.authorize(Method.INVITE, URI, URI.length, by, out);
        return HeaderLinesText.of(out).lines().toList();
    }
}
