package io.flashcall.engine.sip;

import static io.flashcall.engine.sip.Messages.OPTIONS;
import static io.flashcall.engine.sip.Messages.render;
import static io.flashcall.engine.sip.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResponseWriterTest {

    private final HostPort source = new HostPort();
    private final ResponseWriter writer = new ResponseWriter();

    ResponseWriterTest() {
        source.setV4(0xcb00_7128, 40_000);
    }

    @Test
    void the_200_of_options_reads_like_this() {
        assertThat(answer(OPTIONS, 200)).isEqualTo("""
                SIP/2.0 200 OK
                Via: SIP/2.0/UDP 203.0.113.40:5080;branch=z9hG4bKx71k;received=203.0.113.40
                From: <sip:probe@carrier.example>;tag=p1
                To: <sip:+12025550123@flash.example>;tag=00000000000000f1
                Call-ID: 77-probe@203.0.113.40
                CSeq: 41 OPTIONS
                Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO
                Accept: application/sdp
                Server: Flashcall
                Content-Length: 0

                """);
    }

    @Test
    void the_481_of_a_bye_reads_like_this() {
        String bye = OPTIONS.replace("OPTIONS", "BYE").replace("flash.example>", "flash.example>;tag=ours");
        assertThat(answer(bye, 481)).isEqualTo("""
                SIP/2.0 481 Call/Transaction Does Not Exist
                Via: SIP/2.0/UDP 203.0.113.40:5080;branch=z9hG4bKx71k;received=203.0.113.40
                From: <sip:probe@carrier.example>;tag=p1
                To: <sip:+12025550123@flash.example>;tag=ours
                Call-ID: 77-probe@203.0.113.40
                CSeq: 41 BYE
                Server: Flashcall
                Content-Length: 0

                """);
    }

    @Test
    void the_405_of_a_register_reads_like_this() {
        assertThat(answer(OPTIONS.replace("OPTIONS", "REGISTER"), 405)).isEqualTo("""
                SIP/2.0 405 Method Not Allowed
                Via: SIP/2.0/UDP 203.0.113.40:5080;branch=z9hG4bKx71k;received=203.0.113.40
                From: <sip:probe@carrier.example>;tag=p1
                To: <sip:+12025550123@flash.example>;tag=00000000000000f1
                Call-ID: 77-probe@203.0.113.40
                CSeq: 41 REGISTER
                Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO
                Server: Flashcall
                Content-Length: 0

                """);
    }

    @Test
    void all_vias_come_back_in_order_and_only_the_top_one_is_changed() {
        String vias =
                "SIP/2.0/UDP 10.0.0.1:5080;RPORT;branch=z9hG4bKa;received=\"6,6\";ttl = 1 , SIP/2.0/TCP b\nv: SIP/2.0/UDP c;received=1.1.1.1\nVIA:SIP/2.0/UDP\n d";
        var reply =
                NaiveMessage.of(answer(OPTIONS.replace("SIP/2.0/UDP 203.0.113.40:5080;branch=z9hG4bKx71k", vias), 403));
        assertThat(reply.all("Via"))
                .containsExactly(
                        "SIP/2.0/UDP 10.0.0.1:5080;branch=z9hG4bKa;ttl = 1;received=203.0.113.40;rport=40000, SIP/2.0/TCP b",
                        "SIP/2.0/UDP c;received=1.1.1.1",
                        "SIP/2.0/UDP d");
    }

    @Test
    void a_source_of_ipv6_is_written_without_brackets() {
        source.set(0x2001_0db8_0000_0000L, 0x00a0_0000_0000_0001L, 1);
        assertThat(NaiveMessage.of(answer(OPTIONS, 403)).one("Via")).endsWith(";received=2001:db8:0:0:a0:0:0:1");
    }

    @Test
    void a_hundred_has_no_tag_of_ours() {
        assertThat(NaiveMessage.of(answer(OPTIONS, 100)).one("To")).isEqualTo("<sip:+12025550123@flash.example>");
    }

    @Test
    void an_unknown_method_is_told_what_we_allow() {
        assertThat(NaiveMessage.of(answer(OPTIONS.replace("OPTIONS", "JUMP"), 501))
                        .one("Allow"))
                .contains("INVITE");
    }

    @Test
    void a_malformed_request_gets_its_400_when_it_can() {
        byte[] bytes = Messages.wire(OPTIONS.replace(" SIP/2.0\n", " SIP/2.0 \n"));
        var view = new RequestView();
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(ResponseView.Verdict.BAD_START_LINE);
        var reply = NaiveMessage.of(render(out -> writer.write(view, 400, 1, source, out)));
        assertThat(reply.startLine()).isEqualTo("SIP/2.0 400 Bad Request");
        assertThat(reply.one("CSeq")).isEqualTo("41 OPTIONS");
    }

    @Test
    void a_via_with_malformed_parameters_comes_back_with_its_branch() {
        byte[] bytes = Messages.wire(OPTIONS.replace(";branch=z9hG4bKx71k", ";;branch=z9hG4bKx71k;,x"));
        var view = new RequestView();
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(ResponseView.Verdict.BAD_VIA);
        var reply = NaiveMessage.of(render(out -> writer.write(view, 400, 1, source, out)));
        assertThat(reply.one("Via"))
                .isEqualTo("SIP/2.0/UDP 203.0.113.40:5080;;branch=z9hG4bKx71k;;received=203.0.113.40,x");
    }

    @Test
    void an_ack_and_what_cannot_be_answered_get_nothing() {
        byte[] out = new byte[Messages.SPACE];
        assertThat(writer.write(request(OPTIONS.replace("OPTIONS", "ACK")), 400, 1, source, out))
                .isEqualTo(-1);
        assertThat(writer.write(new RequestView(), 400, 1, source, out)).isEqualTo(-1);
    }

    @Test
    void an_answer_is_read_by_our_own_view() {
        var reply = Messages.response(answer(OPTIONS.replace("branch", "rport;branch"), 200));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.method()).isEqualTo(Method.OPTIONS);
        assertThat(reply.cseq()).isEqualTo(41);
    }

    private String answer(String request, int status) {
        return render(out -> writer.write(request(request), status, 0xf1, source, out));
    }
}
