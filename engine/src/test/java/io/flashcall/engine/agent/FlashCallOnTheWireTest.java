package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A call between the bytes that come and the bytes that go.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlashCallOnTheWireTest {

    private final AgentFixture the = new AgentFixture();

    @Test
    void an_INVITE_too_long_for_UDP_is_sent_all_the_same_and_counted() {
        the.place(2, RING, SETUP);
        assertThat(the.sentOne().text().length()).isGreaterThan(1_300);
        assertThat(the.counted(Metric.OVERSIZED_SENT)).isEqualTo(1);
        the.place();
        assertThat(the.counted(Metric.OVERSIZED_SENT)).as("an ordinary one").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r\n\r\n\r\n", "lower case"})
    void a_response_behind_line_ends_or_in_lower_case_is_a_response(String oddity) {
        the.place();
        String ringing = the.sentOne().answer("180 Ringing", "callee");
        the.receives(oddity.isBlank() ? oddity + ringing : ringing.replace("SIP/2.0 180", "sip/2.0 180"));
        the.passes(RING.plusMillis(2));
        assertThat(the.methodsSent()).containsExactly("CANCEL");
    }

    @Test
    void a_flash_call_is_INVITE_CANCEL_and_ACK_byte_by_byte() {
        the.place();
        Sent invite = the.sentOne();
        assertThat(invite.to().same(CARRIER)).isTrue();
        assertThat(invite.text()).isEqualTo(wire("""
                INVITE sip:+442079460123@203.0.113.5:5060;user=phone SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK00000000000001001111222233334444;rport
                Max-Forwards: 70
                From: <sip:+12025550123@192.0.2.10;user=phone>;tag=00000000000001005555666677778888
                To: <sip:+442079460123@203.0.113.5:5060;user=phone>
                Call-ID: 0000000000000100-1111222233334444
                CSeq: 1 INVITE
                Contact: <sip:+12025550123@192.0.2.10:5060>
                Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO
                User-Agent: Flashcall
                Content-Type: application/sdp
                Content-Length: 122

                """) + body(invite));
        assertThat(body(invite)).hasSize(122).contains("m=audio 40000 RTP/AVP 8 0\r\n");

        the.receives(invite.answer("100 Trying", ""));
        the.receives(invite.answer("180 Ringing", "callee"));
        the.passes(RING);
        Sent cancel = the.sentOne();
        assertThat(cancel.to().same(CARRIER)).isTrue();
        assertThat(cancel.text()).isEqualTo(wire("""
                CANCEL sip:+442079460123@203.0.113.5:5060;user=phone SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK00000000000001001111222233334444;rport
                Max-Forwards: 70
                From: <sip:+12025550123@192.0.2.10;user=phone>;tag=00000000000001005555666677778888
                To: <sip:+442079460123@203.0.113.5:5060;user=phone>
                Call-ID: 0000000000000100-1111222233334444
                CSeq: 1 CANCEL
                Content-Length: 0

                """));

        the.receives(cancel.answer("200 OK", "callee"));
        the.sentNothing();
        the.receives(invite.answer("487 Request Terminated", "callee"));
        Sent ack = the.sentOne();
        assertThat(ack.to().same(CARRIER)).isTrue();
        assertThat(ack.text()).isEqualTo(wire("""
                ACK sip:+442079460123@203.0.113.5:5060;user=phone SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK00000000000001001111222233334444;rport
                Max-Forwards: 70
                From: <sip:+12025550123@192.0.2.10;user=phone>;tag=00000000000001005555666677778888
                To: <sip:+442079460123@203.0.113.5:5060;user=phone>;tag=callee
                Call-ID: 0000000000000100-1111222233334444
                CSeq: 1 ACK
                Content-Length: 0

                """));
        assertThat(the.story()).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
        assertThat(the.outcome()).isEqualTo(new Rang(new SipStatus(487, -1, "")));
        the.nothingIsLeft();
    }

    @Test
    void its_events_are_numbered_without_a_gap_and_carry_their_time_call_and_reference() {
        var slot = the.place();
        long key = slot.liveKey();
        long placedAt = the.now();
        Sent invite = the.sentOne();
        the.passes(Duration.ofMillis(300));
        the.receives(invite.answer("180 Ringing", "callee", "Reason: Q.850;cause=16;text=\"hm\""));
        the.passes(RING.plusMillis(2));
        the.receives(invite.answer("487 Request Terminated", "callee"));
        assertThat(the.events()).extracting(event -> event.stamp().sequence()).containsExactly(0, 1, 2, 3);
        assertThat(the.events()).allSatisfy(event -> {
            assertThat(event.stamp().reference()).isEqualTo("call-0");
            assertThat(event.stamp().call().value()).isEqualTo(key);
        });
        assertThat(the.events().get(0))
                .isInstanceOfSatisfying(
                        Placed.class, event -> assertThat(event.stamp().nanos()).isEqualTo(placedAt));
        assertThat(the.events().get(1)).isInstanceOfSatisfying(Ringing.class, event -> {
            assertThat(event.response()).isEqualTo(new SipStatus(180, 16, "Q.850;cause=16;text=\"hm\""));
            assertThat(event.stamp().nanos() - placedAt)
                    .isEqualTo(Duration.ofMillis(300).toNanos());
        });
        assertThat(the.events().get(2))
                .isInstanceOfSatisfying(
                        HangingUp.class,
                        event -> assertThat(event.late())
                                .hasValueSatisfying(
                                        late -> assertThat(late).isLessThanOrEqualTo(Duration.ofMillis(2))));
    }

    @Test
    void the_INVITE_is_sent_again_with_the_same_bytes_until_something_comes() {
        the.place();
        Sent first = the.sentOne();
        the.passes(Duration.ofMillis(1_510));
        var again = the.sent();
        assertThat(again).extracting(Sent::text).containsExactly(first.text(), first.text());
        assertThat(the.counted(Metric.RETRANSMISSIONS)).isEqualTo(2);
        the.receives(first.answer("100 Trying", ""));
        the.passes(Duration.ofSeconds(8));
        the.sentNothing();
    }

    @Test
    void the_CANCEL_is_sent_again_until_its_own_answer_comes_and_the_wait_goes_on() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "callee"));
        the.passes(RING.plusMillis(2));
        Sent cancel = the.sentOne();
        the.passes(Duration.ofMillis(510));
        assertThat(the.sentOne().text()).isEqualTo(cancel.text());
        the.receives(cancel.answer("200 OK", "callee"));
        the.passes(Duration.ofSeconds(31));
        the.sentNothing();
        assertThat(the.story()).doesNotContain("Ended");
        the.passes(Duration.ofSeconds(1));
        assertThat(the.outcome()).isEqualTo(new Rang(SipStatus.NONE));
        the.nothingIsLeft();
    }

    @Test
    void a_CANCEL_that_is_refused_does_not_end_the_wait_for_the_INVITEs_final() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "callee"));
        the.passes(RING.plusMillis(2));
        the.receives(the.sentOne().answer("481 Call/Transaction Does Not Exist", "callee"));
        assertThat(the.story()).doesNotContain("Ended");
        the.receives(invite.answer("487 Request Terminated", "callee"));
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(the.outcome()).isInstanceOf(Rang.class);
    }

    @Test
    void hanging_up_before_a_provisional_sends_nothing_and_keeps_asking_until_one_comes() {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.hangUp(slot);
        the.sentNothing();
        the.passes(Duration.ofMillis(510));
        assertThat(the.methodsSent()).containsExactly("INVITE");
        the.receives(invite.answer("100 Trying", ""));
        assertThat(the.methodsSent()).containsExactly("CANCEL");
        the.receives(invite.answer("487 Request Terminated", "callee"));
        assertThat(the.outcome()).isInstanceOf(Abandoned.class);
        the.nothingIsLeft();
    }

    @Test
    void a_call_without_any_response_is_reported_at_the_setup_timeout_and_its_slot_stays_until_timer_B() {
        the.place();
        the.passes(SETUP.plusMillis(2));
        assertThat(the.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.cause()).isEqualTo(FailureCause.NO_RESPONSE));
        assertThat(the.methodsSent()).hasSize(5).containsOnly("INVITE");
        assertThat(the.calls.live()).isEqualTo(1);
        the.passes(Duration.ofSeconds(19));
        the.sentNothing();
        assertThat(the.calls.live()).isEqualTo(1);
        the.passes(Duration.ofSeconds(2));
        the.nothingIsLeft();
        assertThat(the.story()).containsExactly("Placed", "Ended");
    }

    @Test
    void a_provisional_after_the_setup_timeout_gets_its_CANCEL_and_nobody_hears_of_it() {
        the.place();
        Sent invite = the.sentOne();
        the.passes(Duration.ofSeconds(20));
        the.sent();
        the.receives(invite.answer("180 Ringing", "callee"));
        assertThat(the.methodsSent()).containsExactly("CANCEL");
        the.receives(invite.answer("487 Request Terminated", "callee"));
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(the.story()).containsExactly("Placed", "Ended");
        the.nothingIsLeft();
    }

    @Test
    void a_refusal_is_acknowledged_and_tells_its_cause_and_its_retry_after() {
        the.place();
        the.receives(the.sentOne().answer("480 Nope", "callee", "Reason: SIP;cause=480, Q.850 ;cause=17"));
        assertThat(the.outcome())
                .isInstanceOfSatisfying(
                        Declined.class, declined -> assertThat(declined.cause()).isEqualTo(DeclineCause.BUSY));
        the.sent();
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("503 Service Unavailable", "proxy", "Retry-After: 120 (maintenance)"));
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(the.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(FailureCause.OVERLOADED);
            assertThat(failed.retryAfter()).hasValue(Duration.ofSeconds(120));
        });
        the.nothingIsLeft();
    }

    @Test
    void an_INVITE_that_the_system_refuses_ends_the_call_at_once() {
        the.io.refuses(1);
        the.place();
        the.run(new Command.HangUpAll());
        assertThat(the.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.cause()).isEqualTo(FailureCause.UNREACHABLE));
        assertThat(the.counted(Metric.SEND_ERRORS)).isEqualTo(1);
        the.nothingIsLeft();
        the.passes(Duration.ofSeconds(40));
        the.sentNothing();
    }

    @Test
    void a_call_that_waits_for_its_turn_leaves_when_it_comes() {
        the.place(0, RING, SETUP, Duration.ofSeconds(2));
        the.sentNothing();
        the.passes(Duration.ofMillis(1_999));
        the.sentNothing();
        the.passes(Duration.ofMillis(3));
        assertThat(the.methodsSent()).containsExactly("INVITE");
    }

    @Test
    void hanging_up_all_calls_cancels_each_that_had_a_provisional() {
        the.place();
        Sent heard = the.sentOne();
        the.place();
        Sent unheard = the.sentOne();
        the.receives(heard.answer("183 Session Progress", "a"));
        the.run(new Command.HangUpAll());
        assertThat(the.sentOne().branch()).isEqualTo(heard.branch());
        the.receives(unheard.answer("100 Trying", ""));
        assertThat(the.sentOne().branch()).isEqualTo(unheard.branch());
    }

    @Test
    void aborting_all_calls_ends_them_without_a_word() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "a"));
        the.place();
        the.sent();
        var done = new boolean[1];
        the.run(new Command.AbortAll(() -> done[0] = true));
        the.sentNothing();
        assertThat(done[0]).isTrue();
        assertThat(the.story()).filteredOn("Ended"::equals).hasSize(2);
        the.nothingIsLeft();
    }

    @Test
    void a_slot_is_used_again_under_another_key() {
        var table = new AgentFixture(1, io.flashcall.engine.capture.TraceListener.NONE);
        table.place();
        Sent first = table.sentOne();
        table.receives(first.answer("486 Busy Here", "a"));
        table.sent();
        table.place();
        Sent second = table.sentOne();
        assertThat(first.header("Call-ID")).startsWith("0000000000000100");
        assertThat(second.header("Call-ID")).startsWith("0000000000000200");
        table.receives(first.answer("180 Ringing", "a"));
        assertThat(table.story()).containsExactly("Placed", "Ended", "Placed");
    }

    private static String body(Sent message) {
        return message.text().substring(message.text().indexOf("\r\n\r\n") + 4);
    }

    private static String wire(String text) {
        return text.replace("\n", "\r\n");
    }
}
