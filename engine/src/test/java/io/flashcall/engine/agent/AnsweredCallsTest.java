package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.CARRIER_OTHER_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.call.FlashCall.State;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Nothing may stay answered: each 2xx gets its ACK, each fork its BYE.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnsweredCallsTest {

    private static final String CONTACT = "Contact: <sip:callee@203.0.113.77:5062>";

    private final AgentFixture the = new AgentFixture();

    @Test
    void an_answer_is_acknowledged_and_hung_up_byte_by_byte() {
        var slot = the.place();
        the.receives(the.sentOne().answer("200 OK", "callee", CONTACT));
        var sent = the.sent();
        assertThat(sent).hasSize(2);
        assertThat(sent)
                .allSatisfy(message -> assertThat(message.to().same(CARRIER_OTHER_HOST))
                        .as("the Contact is one of the trunk's sources")
                        .isTrue());
        assertThat(sent.get(0).text()).isEqualTo(inDialog("ACK", 1, sent.get(0).branch()));
        assertThat(sent.get(1).text()).isEqualTo(inDialog("BYE", 2, sent.get(1).branch()));
        assertThat(slot.state()).isEqualTo(State.RELEASING);
        the.receives(sent.get(1).answer("200 OK", "callee"));
        assertThat(the.outcome()).isEqualTo(new Answered(false, new SipStatus(200, -1, "")));
        assertThat(the.story()).containsExactly("Placed", "HangingUp", "Ended");
        the.nothingIsLeft();
    }

    @Test
    void an_answer_that_crosses_our_CANCEL_is_released_and_the_CANCEL_not_repeated() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "callee"));
        the.passes(Duration.ofMillis(1_502));
        assertThat(the.methodsSent()).containsExactly("CANCEL");
        the.receives(invite.answer("200 OK", "callee", CONTACT));
        var sent = the.sent();
        assertThat(sent).extracting(Sent::method).containsExactly("ACK", "BYE");
        the.passes(Duration.ofMillis(400));
        the.sentNothing();
        the.receives(sent.get(1).answer("200 OK", "callee"));
        assertThat(the.outcome()).isEqualTo(new Answered(true, new SipStatus(200, -1, "")));
        the.nothingIsLeft();
    }

    @Test
    void two_forks_that_answer_get_an_ACK_and_a_BYE_each_with_branches_of_their_own() {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("200 OK", "one", CONTACT));
        the.receives(invite.answer("200 OK", "two", "Contact: <sip:two@203.0.113.5>"));
        var sent = the.sent();
        assertThat(sent).extracting(Sent::method).containsExactly("ACK", "BYE", "ACK", "BYE");
        assertThat(sent)
                .extracting(message -> message.header("To").replaceAll(".*;tag=", ""))
                .containsExactly("one", "one", "two", "two");
        var branches = new HashSet<String>(List.of(invite.branch()));
        assertThat(sent)
                .allSatisfy(message -> assertThat(branches.add(message.branch()))
                        .as("unique across all requests (RFC 3261 §8.1.1.7): %s", message.branch())
                        .isTrue());
        the.receives(sent.get(1).answer("200 OK", ""));
        assertThat(slot.state()).as("the second BYE is not answered").isEqualTo(State.RELEASING);
        the.receives(sent.get(3).answer("200 OK", ""));
        assertThat(slot.state()).isEqualTo(State.ENDED);
        assertThat(the.counted(Metric.ANSWERS_RELEASED)).isEqualTo(2);
        the.nothingIsLeft();
    }

    @Test
    void a_fork_that_answers_after_the_call_has_ended_does_not_disturb_the_slots_next_call() {
        var small = new AgentFixture(1, io.flashcall.engine.capture.TraceListener.NONE);
        small.place();
        Sent invite = small.sentOne();
        small.receives(invite.answer("200 OK", "one"));
        small.receives(small.sent().get(1).answer("200 OK", ""));
        var next = small.place();
        small.sent();
        small.receives(invite.answer("200 OK", "two"));
        Sent bye = small.sent().get(1);
        assertThat(bye.header("To")).endsWith("tag=two");
        small.receives(bye.answer("200 OK", ""));
        assertThat(next.state()).isEqualTo(State.CALLING);
        small.passes(Duration.ofSeconds(4));
        assertThat(small.methodsSent()).containsOnly("INVITE");
    }

    @Test
    void a_repeated_2xx_gets_the_same_ACK_and_no_second_BYE() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("200 OK", "callee", CONTACT));
        Sent ack = the.sent().get(0);
        the.receives(invite.answer("200 OK", "callee", CONTACT));
        Sent again = the.sentOne();
        assertThat(again.text()).isEqualTo(ack.text());
        assertThat(again.to().same(ack.to())).isTrue();
    }

    @Test
    void the_BYE_is_sent_by_T1_and_T2_until_timer_F() {
        the.place();
        the.receives(the.sentOne().answer("200 OK", "callee", CONTACT));
        Sent bye = the.sent().get(1);
        long start = the.now();
        var instants = new ArrayList<Long>();
        while (the.now() - start < Duration.ofSeconds(40).toNanos()) {
            the.passes(Duration.ofMillis(50));
            for (Sent again : the.sent()) {
                assertThat(again.text()).isEqualTo(bye.text());
                assertThat(again.to().same(CARRIER_OTHER_HOST)).isTrue();
                instants.add(Duration.ofNanos(the.now() - start).toMillis() / 100 * 100);
            }
        }
        assertThat(instants).containsExactly(500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L);
        assertThat(the.counted(Metric.BYES_UNANSWERED)).isEqualTo(1);
        assertThat(the.outcome()).isInstanceOf(Answered.class);
        the.nothingIsLeft();
    }

    @Test
    void an_answer_with_more_routes_than_any_request_can_pass_is_hung_up_all_the_same() {
        the.place();
        String routes = "Record-Route: <sip:203.0.113.5;lr>" + ", <sip:203.0.113.5;lr>".repeat(64);
        the.receives(the.sentOne().answer("200 OK", "callee", "Contact: <sip:callee@203.0.113.5>", routes));
        assertThat(the.methodsSent()).containsExactly("ACK", "BYE");
    }

    @Test
    void a_Contact_of_the_other_IP_version_is_reached_by_way_of_the_trunk() {
        the.place();
        the.receives(the.sentOne().answer("200 OK", "callee", "Contact: <sip:callee@[2001:db8::5]:5060>"));
        assertThat(the.sent())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.to().same(CARRIER)).isTrue());
    }

    @Test
    void any_final_to_the_BYE_ends_it() {
        the.place();
        the.receives(the.sentOne().answer("200 OK", "callee"));
        Sent bye = the.sent().get(1);
        the.receives(bye.answer("100 Trying", ""));
        assertThat(the.calls.live()).isEqualTo(1);
        the.receives(bye.answer("481 Call/Transaction Does Not Exist", ""));
        the.nothingIsLeft();
        the.receives(bye.answer("481 Call/Transaction Does Not Exist", ""));
        assertThat(the.counted(Metric.RESPONSES_LATE)).as("a repeated answer").isEqualTo(1);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isZero();
    }

    @Test
    void what_is_no_answer_to_the_BYE_does_not_end_it() {
        the.place();
        the.receives(the.sentOne().answer("200 OK", "callee"));
        Sent bye = the.sent().get(1);
        String answer = bye.answer("200 OK", "");
        the.receives(answer.replace("2 BYE", "2 INVITE"));
        the.receives(answer.replace("2 BYE", "3 BYE"));
        the.receives(answer.replace("tag=00000000000001005555", "tag=00000000000001005556"));
        the.receives(answer.replace("1111222233334444;rport", "1111222233334445;rport"));
        assertThat(the.calls.live()).isEqualTo(1);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(4);
    }

    @Test
    void a_Contact_outside_the_trunks_sources_is_named_in_the_Request_URI_and_sent_to_by_way_of_the_trunk() {
        the.place();
        the.receives(the.sentOne().answer("200 OK", "callee", "Contact: <sip:callee@10.9.8.7:5099;transport=udp>"));
        assertThat(the.sent()).hasSize(2).allSatisfy(message -> {
            assertThat(message.startLine()).contains(" sip:callee@10.9.8.7:5099;transport=udp SIP/2.0");
            assertThat(message.to().same(CARRIER)).isTrue();
        });
    }

    @Test
    void without_a_Contact_the_INVITEs_own_Request_URI_and_destination_serve() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("200 OK", "callee"));
        assertThat(the.sent()).hasSize(2).allSatisfy(message -> {
            assertThat(message.startLine().replaceAll("^[A-Z]+ ", ""))
                    .isEqualTo(invite.startLine().replaceAll("^[A-Z]+ ", ""));
            assertThat(message.to().same(CARRIER)).isTrue();
        });
    }

    @Test
    void record_route_is_followed_in_reverse() {
        the.place();
        the.receives(the.sentOne()
                .answer(
                        "200 OK",
                        "callee",
                        "Record-Route: <sip:far@203.0.113.9;lr>, <sip:middle@203.0.113.8;lr>",
                        "Record-Route: <sip:near@203.0.113.77:5062;lr>",
                        "Contact: <sip:callee@10.0.0.1>"));
        assertThat(the.sent()).hasSize(2).allSatisfy(message -> {
            assertThat(message.startLine()).contains(" sip:callee@10.0.0.1 SIP/2.0");
            assertThat(message.all("Route"))
                    .containsExactly(
                            "<sip:near@203.0.113.77:5062;lr>",
                            "<sip:middle@203.0.113.8;lr>",
                            "<sip:far@203.0.113.9;lr>");
            assertThat(message.to().same(CARRIER_OTHER_HOST)).isTrue();
        });
    }

    @Test
    void more_answers_at_once_than_can_be_released_with_repetition_get_one_BYE_each() {
        var small = new AgentFixture(1, io.flashcall.engine.capture.TraceListener.NONE);
        small.place();
        Sent invite = small.sentOne();
        int rooms = 1 + 1024;
        var branches = new HashSet<String>();
        for (int i = 0; i < rooms + 3; i++) {
            small.receives(invite.answer("200 OK", "fork" + i));
            var sent = small.sent();
            assertThat(sent).extracting(Sent::method).containsExactly("ACK", "BYE");
            assertThat(branches.add(sent.get(1).branch()))
                    .as("a proxy takes a BYE with a known branch for a repetition")
                    .isTrue();
        }
        assertThat(small.counted(Metric.RELEASES_OVERFLOWED)).isEqualTo(3);
        assertThat(small.counted(Metric.ANSWERS_RELEASED)).isEqualTo(rooms + 3);
        small.passes(Duration.ofSeconds(33));
        small.nothingIsLeft();
    }

    private static String inDialog(String method, int cseq, String branch) {
        return """
                %s sip:callee@203.0.113.77:5062 SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.10:5060;branch=%s;rport
                Max-Forwards: 70
                From: <sip:+12025550123@192.0.2.10;user=phone>;tag=00000000000001005555666677778888
                To: <sip:+442079460123@203.0.113.5:5060;user=phone>;tag=callee
                Call-ID: 0000000000000100-1111222233334444
                CSeq: %d %s
                Content-Length: 0

                """.formatted(method, branch, cseq, method).replace("\n", "\r\n");
    }
}
