package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.sip.ResponseView.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RegisterAnswerTest {

    private static final String OURS = "sip:account-1@192.0.2.10:5060";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Contact: <sip:account-1@192.0.2.10:5060>;expires=60                    | 60
            m: <sip:account-1@192.0.2.10:5060;transport=tcp>;q=1.0;Expires = 60    | 60
            Contact: sip:account-1@192.0.2.10:5060;expires=60                      | 60
            Contact: <sip:other@192.0.2.10:5060>;expires=60                        | -1
            Contact: <sip:account-1@192.0.2.10:50600>;expires=60                   | -1
            Contact: <sip:account-1@192.0.2.10:5060>;expires=0                     | 0
            Contact: <sip:account-1@192.0.2.10:5060>;expires=99999999999999999999  | 86400
            Contact: <sip:account-1@192.0.2.10:5060>;expires=soon                  | -1
            Contact: "no end <sip:account-1@192.0.2.10:5060>;expires=60            | -1
            Expires: 77                                                            | 77
            Expires: -7                                                            | -1
            X: y                                                                   | -1
            """)
    void what_is_granted_is_said_of_our_contact_or_of_all(String header, int seconds) {
        assertThat(RegisterAnswer.grantedSeconds(answer(header), OURS)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"Min-Expires: 3600, 3600", "min-expires: 100000, 86400", "Min-Expires: x, -1", "X: y, -1"})
    void a_423_says_how_long_is_long_enough(String header, int seconds) {
        assertThat(RegisterAnswer.minExpiresSeconds(answer(header))).isEqualTo(seconds);
    }

    @Test
    void routes_stand_in_the_order_of_the_answer() {
        var response = answer("Service-Route: <sips:a.example;lr>,\r\n <sip:b@[2001:db8::1]:5070;lr=on>\r\n"
                + "Service-Route: \"c\" <sip:c.example;x=1;LR>;y=2");
        assertThat(RegisterAnswer.serviceRoute(response))
                .contains(List.of("<sips:a.example;lr>", "<sip:b@[2001:db8::1]:5070;lr=on>", "<sip:c.example;x=1;LR>"));
        assertThat(RegisterAnswer.serviceRoute(answer("X: y"))).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:strict.example>",
                "<sip:x;lr@strict.example>",
                "<sip:a.example;lr>, <tel:+442079460123;lr>",
                "<sip:a.example;lr?X=y>",
                "<sip:a.ex\u00e4mple;lr>",
                "<sip:a.example;lr",
                "nonsense",
                "*"
            })
    void routes_that_could_not_be_followed_are_no_routes(String value) {
        assertThat(RegisterAnswer.serviceRoute(answer("Service-Route: " + value)))
                .isEmpty();
    }

    @Test
    void nor_are_too_many() {
        String one = "Service-Route: <sip:a.example;lr>\r\n";
        assertThat(RegisterAnswer.serviceRoute(answer(one.repeat(8).strip()))).isPresent();
        assertThat(RegisterAnswer.serviceRoute(answer(one.repeat(9).strip()))).isEmpty();
    }

    private static ResponseView answer(String headers) {
        byte[] bytes =
                ("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n"
                                + "To: <sip:a@b>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\n" + headers + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        var view = new ResponseView();
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(Verdict.OK);
        return view;
    }
}
