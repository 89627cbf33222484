package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.CARRIER_OTHER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a trunk may ask of us (RFC 3261 §8.2, §17.2).
@DisplayNameGeneration(ReplaceUnderscores.class)
class PeerRequestsTest {

    private static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO";

    private final AgentFixture the = new AgentFixture();

    static String request(String method, String branch, int cseq, String... more) {
        return String.join(
                "\r\n",
                method + " sip:+12025550123@192.0.2.10:5060 SIP/2.0",
                "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=" + branch + ";rport",
                "Max-Forwards: 70",
                "From: <sip:monitor@203.0.113.5>;tag=their-tag",
                more.length > 0 ? "To: " + more[0] : "To: <sip:+12025550123@192.0.2.10>",
                "Call-ID: their-call@203.0.113.5",
                "CSeq: " + cseq + " " + method,
                "Content-Length: 0",
                "\r\n");
    }

    @ParameterizedTest(name = "{0} gets {1}, with Allow: {2}")
    @CsvSource({
        "OPTIONS,   200, true",
        "INVITE,    403, false",
        "BYE,       481, false",
        "CANCEL,    481, false",
        "UPDATE,    481, false",
        "PRACK,     481, false",
        "INFO,      481, false",
        "NOTIFY,    481, false",
        "SUBSCRIBE, 405, true",
        "REFER,     405, true",
        "MESSAGE,   405, true",
        "REGISTER,  405, true",
        "PUBLISH,   405, true",
        "FROBNICATE, 501, true",
        "options,   501, true"
    })
    void each_method_has_its_answer(String method, String status, boolean allow) {
        the.receives(request(method, "z9hG4bKa", 7));
        Sent answer = the.sentOne();
        assertThat(answer.method()).isEqualTo(status);
        assertThat(answer.to().same(CARRIER)).isTrue();
        assertThat(answer.header("CSeq")).isEqualTo("7 " + method);
        assertThat(answer.header("Call-ID")).isEqualTo("their-call@203.0.113.5");
        assertThat(answer.header("From")).isEqualTo("<sip:monitor@203.0.113.5>;tag=their-tag");
        assertThat(answer.header("To")).matches("<sip:\\+12025550123@192.0.2.10>;tag=[0-9a-f]{16}");
        assertThat(answer.header("Via"))
                .isEqualTo("SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKa;received=203.0.113.5;rport=5060");
        assertThat(answer.all("Allow")).isEqualTo(allow ? List.of(ALLOW) : List.of());
        assertThat(the.counted(Metric.REQUESTS_RECEIVED)).isEqualTo(1);
    }

    @Test
    void an_ACK_that_matches_nothing_is_never_answered() {
        the.receives(request("ACK", "z9hG4bKa", 7));
        the.receives(request("ACK", "z9hG4bKa", 7).replace("CSeq: 7 ACK", "CSeq: 8 INVITE"));
        the.receives(request("ACK", "z9hG4bKa", 7).replace("Max-Forwards: 70", "Max-Forwards: many"));
        the.sentNothing();
    }

    @Test
    void an_answer_goes_to_the_port_that_the_request_came_from_if_it_asks_for_that() {
        the.receives(request("OPTIONS", "z9hG4bKa", 1), CARRIER_OTHER_PORT);
        assertThat(the.sentOne().to().same(CARRIER_OTHER_PORT)).isTrue();
        the.receives(request("OPTIONS", "z9hG4bKb", 1).replace(";rport", ""), CARRIER_OTHER_PORT);
        assertThat(the.sentOne().to().same(CARRIER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "BYE", "CANCEL", "UPDATE", "FROBNICATE", "INVITE"})
    void a_repeated_request_gets_the_same_bytes_again(String method) {
        the.receives(request(method, "z9hG4bKa", 1));
        Sent first = the.sentOne();
        the.receives(request(method, "z9hG4bKa", 1));
        Sent again = the.sentOne();
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.to().same(first.to())).isTrue();
        the.receives(request(method, "z9hG4bKb", 1));
        assertThat(the.sentOne().text()).isNotEqualTo(first.text());
        assertThat(the.counted(Metric.RETRANSMISSIONS))
                .as("of requests of ours")
                .isZero();
    }

    @Test
    void the_403_of_an_INVITE_is_sent_until_its_ACK_comes() {
        the.receives(request("INVITE", "z9hG4bKa", 1));
        Sent first = the.sentOne();
        the.passes(Duration.ofMillis(1_502));
        assertThat(the.sent())
                .hasSize(2)
                .allSatisfy(again -> assertThat(again.text()).isEqualTo(first.text()));
        the.receives(request("ACK", "z9hG4bKa", 1, first.header("To")));
        the.passes(Duration.ofSeconds(60));
        the.sentNothing();
    }

    @Test
    void without_an_ACK_it_is_sent_by_timer_G_until_timer_H() {
        the.receives(request("INVITE", "z9hG4bKa", 1));
        the.sent();
        long start = the.now();
        var instants = new ArrayList<Long>();
        while (the.now() - start < Duration.ofSeconds(40).toNanos()) {
            the.passes(Duration.ofMillis(50));
            the.sent()
                    .forEach(_ ->
                            instants.add(Duration.ofNanos(the.now() - start).toMillis() / 100 * 100));
        }
        assertThat(instants).containsExactly(500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L);
        assertThat(the.counted(Metric.RETRANSMISSIONS))
                .as("of requests of ours")
                .isZero();
    }

    @Test
    void a_CANCEL_of_the_INVITE_that_we_refused_is_answered_200_and_changes_nothing() {
        the.receives(request("INVITE", "z9hG4bKa", 1));
        the.sent();
        the.receives(request("CANCEL", "z9hG4bKa", 1));
        assertThat(the.sentOne().method()).isEqualTo("200");
        the.receives(request("CANCEL", "z9hG4bKother", 1));
        assertThat(the.sentOne().method()).isEqualTo("481");
    }

    @Test
    void after_its_timer_an_INVITE_is_forgotten() {
        the.receives(request("INVITE", "z9hG4bKa", 1));
        the.passes(Duration.ofSeconds(33));
        the.sent();
        the.receives(request("CANCEL", "z9hG4bKa", 1));
        assertThat(the.sentOne().method()).isEqualTo("481");
    }

    @Test
    void a_BYE_for_a_live_call_of_ours_gets_200() {
        var slot = the.place();
        Sent invite = the.sentOne();
        String ours = invite.header("From");
        the.receives(request("BYE", "z9hG4bKa", 1, ours));
        assertThat(the.sentOne().method()).isEqualTo("200");
        assertThat(slot.liveKey()).isNotEqualTo(CallSlot.VACANT);
        the.receives(request("BYE", "z9hG4bKb", 1, ours.replace("5555", "5556")));
        assertThat(the.sentOne().method()).as("a guessed tag").isEqualTo("481");
        the.receives(invite.answer("486 Busy Here", "callee"));
        the.sent();
        the.receives(request("BYE", "z9hG4bKc", 1, ours));
        assertThat(the.sentOne().method()).as("of a call that is over").isEqualTo("481");
    }

    @Test
    void a_To_that_has_a_tag_keeps_it() {
        the.receives(request("BYE", "z9hG4bKa", 1, "<sip:x@192.0.2.10>;tag=known"));
        assertThat(the.sentOne().header("To")).isEqualTo("<sip:x@192.0.2.10>;tag=known");
    }

    @Test
    void all_Vias_come_back_in_their_order() {
        the.receives(
                request("OPTIONS", "z9hG4bKa", 1)
                        .replace(
                                "\r\nMax-Forwards",
                                "\r\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb, SIP/2.0/TCP h3\r\nv: SIP/2.0/UDP 10.0.0.4\r\nMax-Forwards"));
        assertThat(the.sentOne().all("Via"))
                .containsExactly(
                        "SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKa;received=203.0.113.5;rport=5060",
                        "SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb, SIP/2.0/TCP h3",
                        "SIP/2.0/UDP 10.0.0.4");
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    Max-Forwards: 70   | Max-Forwards: many   | 400
                    CSeq: 1 OPTIONS    | CSeq: 1 INVITE       | 400
                    Content-Length: 0  | Content-Length: 9    | 400
                    Max-Forwards: 70   | no colon at all      | 400
                    SIP/2.0~Via        | SIP/3.0~Via          | 505
                    Call-ID: their     | Subject: their       | none
                    Via: SIP           | X-Via: SIP           | none
                    CSeq: 1 OPTIONS    | CSeq: x OPTIONS      | none
                    """)
    void a_malformed_request_is_answered_where_it_can_be(String good, String bad, String status) {
        String spoilt = request("OPTIONS", "z9hG4bKa", 1).replace(wire(good), wire(bad));
        assertThat(spoilt).isNotEqualTo(request("OPTIONS", "z9hG4bKa", 1));
        the.receives(spoilt);
        assertThat(the.methodsSent()).isEqualTo(status.equals("none") ? List.of() : List.of(status));
        assertThat(the.counted(Metric.MALFORMED_DROPPED)).isEqualTo(1);
        assertThat(the.counted(Metric.REQUESTS_RECEIVED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n", "\0", "\0\0\0\0"})
    void a_keep_alive_is_counted_and_not_answered(String nothing) {
        the.receives(nothing);
        the.sentNothing();
        assertThat(the.counted(Metric.KEEP_ALIVES)).isEqualTo(1);
        assertThat(the.counted(Metric.MALFORMED_DROPPED)).isZero();
    }

    @Test
    void when_the_table_is_full_requests_are_answered_all_the_same() {
        for (int i = 0; i < ServerTransactions.MOST + 20; i++) {
            the.receives(request("INVITE", "z9hG4bK" + i, 1));
            assertThat(the.sentOne().method()).isEqualTo("403");
        }
        String beyond = request("INVITE", "z9hG4bK" + (ServerTransactions.MOST + 5), 1);
        the.receives(beyond);
        assertThat(the.sentOne().method()).isEqualTo("403");
        the.passes(Duration.ofSeconds(33));
        the.sent();
        the.receives(beyond);
        Sent first = the.sentOne();
        the.passes(Duration.ofMillis(502));
        assertThat(the.sentOne().text()).as("there is room again").isEqualTo(first.text());
    }

    private static String wire(String text) {
        return text.replace("~", "\r\n");
    }
}
