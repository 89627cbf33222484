package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What networks write into the refusals of calls that analytics block: the forms that carriers document, and what
/// becomes of them on the way.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnalyticsBlockTest {

    private static final char NONE = '\0';

    private final ResponseView response = new ResponseView();

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = NONE, textBlock = """
            603 Network Blocked ! Reason: SIP;cause=603;text="v=analytics1;url=https://a.example";location=RLN ! https://a.example
            603 Network Blocked ! Reason: Q.850;cause=21;text="v=analytics1;url=https://a.example/r?n=4";location=LN ! https://a.example/r?n=4
            603 NETWORK BLOCKED ! Reason: SIP ;cause=603 ;text="v=analytics1;tel=+12025550100;email=a@b.example" !
            603 Network Blocked ! Reason: SIP;cause=603;text="v=analytics1; email=a@b.example; URL=https://a.example " ! https://a.example
            603 Network Blocked ! Reason: SIP;cause=603;text="Network Blocked";v=analytics1;url="https://a.example" ! https://a.example
            603 Network Blocked ! X-Other: 1 !
            603 Decline ! Reason: SIP;cause=603;text="v=analytics1;url=https://a.example" ! https://a.example
            480 Temporarily Unavailable ! Reason: SIP;cause=603;text="v=analytics1;url=https://a.example" ! https://a.example
            603 Decline ! Reason: Q.850;cause=31, SIP;cause=603;text="v=analytics1;url=https://a.example" ! https://a.example
            603 Decline ! reason: SIP;cause=603;text="v=Analytics1" !
            """)
    void a_603_plus_is_known_by_its_phrase_or_its_version(String line, String header, String redress) {
        receive(line, header);
        assertThat(response.isBlockedByAnalytics()).isTrue();
        assertThat(redress()).isEqualTo(redress == null ? "" : redress);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = NONE, textBlock = """
            603 Decline ! Reason: SIP;cause=603;text="Decline"
            603 Decline ! Reason: Q.850;cause=21;text="Call Rejected"
            603 Decline ! Reason: SIP;cause=603;text="v=analytics10"
            603 Decline ! Reason: SIP;cause=603;text="see v=analytics1"
            603 Decline ! Reason: SIP;cause=603;text="v=analytics1
            603 Decline ! Reason: v=analytics1
            603 Network Blocked Today ! X-Other: 1
            403 Network Blocked ! X-Other: 1
            608 Rejected ! Call-Info: <https://a.example/card>;purpose=jwscard
            """)
    void nothing_else_is_one(String line, String header) {
        receive(line, header);
        assertThat(response.isBlockedByAnalytics()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "403 Stale Date, true",
        "403 STALE DATE, true",
        "403 Forbidden, false",
        "403 Stale Date Header, false",
        "438 Stale Date, false"
    })
    void a_stale_date_is_said_by_a_403_of_that_phrase(String line, boolean stale) {
        receive(line, "X-Other: 1");
        assertThat(response.isStaleDate()).isEqualTo(stale);
        assertThat(response.isBlockedByAnalytics()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = NONE, textBlock = """
            Call-Info: <https://a.example/complaint-jws>;purpose=jwscard ! https://a.example/complaint-jws
            Call-Info: <https://a.example/photo>;purpose=icon, <https://a.example/c,d>;purpose="jwscard" !
            Call-Info: <https://a.example/photo>;purpose=icon, <https://a.example/c,d> ; purpose = JWSCARD ! https://a.example/c,d
            Call-Info: <https://a.example/card>;purpose=jcard ! https://a.example/card
            Call-Info: <https://a.example/photo>;purpose=icon !
            Call-Info: https://a.example/card;purpose=jwscard !
            Call-Info: <https://a.example/card;purpose=jwscard !
            Call-Info: <>;purpose=jwscard !
            X-Other: 1 !
            """)
    void a_608_points_to_its_jCard(String header, String redress) {
        receive("608 Rejected", header);
        assertThat(redress()).isEqualTo(redress == null ? "" : redress);
    }

    private String redress() {
        var span = response.redress();
        return new String(response.bytes(), span.offset, span.length, StandardCharsets.UTF_8);
    }

    private void receive(String line, String header) {
        byte[] bytes = """
                SIP/2.0 %s
                Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK00000000000000010000000000000002
                From: <sip:+12025550123@192.0.2.1>;tag=00000000000000010000000000000002
                To: <sip:+442079460123@192.0.2.2>;tag=callee
                Call-ID: 1@192.0.2.1
                CSeq: 1 INVITE
                %s
                Content-Length: 0

                """.formatted(line, header).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(response.wrap(bytes, 0, bytes.length)).isEqualTo(ResponseView.Verdict.OK);
    }
}
