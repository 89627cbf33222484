package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.call.RingSign;
import io.flashcall.engine.sip.ResponseView;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// P-Early-Media (RFC 5009) and Alert-Info (RFC 3261 §20.4) in a 183.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RingSignsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Subject: x                                                       | NONE
            P-Early-Media: sendrecv                                          | AUDIBLE
            P-Early-Media: SendOnly                                          | AUDIBLE
            P-Early-Media: recvonly                                          | SILENT
            P-Early-Media: inactive                                          | SILENT
            P-Early-Media: sendrecv,gated                                    | SILENT
            P-Early-Media: gated , sendrecv                                  | SILENT
            P-Early-Media: supported                                         | NONE
            P-Early-Media: supported, sendonly                               | AUDIBLE
            P-Early-Media: sendonly, inactive                                | AUDIBLE
            P-Early-Media: sendrecvx                                         | NONE
            P-Early-Media: ;,=                                               | NONE
            P-Early-Media:                                                   | NONE
            Alert-Info: <urn:alert:tone:ringback>                            | AUDIBLE
            Alert-Info: <http://a.example/t.wav>~P-Early-Media: inactive     | SILENT
            """)
    void says_of_ringing(String lines, RingSign sign) {
        assertThat(RingSigns.of(progress(lines))).isEqualTo(sign);
    }

    @Test
    void nothing_at_hand_says_nothing() {
        assertThat(RingSigns.of(null)).isEqualTo(RingSign.NONE);
    }

    private static ResponseView progress(String lines) {
        String text = "SIP/2.0 183 Session Progress\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKx\r\n"
                + "From: <sip:a@x>;tag=1\r\nTo: <sip:b@x>;tag=2\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n"
                + lines.replace("~", "\r\n") + "\r\nContent-Length: 0\r\n\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        var view = new ResponseView();
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(ResponseView.Verdict.OK);
        return view;
    }
}
