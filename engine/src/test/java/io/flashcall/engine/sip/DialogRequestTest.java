package io.flashcall.engine.sip;

import static io.flashcall.engine.sip.Messages.identity;
import static io.flashcall.engine.sip.Messages.render;
import static io.flashcall.engine.sip.Messages.success;
import static io.flashcall.engine.sip.Messages.template;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ACK of a 2xx and BYE: RFC 3261 §12.1.2, §12.2.1.1, §13.2.2.4.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DialogRequestTest {

    private static final String CONTACT = "Contact: <sip:gw@203.0.113.9:5062>";

    @Test
    void the_ack_of_a_success_reads_like_this() {
        var ok = success(
                "Record-Route: <sip:192.0.2.1;lr>, <sip:192.0.2.2:5064;lr>;x=1",
                "Record-Route: <sip:192.0.2.3;lr=on>",
                CONTACT);
        assertThat(render(out -> template().ackOfSuccess(identity(), 0xdd, ok, out)))
                .isEqualTo("""
                ACK sip:gw@203.0.113.9:5062 SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000dd00000000000000bb;rport
                Max-Forwards: 70
                Route: <sip:192.0.2.3;lr=on>
                Route: <sip:192.0.2.2:5064;lr>;x=1
                Route: <sip:192.0.2.1;lr>
                From: <sip:+12025550123@flash.example>;tag=00000000000000aa00000000000000cc
                To: <sip:+442079460123@carrier.example>;tag=c-81
                Call-ID: 00000000000000aa-00000000000000bb
                CSeq: 1 ACK
                Content-Length: 0

                """);
    }

    /// Its URI becomes the Request-URI with its parameters, which may be quoted and folded by the letter of the
    /// header.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:192.0.2.3;x=\"\n X-Evil: 1\"",
                "sip:192.0.2.3;x=\"\n\tX-Evil: 1\"",
                "sip:192.0.2.3 ;x=1",
                "sip:192.0.2.3;x=\"1\"",
                "sip:192.0.2.3;x=\u0007"
            })
    void a_route_without_brackets_that_no_URI_looks_like_is_no_route(String route) {
        var ok = success("Record-Route: <sip:192.0.2.1;lr>, " + route, CONTACT);
        var bye = render(out -> template().bye(identity(), Messages.bye(0xee), ok, out));
        assertThat(bye).startsWith("BYE sip:gw@203.0.113.9:5062 SIP/2.0\n");
        assertThat(NaiveMessage.of(bye).all("Route")).containsExactly("<sip:192.0.2.1;lr>");
        assertThat(bye).doesNotContain("X-Evil");
    }

    @Test
    void a_bye_reads_like_this() {
        assertThat(render(out -> template().bye(identity(), Messages.bye(0xee), success(CONTACT), out)))
                .isEqualTo("""
                BYE sip:gw@203.0.113.9:5062 SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000ee00000000000000bb;rport
                Max-Forwards: 70
                From: <sip:+12025550123@flash.example>;tag=00000000000000aa00000000000000cc
                To: <sip:+442079460123@carrier.example>;tag=c-81
                Call-ID: 00000000000000aa-00000000000000bb
                CSeq: 2 BYE
                Content-Length: 0

                """);
    }

    @Test
    void a_strict_router_gets_its_own_uri_and_the_target_goes_last() {
        var bye = bye(
                "Record-Route: <sip:192.0.2.1;lr>",
                "Record-Route: <sip:p@192.0.2.2:5064;x=y;method=INVITE;z?Subject=hi>;q",
                CONTACT);
        assertThat(bye.startLine()).isEqualTo("BYE sip:p@192.0.2.2:5064;x=y;z SIP/2.0");
        assertThat(bye.all("Route")).containsExactly("<sip:192.0.2.1;lr>", "<sip:gw@203.0.113.9:5062>");
    }

    @Test
    void a_strict_router_behind_a_loose_one_is_just_a_route() {
        var bye = bye("Record-Route: <sip:192.0.2.1>, <sip:192.0.2.2;lr>", CONTACT);
        assertThat(bye.startLine()).isEqualTo("BYE sip:gw@203.0.113.9:5062 SIP/2.0");
        assertThat(bye.all("Route")).containsExactly("<sip:192.0.2.2;lr>", "<sip:192.0.2.1>");
    }

    @Test
    void a_loose_router_without_brackets_is_loose_all_the_same() {
        var bye = bye("Record-Route: sip:192.0.2.1;lr", CONTACT);
        assertThat(bye.startLine()).isEqualTo("BYE sip:gw@203.0.113.9:5062 SIP/2.0");
        assertThat(bye.all("Route")).containsExactly("<sip:192.0.2.1;lr>");
    }

    @Test
    void folded_and_quoted_record_routes_keep_their_order_and_names() {
        var bye = bye("Record-Route:\n \"a, b\" <sip:192.0.2.1;lr> ,\n\t<sip:192.0.2.2;lr>", CONTACT);
        assertThat(bye.all("Route")).containsExactly("<sip:192.0.2.2;lr>", "\"a, b\" <sip:192.0.2.1;lr>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            <sip:gw@203.0.113.9>                        | sip:gw@203.0.113.9
            "Gate, <sip:no@way>" <sip:gw@gw.example>;q=1 | sip:gw@gw.example
            Gate Way <sip:gw.example:5070;transport=udp> | sip:gw.example:5070;transport=udp
            sip:gw@203.0.113.9:5062;expires=3            | sip:gw@203.0.113.9:5062
            <sip:gw@203.0.113.9?Subject=x>, <sip:b@c>    | sip:gw@203.0.113.9
            <sip:gw@[2001:db8::9]:5062;method=BYE>       | sip:gw@[2001:db8::9]:5062
            <SIP:gw;x=1@203.0.113.9;ob>                  | SIP:gw;x=1@203.0.113.9;ob
            """)
    void the_request_uri_is_that_of_the_contact(String contact, String uri) {
        assertThat(bye("Contact: " + contact).startLine()).isEqualTo("BYE " + uri + " SIP/2.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            <tel:+442079460123>
            <sips:gw@203.0.113.9>
            <sip:gw@>
            <sip:gw@203.0.113.9
            <sip:a b@203.0.113.9>
            <sip:gw@203.0.113.9:99999>
            *
            "never closed <sip:gw@203.0.113.9>
            """)
    void a_contact_that_cannot_be_used_leaves_the_uri_of_the_invite(String contact) {
        assertThat(bye("Contact: " + contact).startLine()).isEqualTo("BYE sip:+442079460123@carrier.example SIP/2.0");
    }

    @Test
    void a_missing_contact_leaves_the_uri_of_the_invite() {
        assertThat(bye().startLine()).isEqualTo("BYE sip:+442079460123@carrier.example SIP/2.0");
    }

    @Test
    void sixty_four_routes_are_carried() {
        String routes = "Record-Route: <sip:192.0.2.1;lr>" + ", <sip:192.0.2.1;lr>".repeat(62);
        assertThat(bye(routes, "Record-Route: <sip:192.0.2.9;lr>", CONTACT).all("Route"))
                .hasSize(64)
                .startsWith("<sip:192.0.2.9;lr>");
    }

    @Test
    void more_routes_than_any_request_can_pass_are_none_and_the_call_is_hung_up_all_the_same() {
        String tooMany = "Record-Route: <sip:192.0.2.1;lr>" + ", <sip:192.0.2.1;lr>".repeat(64);
        NaiveMessage bye = bye(tooMany, CONTACT);
        assertThat(bye.all("Route")).isEmpty();
        assertThat(bye.startLine()).startsWith("BYE sip:");
    }

    @Test
    void each_fork_gets_its_own_to_tag() {
        var other = Messages.response(
                Messages.RINGING.replace("180 Ringing", "200 OK").replace("c-81", "d-82"));
        assertThat(NaiveMessage.of(render(out -> template().bye(identity(), Messages.bye(1), other, out)))
                        .one("To"))
                .endsWith(";tag=d-82");
    }

    private static NaiveMessage bye(String... headers) {
        return NaiveMessage.of(render(out -> template().bye(identity(), Messages.bye(1), success(headers), out)));
    }
}
