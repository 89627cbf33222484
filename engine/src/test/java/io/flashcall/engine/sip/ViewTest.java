package io.flashcall.engine.sip;

import static io.flashcall.engine.sip.Messages.OPTIONS;
import static io.flashcall.engine.sip.Messages.RINGING;
import static io.flashcall.engine.sip.Messages.request;
import static io.flashcall.engine.sip.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What the corpus cannot say: how two messages compare, and what a view says after another one.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ViewTest {

    @Test
    void tags_are_equal_whatever_their_case_and_different_when_they_differ() {
        long hash = response(RINGING).toTagHash();
        assertThat(response(RINGING.replace("c-81", "C-81")).toTagHash()).isEqualTo(hash);
        assertThat(response(RINGING.replace("c-81", "c-82")).toTagHash()).isNotEqualTo(hash);
        assertThat(response(RINGING.replace(";tag=c-81", "")).toTagHash()).isZero();
    }

    @Test
    void what_we_send_comes_back_as_ours() {
        var view = response(RINGING);
        assertThat(view.branchKey()).isEqualTo(0xaa);
        assertThat(view.branchNonce()).isEqualTo(0xbb);
        assertThat(view.fromTagKey()).isEqualTo(0xaa);
        assertThat(view.fromTagNonce()).isEqualTo(0xcc);
        assertThat(view.fromTagIsOurs()).isTrue();
    }

    @Test
    void spans_point_into_the_bytes_wherever_the_message_lies() {
        byte[] message = Messages.wire(RINGING.replace("CSeq", "Reason: Q.850\n ;cause=16\nCSeq"));
        byte[] bytes = new byte[message.length + 200];
        System.arraycopy(message, 0, bytes, 100, message.length);
        var view = new ResponseView();
        assertThat(view.wrap(bytes, 100, message.length)).isEqualTo(ResponseView.Verdict.OK);
        assertThat(text(view, view.to())).isEqualTo("<sip:+442079460123@carrier.example>;tag=c-81");
        assertThat(text(view, view.reasonPhrase())).isEqualTo("Ringing");
        assertThat(text(view, view.reasonHeader())).isEqualTo("Q.850\r\n ;cause=16");
        assertThat(response(RINGING).reasonHeader().isEmpty()).isTrue();
    }

    @Test
    void nothing_of_one_message_is_left_in_the_next() {
        var view = response(RINGING.replace("CSeq", "Retry-After: 5\nReason: Q.850;cause=1\nCSeq"));
        assertThat(view.wrap(new byte[0], 0, 0)).isEqualTo(ResponseView.Verdict.KEEP_ALIVE);
        assertThat(view.status()).isEqualTo(-1);
        assertThat(view.toTagHash()).isZero();
        assertThat(view.branchIsOurs()).isFalse();
        assertThat(view.q850Cause()).isEqualTo(-1);
        assertThat(view.retryAfterSeconds()).isEqualTo(-1);
        assertThat(view.to().isEmpty()).isTrue();
        assertThat(view.hasSdp()).isFalse();
        assertThat(view.nextHop(new HostPort())).isFalse();
    }

    @Test
    void a_retransmission_and_an_ack_belong_to_the_transaction() {
        String invite = OPTIONS.replace("OPTIONS", "INVITE");
        long hash = request(invite).transactionHash();
        assertThat(request(invite.replace("CSeq: 41", "CSeq:  041")).transactionHash())
                .isEqualTo(hash);
        assertThat(request(invite.replace("INVITE", "ACK").replace("flash.example>", "flash.example>;tag=1"))
                        .transactionHash())
                .isEqualTo(hash);
        assertThat(request(invite.replace("z9hG4bKx71k", "Z9HG4BKX71K")).transactionHash())
                .isEqualTo(hash);
    }

    @Test
    void a_cancel_finds_its_invite_and_is_a_transaction_of_its_own() {
        for (String branch : new String[] {"z9hG4bKx71k", "7"}) {
            String invite = OPTIONS.replace("OPTIONS", "INVITE").replace("z9hG4bKx71k", branch);
            var cancel = request(invite.replace("INVITE", "CANCEL"));
            assertThat(cancel.inviteTransactionHash())
                    .isEqualTo(request(invite).transactionHash())
                    .isNotEqualTo(cancel.transactionHash());
        }
    }

    @Test
    void another_branch_sender_or_method_is_another_transaction() {
        long hash = request(OPTIONS).transactionHash();
        assertThat(request(OPTIONS.replace("x71k", "x71l")).transactionHash()).isNotEqualTo(hash);
        assertThat(request(OPTIONS.replace("203.0.113.40:5080", "203.0.113.41:5080"))
                        .transactionHash())
                .isNotEqualTo(hash);
        assertThat(request(OPTIONS.replace(":5080", ":5081")).transactionHash()).isNotEqualTo(hash);
        assertThat(request(OPTIONS.replace("OPTIONS", "BYE")).transactionHash()).isNotEqualTo(hash);
        assertThat(request(OPTIONS.replace("OPTIONS", "HOP")).transactionHash()).isNotEqualTo(hash);
    }

    @Test
    void without_a_cookie_the_rules_of_rfc_2543_apply() {
        String old = OPTIONS.replace("OPTIONS", "INVITE").replace("z9hG4bKx71k", "7");
        long hash = request(old).transactionHash();
        assertThat(request(old.replace("INVITE", "ACK").replace("flash.example>", "flash.example>;tag=1"))
                        .transactionHash())
                .isEqualTo(hash);
        assertThat(request(old.replace("branch=7", "branch=8")).transactionHash())
                .isNotEqualTo(hash);
        assertThat(request(old.replace("77-probe", "78-probe")).transactionHash())
                .isNotEqualTo(hash);
        assertThat(request(old.replace("CSeq: 41", "CSeq: 42")).transactionHash())
                .isNotEqualTo(hash);
        assertThat(request(old.replace("tag=p1", "tag=p2")).transactionHash()).isNotEqualTo(hash);
        assertThat(request(old.replace("sip:+12025550123@198", "sip:+12025550124@198"))
                        .transactionHash())
                .isNotEqualTo(hash);
    }

    @Test
    void a_bye_of_the_old_standard_is_told_apart_by_its_to_tag() {
        String bye = OPTIONS.replace("OPTIONS", "BYE")
                .replace("z9hG4bKx71k", "z9hG4bK")
                .replace("flash.example>", "flash.example>;tag=1");
        assertThat(request(bye).transactionHash())
                .isNotEqualTo(request(bye.replace("tag=1", "tag=2")).transactionHash());
    }

    @Test
    void spans_of_a_request_are_its_values() {
        var view = request(OPTIONS.replace("Via: ", "Via: SIP/2.0/UDP [2001:db8::1]:5071 ;branch=z9hG4bKtop , "));
        assertThat(text(view, view.requestUri())).isEqualTo("sip:+12025550123@198.51.100.9:5060");
        Span from = view.from();
        assertThat(view.to()).isNotSameAs(from);
        assertThat(text(view, from)).isEqualTo("<sip:probe@carrier.example>;tag=p1");
        assertThat(text(view, view.to())).isEqualTo("<sip:+12025550123@flash.example>");
        assertThat(text(view, view.callId())).isEqualTo("77-probe@203.0.113.40");
        assertThat(text(view, view.cseqValue())).isEqualTo("41 OPTIONS");
        assertThat(text(view, view.via(0))).isEqualTo("SIP/2.0/UDP [2001:db8::1]:5071 ;branch=z9hG4bKtop");
        assertThat(text(view, view.via(1))).isEqualTo("SIP/2.0/UDP 203.0.113.40:5080;branch=z9hG4bKx71k");
        assertThat(view.via(2).isEmpty()).isTrue();
    }

    @Test
    void an_answer_goes_to_the_source_and_to_its_port_if_it_asks_so() {
        var source = new HostPort(1, 2, 40_000);
        var out = new HostPort();
        request(OPTIONS.replace("203.0.113.40:5080", "elsewhere.example")).replyTo(source, out);
        assertThat(out).extracting(o -> o.hi, o -> o.lo, o -> o.port).containsExactly(1L, 2L, 5060);
        request(OPTIONS.replace(";branch", ";rport;branch")).replyTo(source, out);
        assertThat(out.port).isEqualTo(40_000);
    }

    private static String text(ResponseView view, Span span) {
        return new String(view.bytes(), span.offset, span.length, StandardCharsets.UTF_8);
    }

    private static String text(RequestView view, Span span) {
        return new String(view.bytes(), span.offset, span.length, StandardCharsets.UTF_8);
    }
}
