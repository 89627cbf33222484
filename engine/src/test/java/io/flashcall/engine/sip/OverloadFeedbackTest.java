package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.sip.OverloadFeedback.Kind;
import io.flashcall.engine.sip.ResponseView.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7339 §4: what a response's Via says of the server's load.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverloadFeedbackTest {

    private final ResponseView response = new ResponseView();

    /// The examples of RFC 7339 §4 and §5.8, and what servers make of them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                ";oc=20;oc-algo=\"loss\";oc-validity=500;oc-seq=1282321615.782 | 20 | 500 | 128232161578200",
                ";oc=0;oc-algo=\"loss\";oc-validity=0;oc-seq=1 | 0 | 0 | 100000",
                ";oc=100;oc-algo=loss;oc-seq=1.12345 | 100 | 500 | 112345",
                ";OC=5;Oc-Algo=\"LOSS\";OC-SEQ=2.5 | 5 | 500 | 250000",
                ";oc;oc-algo=\"loss\";received=192.0.2.1;oc=30;oc-algo=\"loss\";oc-seq=3.0 | 30 | 500 | 300000",
                "; oc = 7 ; oc-seq = 4 | 7 | 500 | 400000",
                ";oc=7 | 7 | 500 | -1",
                ";oc=1;oc-seq=1.123456789 | 1 | 500 | 112345",
                ";oc=1;oc-validity=2147483647 | 1 | 2147483647 | -1",
            })
    void a_server_says_what_to_withhold(String parameters, int percent, long validity, long sequence) {
        var feedback = feedback(parameters);
        assertThat(feedback.kind()).isEqualTo(Kind.USABLE);
        assertThat(feedback.percent()).isEqualTo(percent);
        assertThat(feedback.validityMillis()).isEqualTo(validity);
        assertThat(feedback.sequence()).isEqualTo(sequence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";oc;oc-algo=\"loss\"", ";oc-validity=500;oc-seq=1.0", ";occ=5", ";o=5"})
    void what_is_only_our_own_says_nothing(String parameters) {
        assertThat(feedback(parameters).kind()).isEqualTo(Kind.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";oc=101",
                ";oc=-1",
                ";oc=x",
                ";oc=\"5\"",
                ";oc=99999999999999999999",
                ";oc=5;oc-algo=\"rate\"",
                ";oc=5;oc-algo=\"loss,rate\"",
                ";oc=5;oc-validity=x",
                ";oc=5;oc-validity=2147483648",
                ";oc=5;oc-seq=x",
                ";oc=5;oc-seq=1.",
                ";oc=5;oc-seq=1.x",
                ";oc=5;oc-seq=1-2",
                ";oc=5;oc-seq=1234567890123.0"
            })
    void what_breaks_the_syntax_or_was_not_offered_cannot_be_used(String parameters) {
        assertThat(feedback(parameters).kind()).isEqualTo(Kind.UNUSABLE);
    }

    @Test
    void the_next_response_says_nothing_of_the_last_one() {
        feedback(";oc=20;oc-seq=1.0");
        assertThat(feedback("").kind()).isEqualTo(Kind.NONE);
        response.wrap(new byte[0], 0, 0);
        assertThat(response.overload().kind()).isEqualTo(Kind.NONE);
    }

    private OverloadFeedback feedback(String parameters) {
        byte[] bytes = """
                SIP/2.0 100 Trying
                Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport%s
                From: <sip:a@b>;tag=1
                To: <sip:c@d>
                Call-ID: x
                CSeq: 1 INVITE
                Content-Length: 0

                """.formatted(parameters).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(response.wrap(bytes, 0, bytes.length)).isEqualTo(Verdict.OK);
        return response.overload();
    }
}
