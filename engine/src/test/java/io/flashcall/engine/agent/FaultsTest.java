package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.call.FlashCall.State;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A bug of ours costs the call that it happens in, and nothing else.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {

    private final AgentFixture the = new AgentFixture();

    @Test
    void as_a_call_begins() {
        the.io.failsOn("INVITE");
        the.place();
        assertThat(the.outcome()).isInstanceOf(Abandoned.class);
        assertThat(the.story()).containsExactly("Placed", "Ended");
        oneFaultAndNothingLeft();
        the.passes(Duration.ofSeconds(40));
        the.sentNothing();
    }

    @Test
    void as_the_ring_time_is_over() {
        var other = the.place();
        Sent invite = the.sentOne();
        the.place();
        Sent failing = the.sentOne();
        the.receives(failing.answer("180 Ringing", "a"));
        the.io.failsOn("CANCEL");
        the.passes(Duration.ofSeconds(2));
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.receives(invite.answer("100 Trying", ""));
        assertThat(other.state()).isEqualTo(State.PROCEEDING);
        assertThat(the.calls.live()).isEqualTo(1);
        assertThat(the.counted(Metric.FAULTS)).isEqualTo(1);
    }

    @Test
    void the_phone_of_a_call_that_is_dropped_is_told_to_stop_ringing() {
        var slot = the.place();
        the.receives(the.sentOne().answer("180 Ringing", "a"));
        the.io.failsOnceOn("CANCEL");
        the.hangUp(slot);
        assertThat(the.methodsSent()).containsExactly("CANCEL");
        oneFaultAndNothingLeft();
    }

    @Test
    void so_is_the_phone_of_a_call_that_is_dropped_as_it_begins_to_ring() {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.hangUp(slot);
        the.io.failsOnceOn("CANCEL");
        the.receives(invite.answer("180 Ringing", "a"));
        assertThat(the.methodsSent()).containsExactly("CANCEL");
        oneFaultAndNothingLeft();
    }

    @Test
    void as_a_response_is_handled() {
        the.place();
        Sent invite = the.sentOne();
        the.io.failsOn("ACK");
        the.receives(invite.answer("486 Busy Here", "a"));
        oneFaultAndNothingLeft();
    }

    @Test
    void as_calls_are_hung_up_the_others_still_are() {
        for (int i = 0; i < 3; i++) {
            the.place();
            the.receives(the.sentOne().answer("180 Ringing", "a"));
        }
        the.io.failsOn("CANCEL sip:+442079460123@203.0.113.5:5060;user=phone SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK0000000100000100");
        the.run(new Command.HangUpAll());
        assertThat(the.methodsSent()).containsExactly("CANCEL", "CANCEL");
        assertThat(the.calls.live()).isEqualTo(2);
        assertThat(the.counted(Metric.FAULTS)).isEqualTo(1);
    }

    @Test
    void as_one_call_is_hung_up() {
        var slot = the.place();
        the.receives(the.sentOne().answer("180 Ringing", "a"));
        the.io.failsOn("CANCEL");
        the.hangUp(slot);
        oneFaultAndNothingLeft();
    }

    @Test
    void as_a_BYE_is_sent_again_the_calls_go_on() {
        the.place();
        the.receives(the.sentOne().answer("200 OK", "a"));
        the.sent();
        the.place();
        the.sent();
        the.io.failsOn("BYE");
        the.passes(Duration.ofMillis(510));
        assertThat(the.methodsSent()).as("the other call's timers").containsExactly("INVITE");
        assertThat(the.counted(Metric.FAULTS)).isEqualTo(1);
        the.passes(Duration.ofSeconds(33));
        the.nothingIsLeft();
    }

    @Test
    void as_an_ended_call_is_acknowledged_again_or_a_request_is_answered_the_calls_go_on() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("486 Busy Here", "a"));
        the.sent();
        var other = the.place();
        the.sent();
        the.io.failsOn("ACK");
        the.receives(invite.answer("486 Busy Here", "a"));
        the.io.failsOn("SIP/2.0");
        the.receives(PeerRequestsTest.request("OPTIONS", "z9hG4bKa", 1));
        assertThat(the.counted(Metric.FAULTS)).isEqualTo(2);
        assertThat(other.state()).isEqualTo(State.CALLING);
        the.passes(Duration.ofMillis(510));
        assertThat(the.methodsSent()).containsExactly("INVITE");
    }

    /// Who listens is not us, and what it does must not leave a phone ringing.
    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "CANCEL", "ACK", "SIP/2.0 180", "SIP/2.0 487"})
    void a_trace_listener_that_fails_costs_not_even_its_call(String on) {
        var traced = new AgentFixture(4, message -> {
            if (new String(message.bytes(), 0, message.length(), java.nio.charset.StandardCharsets.UTF_8)
                    .startsWith(on)) {
                throw new IllegalStateException("a listener that fails");
            }
        });
        traced.place();
        Sent invite = traced.sentOne();
        traced.receives(invite.answer("180 Ringing", "a"));
        traced.passes(Duration.ofSeconds(2));
        assertThat(traced.methodsSent()).startsWith("CANCEL");
        traced.receives(invite.answer("487 Request Terminated", "a"));
        assertThat(traced.methodsSent()).containsExactly("ACK");
        assertThat(traced.outcome()).isInstanceOf(Rang.class);
        assertThat(traced.counted(Metric.FAULTS)).isPositive();
        traced.nothingIsLeft();
    }

    private void oneFaultAndNothingLeft() {
        assertThat(the.counted(Metric.FAULTS)).isEqualTo(1);
        the.nothingIsLeft();
    }
}
