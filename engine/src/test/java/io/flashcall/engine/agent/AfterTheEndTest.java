package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What still comes for a call that is over, and whose slot may have another (timers D and M, 32 s).
@DisplayNameGeneration(ReplaceUnderscores.class)
class AfterTheEndTest {

    private final AgentFixture the = new AgentFixture();

    @Test
    void a_repeated_487_is_acknowledged_again_with_the_same_bytes() {
        Sent invite = endsWith487();
        Sent first = the.sentOne();
        for (int i = 0; i < 3; i++) {
            the.passes(Duration.ofSeconds(10));
            the.receives(invite.answer("487 Request Terminated", "callee"));
            Sent again = the.sentOne();
            assertThat(again.text()).isEqualTo(first.text());
            assertThat(again.to().same(first.to())).isTrue();
        }
        assertThat(the.counted(Metric.FINALS_REPEATED)).isEqualTo(3);
        assertThat(the.counted(Metric.RESPONSES_LATE)).isEqualTo(3);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isZero();
    }

    @Test
    void it_is_even_when_the_slot_has_another_call() {
        var small = new AgentFixture(1, io.flashcall.engine.capture.TraceListener.NONE);
        small.place();
        Sent invite = small.sentOne();
        small.receives(invite.answer("486 Busy Here", "callee"));
        Sent first = small.sentOne();
        small.place();
        small.sent();
        small.receives(invite.answer("486 Busy Here", "callee"));
        assertThat(small.sentOne().text()).isEqualTo(first.text());
    }

    @Test
    void however_many_calls_its_slot_has_had_since() {
        var small = new AgentFixture(1, io.flashcall.engine.capture.TraceListener.NONE);
        small.place();
        Sent invite = small.sentOne();
        small.receives(invite.answer("486 Busy Here", "callee"));
        Sent first = small.sentOne();
        for (int i = 0; i < 500; i++) {
            small.place();
            small.receives(small.sentOne().answer("486 Busy Here", "callee"));
            small.sent();
            small.passes(Duration.ofMillis(10));
        }
        small.receives(invite.answer("486 Busy Here", "callee"));
        assertThat(small.sentOne().text()).isEqualTo(first.text());
        assertThat(small.counted(Metric.ENDED_EVICTED)).isZero();
    }

    @Test
    void after_the_linger_nothing_is_known_of_it() {
        Sent invite = endsWith487();
        the.sent();
        the.passes(Duration.ofSeconds(32));
        the.receives(invite.answer("487 Request Terminated", "callee"));
        the.receives(invite.answer("200 OK", "fork"));
        the.sentNothing();
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(2);
    }

    @Test
    void a_late_2xx_of_another_fork_is_acknowledged_and_hung_up() {
        Sent invite = endsWith487();
        the.sent();
        the.passes(Duration.ofSeconds(5));
        the.receives(invite.answer("200 OK", "fork", "Contact: <sip:fork@203.0.113.5>"));
        var sent = the.sent();
        assertThat(sent).extracting(Sent::method).containsExactly("ACK", "BYE");
        assertThat(sent).allSatisfy(message -> {
            assertThat(message.header("To")).endsWith(";tag=fork");
            assertThat(message.branch()).isNotEqualTo(invite.branch());
        });
        the.receives(invite.answer("200 OK", "fork", "Contact: <sip:fork@203.0.113.5>"));
        assertThat(the.sentOne().text())
                .as("a retransmitted 2xx only gets its ACK again")
                .isEqualTo(sent.get(0).text());
        the.receives(sent.get(1).answer("200 OK", "fork"));
        the.passes(Duration.ofSeconds(10));
        the.sentNothing();
        assertThat(the.story()).containsExactly("Placed", "Ringing", "HangingUp", "Ended");
    }

    @Test
    void a_2xx_that_comes_again_after_its_BYE_was_answered_only_gets_its_ACK() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("200 OK", "callee"));
        var released = the.sent();
        the.receives(released.get(1).answer("200 OK", "callee"));
        the.nothingIsLeft();
        for (int i = 0; i < 5; i++) {
            the.passes(Duration.ofSeconds(6));
            the.receives(invite.answer("200 OK", "callee"));
            assertThat(the.sentOne().text()).isEqualTo(released.get(0).text());
        }
        assertThat(the.counted(Metric.ANSWERS_RELEASED)).isEqualTo(1);
        assertThat(the.counted(Metric.FINALS_REPEATED)).isEqualTo(5);
    }

    @Test
    void late_provisionals_and_answers_to_our_CANCEL_are_expected_and_have_no_effect() {
        Sent invite = endsWith487();
        the.sent();
        the.receives(invite.answer("180 Ringing", "callee"));
        the.receives(invite.answer("200 OK", "callee").replace("1 INVITE", "1 CANCEL"));
        the.sentNothing();
        assertThat(the.counted(Metric.RESPONSES_LATE)).isEqualTo(2);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isZero();
    }

    @Test
    void a_487_that_comes_after_we_gave_up_waiting_is_acknowledged() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "callee"));
        the.passes(Duration.ofSeconds(34));
        the.nothingIsLeft();
        the.sent();
        the.receives(invite.answer("487 Request Terminated", "callee"));
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void a_call_that_never_left_is_not_remembered() {
        var slot = the.place(0, AgentFixture.RING, AgentFixture.SETUP, Duration.ofSeconds(1));
        the.hangUp(slot);
        assertThat(the.context.ended.size()).isZero();
        the.nothingIsLeft();
    }

    /// Leaves the first ACK unread.
    private Sent endsWith487() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "callee"));
        the.passes(Duration.ofSeconds(2));
        the.sent();
        the.receives(invite.answer("487 Request Terminated", "callee"));
        the.nothingIsLeft();
        return invite;
    }
}
