package io.flashcall.engine.sip;

import static io.flashcall.engine.sip.Messages.identity;
import static io.flashcall.engine.sip.Messages.parts;
import static io.flashcall.engine.sip.Messages.render;
import static io.flashcall.engine.sip.Messages.template;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.sip.RequestTemplate.IdentityHeaders;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Offer;
import io.flashcall.engine.sip.RequestTemplate.Options;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestTemplateTest {

    @Test
    void an_invite_reads_like_this() {
        var template = new RequestTemplate(parts(Messages.EVERYTHING));
        assertThat(render(out -> template.invite(identity(), out))).isEqualTo("""
                INVITE sip:+442079460123@carrier.example;user=phone SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000aa00000000000000bb;rport
                Max-Forwards: 70
                From: <sip:+12025550123@flash.example;user=phone>;tag=00000000000000aa00000000000000cc
                To: <sip:+442079460123@carrier.example;user=phone>
                Call-ID: 00000000000000aa-00000000000000bb
                CSeq: 1 INVITE
                Contact: <sip:+12025550123@198.51.100.9:5060>
                Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO
                User-Agent: Flashcall
                P-Asserted-Identity: <sip:+12025550123@flash.example;user=phone>
                Remote-Party-ID: <sip:+12025550123@flash.example;user=phone>;party=calling;screen=yes;privacy=off
                Content-Type: application/sdp
                Content-Length: 126

                v=0
                o=- 1000000102 1000000102 IN IP4 198.51.100.9
                s=-
                c=IN IP4 198.51.100.9
                t=0 0
                m=audio 40000 RTP/AVP 8 0
                a=ptime:20
                """);
    }

    @Test
    void an_invite_without_an_offer_has_no_body() {
        var invite = NaiveMessage.of(render(out -> template().invite(identity(), out)));
        assertThat(invite.one("Content-Length")).isEqualTo("0");
        assertThat(invite.all("Content-Type")).isEmpty();
        assertThat(invite.body()).isEmpty();
    }

    @Test
    void a_cancel_repeats_its_invite_and_gives_no_reason() {
        assertThat(render(out -> template().cancel(identity(), out))).isEqualTo("""
                CANCEL sip:+442079460123@carrier.example SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000aa00000000000000bb;rport
                Max-Forwards: 70
                From: <sip:+12025550123@flash.example>;tag=00000000000000aa00000000000000cc
                To: <sip:+442079460123@carrier.example>
                Call-ID: 00000000000000aa-00000000000000bb
                CSeq: 1 CANCEL
                Content-Length: 0

                """);
    }

    @Test
    void the_ack_of_a_failure_copies_its_to_unfolded() {
        var busy = Messages.response(
                Messages.RINGING.replace("180 Ringing", "486 Busy Here").replace("To: ", "t:\n  \"x;tag=y\"\n\t"));
        assertThat(render(out -> template().ack(identity(), busy, out))).isEqualTo("""
                ACK sip:+442079460123@carrier.example SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000aa00000000000000bb;rport
                Max-Forwards: 70
                From: <sip:+12025550123@flash.example>;tag=00000000000000aa00000000000000cc
                To: "x;tag=y"\t<sip:+442079460123@carrier.example>;tag=c-81
                Call-ID: 00000000000000aa-00000000000000bb
                CSeq: 1 ACK
                Content-Length: 0

                """);
    }

    @Test
    void invites_of_equal_numbers_are_equal_in_size_and_below_1300_bytes() {
        var template = new RequestTemplate(parts(Messages.EVERYTHING));
        byte[] out = new byte[Messages.SPACE];
        var id = identity();
        int length = template.invite(id, out);
        id.key = -1;
        id.tagNonce = Long.MIN_VALUE;
        assertThat(template.invite(id, out)).isEqualTo(length);
        assertThat(template.maxInviteLength()).isGreaterThanOrEqualTo(length).isLessThan(1300);
    }

    @Test
    void content_length_is_the_length_of_the_body() {
        var options = new Options(new IdentityHeaders(false, false, false), Optional.of(new Offer("2001:db8::9", 4)));
        var template = new RequestTemplate(parts(options));
        byte[] out = new byte[Messages.SPACE];
        int length = template.invite(identity(), out);
        String wire = new String(out, 0, length, StandardCharsets.US_ASCII);
        String body = wire.substring(wire.indexOf("\r\n\r\n") + 4);
        assertThat(wire).contains("Content-Length: " + body.length() + "\r\n");
        assertThat(body).contains("c=IN IP6 2001:db8::9\r\n").endsWith("\r\n");
    }

    @Test
    void ipv6_hosts_get_their_brackets() {
        var numbers = new Numbers(NumberFormat.e164(), NumberFormat.national("1", "", "011"));
        var template = new RequestTemplate(
                new Parts("2001:db8::9", 5062, "[2001:db8::1]:5080", "[2001:db8::9]", numbers, Messages.PLAIN));
        var invite = NaiveMessage.of(render(out -> template.invite(identity(), out)));
        assertThat(invite.startLine()).isEqualTo("INVITE sip:442079460123@[2001:db8::1]:5080 SIP/2.0");
        assertThat(invite.one("Via")).startsWith("SIP/2.0/UDP [2001:db8::9]:5062;");
        assertThat(invite.one("From")).startsWith("<sip:2025550123@[2001:db8::9]>");
        assertThat(invite.one("Contact")).isEqualTo("<sip:2025550123@[2001:db8::9]:5062>");
    }

    @Test
    void every_request_of_a_call_is_the_same_each_time() {
        var template = template();
        var ok = Messages.success();
        String first = render(out -> template.invite(identity(), out));
        render(out -> template.bye(identity(), Messages.bye(9), ok, out));
        assertThat(render(out -> template.invite(identity(), out))).isEqualTo(first);
    }

    @Test
    void what_does_not_fit_is_minus_one() {
        assertThat(template().invite(identity(), new byte[300])).isEqualTo(-1);
    }

    @Test
    void our_own_requests_are_read_by_our_own_view() {
        byte[] out = new byte[Messages.SPACE];
        var view = new RequestView();
        int length = template().invite(identity(), out);
        assertThat(view.wrap(out, 0, length)).isEqualTo(ResponseView.Verdict.OK);
        assertThat(view.method()).isEqualTo(Method.INVITE);
        assertThat(view.maxForwards()).isEqualTo(70);
    }
}
