package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.CARRIER_OTHER_HOST;
import static io.flashcall.engine.agent.AgentFixture.CARRIER_OTHER_PORT;
import static io.flashcall.engine.agent.AgentFixture.OTHER_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.call.FlashCall.State;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose datagrams count, and which of them belong to a call.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WhoIsListenedToTest {

    private final AgentFixture the = new AgentFixture();

    @ParameterizedTest
    @ValueSource(strings = {"response", "request", "garbage", "empty"})
    void a_stranger_is_counted_and_never_answered(String what) {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.receives(
                switch (what) {
                    case "response" -> invite.answer("180 Ringing", "callee");
                    case "request" -> PeerRequestsTest.request("OPTIONS", "z9hG4bKx", 1);
                    case "garbage" -> "INVITE \r\n\r\n";
                    default -> "";
                },
                STRANGER);
        the.sentNothing();
        assertThat(the.counted(Metric.STRANGERS_DROPPED)).isEqualTo(1);
        assertThat(slot.state()).isEqualTo(State.CALLING);
    }

    @Test
    void the_trunk_may_answer_from_any_port_and_any_of_its_addresses() {
        for (Endpoint source : new Endpoint[] {CARRIER, CARRIER_OTHER_PORT, CARRIER_OTHER_HOST}) {
            var slot = the.place();
            the.receives(the.sentOne().answer("180 Ringing", "callee"), source);
            assertThat(slot.state()).isEqualTo(State.RINGING);
        }
        assertThat(the.counted(Metric.RESPONSES_MATCHED)).isEqualTo(3);
    }

    @Test
    void one_trunk_cannot_speak_for_the_call_of_another() {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "callee"), OTHER_TRUNK);
        changedNothing(slot);
        the.receives(invite.answer("486 Busy Here", "callee"));
        the.sent();
        the.receives(invite.answer("486 Busy Here", "callee"), OTHER_TRUNK);
        the.sentNothing();
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(2);
    }

    @Test
    void one_trunk_cannot_answer_the_BYE_sent_to_another() {
        var slot = the.place();
        the.receives(the.sentOne().answer("200 OK", "callee"));
        Sent bye = the.sent().get(1);
        the.receives(bye.answer("200 OK", "callee"), OTHER_TRUNK);
        assertThat(slot.state()).isEqualTo(State.RELEASING);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(1);
        the.receives(bye.answer("200 OK", "callee"));
        assertThat(slot.state()).isEqualTo(State.ENDED);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery(
                        "another branch nonce",
                        s -> s.replace("branch=z9hG4bK00000000000001001111", "branch=z9hG4bK00000000000001001112")),
                forgery(
                        "another slot",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK0000000100000100")),
                forgery(
                        "a slot beyond the table",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK00ffffff00000100")),
                forgery(
                        "another generation",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK0000000000000200")),
                forgery(
                        "no generation, as of a vacant slot",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK0000000000000000")),
                forgery(
                        "another agent",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK0100000000000100")),
                forgery(
                        "the leg of an ACK",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK00000000000001a0")),
                forgery(
                        "the leg of a BYE",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK00000000000001b0")),
                forgery(
                        "a leg there is not",
                        s -> s.replace("branch=z9hG4bK0000000000000100", "branch=z9hG4bK0000000000000101")),
                forgery("a branch that is not ours", s -> s.replace("branch=z9hG4bK0000", "branch=z9hG4bKx000")),
                forgery("a branch that is too long", s -> s.replace("branch=z9hG4bK0000", "branch=z9hG4bK00000")),
                forgery("no branch", s -> s.replaceAll(";branch=[^;]*", "")),
                forgery(
                        "another From tag nonce",
                        s -> s.replace("tag=00000000000001005555", "tag=00000000000001005556")),
                forgery("another From tag key", s -> s.replace("tag=0000000000000100", "tag=0000000000000200")),
                forgery("a From tag that is not ours", s -> s.replace("tag=0000000000000100", "tag=x000000000000100")),
                forgery("no From tag", s -> s.replaceAll(";tag=0[0-9a-f]*", "")),
                forgery("another CSeq", s -> s.replace("CSeq: 1 ", "CSeq: 2 ")));
    }

    private static Arguments forgery(String what, UnaryOperator<String> forge) {
        return Arguments.of(what, forge);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void a_response_that_does_not_echo_what_we_sent_is_counted_and_changes_nothing(
            String what, UnaryOperator<String> forge) {
        var slot = the.place();
        Sent invite = the.sentOne();
        for (String status : new String[] {"180 Ringing", "200 OK", "486 Busy Here"}) {
            String honest = invite.answer(status, "callee", "Contact: <sip:callee@203.0.113.5>");
            String forged = forge.apply(honest);
            assertThat(forged).isNotEqualTo(honest);
            the.receives(forged);
            changedNothing(slot);
        }
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(3);
        the.receives(invite.answer("486 Busy Here", "callee"));
        assertThat(the.methodsSent()).as("the honest one").containsExactly("ACK");
        the.receives(forge.apply(invite.answer("486 Busy Here", "callee")));
        the.receives(forge.apply(invite.answer("200 OK", "callee")));
        the.sentNothing();
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(5);
        the.nothingIsLeft();
    }

    @Test
    void a_branch_in_capitals_is_still_ours() {
        var slot = the.place();
        String answer = the.sentOne().answer("180 Ringing", "callee");
        the.receives(answer.replace("branch=z9hG4bK", "branch=Z9HG4BK"));
        assertThat(slot.state()).isEqualTo(State.RINGING);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                forgery(
                        "two Vias",
                        s -> s.replace("\r\nFrom:", "\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom:")),
                forgery(
                        "two Vias in one line",
                        s -> s.replace("\r\nFrom:", ", SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom:")),
                forgery("no end of headers", s -> s.substring(0, s.length() - 2)),
                forgery("no CSeq", s -> s.replaceAll("CSeq: [^\r]*\r\n", "")),
                forgery("two From", s -> s.replace("\r\nTo:", "\r\nFrom: <sip:x@y>;tag=1\r\nTo:")),
                forgery("a bad status", s -> s.replace("SIP/2.0 180", "SIP/2.0 99")),
                forgery("another version", s -> s.replace("SIP/2.0 180", "SIP/3.0 180")),
                forgery("a body that is cut off", s -> s.replace("Content-Length: 0", "Content-Length: 5")),
                forgery("another length", s -> s.replace("Content-Length: 0", "Content-Length: nil")),
                forgery("a NUL in the start line", s -> s.replace("180 Ringing", "180\0Ringing")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void a_malformed_response_is_counted_and_changes_nothing(String what, UnaryOperator<String> spoil) {
        var slot = the.place();
        String honest = the.sentOne().answer("180 Ringing", "callee");
        String spoilt = spoil.apply(honest);
        assertThat(spoilt).isNotEqualTo(honest);
        the.receives(spoilt);
        changedNothing(slot);
        assertThat(the.counted(Metric.MALFORMED_DROPPED)).isEqualTo(1);
        the.receives(honest);
        assertThat(slot.state()).isEqualTo(State.RINGING);
    }

    @Test
    void every_prefix_of_a_response_changes_nothing() {
        var slot = the.place();
        byte[] whole = the.sentOne()
                .answer("180 Ringing", "callee", "Reason: Q.850;cause=17")
                .getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length < whole.length; length++) {
            the.receives(whole, length, CARRIER);
            changedNothing(slot);
        }
        the.receives(whole, whole.length, CARRIER);
        assertThat(slot.state()).isEqualTo(State.RINGING);
    }

    @Test
    void a_response_to_a_request_that_we_did_not_send_in_the_call_has_no_effect() {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("200 OK", "callee").replace("1 INVITE", "1 OPTIONS"));
        the.receives(invite.answer("200 OK", "callee").replace("1 INVITE", "1 CANCEL"));
        changedNothing(slot);
    }

    private void changedNothing(CallSlot slot) {
        assertThat(slot.state()).isEqualTo(State.CALLING);
        the.sentNothing();
        assertThat(the.story()).containsExactly("Placed");
    }
}
