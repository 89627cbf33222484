package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SECOND_HOST;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.TargetHealth.State;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// ICMP errors that quote what a user agent has sent (RFC 3261 §18.4), true ones and forged ones.
@DisplayNameGeneration(ReplaceUnderscores.class)
class UndeliveredTest {

    private final AgentFixture the = new AgentFixture();

    @Test
    void an_INVITE_that_did_not_arrive_goes_to_the_next_host_in_the_same_cycle() {
        Sent first = pair();
        undelivered(first);
        Sent second = the.sentOne();
        assertThat(second.to().same(SECOND_HOST)).isTrue();
        assertThat(second.method()).isEqualTo("INVITE");
        assertThat(the.counted(Metric.INVITES_UNDELIVERED)).isEqualTo(1);
        assertThat(the.counted(Metric.FAILOVERS)).isEqualTo(1);
        assertThat(health()).isEqualTo(State.DOWN);
        assertThat(pair().to().same(SECOND_HOST)).as("new calls avoid it").isTrue();
    }

    @Test
    void what_was_left_there_is_still_cancelled_if_it_rings_after_all() {
        Sent first = pair();
        undelivered(first);
        the.sent();
        the.receives(first.answer("180 Ringing", "a"), FIRST_HOST);
        assertThat(the.sentOne().method()).isEqualTo("CANCEL");
    }

    @Test
    void a_host_that_answers_after_all_is_up_again() {
        Sent first = pair();
        undelivered(first);
        the.sent();
        the.receives(first.answer("480 Temporarily Unavailable", "a"), FIRST_HOST);
        assertThat(health()).isEqualTo(State.UP);
    }

    @Test
    void the_only_host_gets_the_INVITE_again_and_may_have_returned() {
        the.place();
        Sent invite = the.sentOne();
        undelivered(invite);
        the.sentNothing();
        the.passes(Duration.ofMillis(500));
        Sent again = the.sentOne();
        assertThat(again.text()).isEqualTo(invite.text());
        the.receives(again.answer("180 Ringing", "a"));
        the.passes(RING);
        the.receives(again.answer("487 Request Terminated", "a"));
        assertThat(the.outcome()).isInstanceOf(Rang.class);
    }

    @Test
    void the_only_host_that_stays_away_makes_its_call_unreachable_when_others_would_fail_over() {
        the.place();
        undelivered(the.sentOne());
        for (int retransmission = 0; retransmission < 3; retransmission++) {
            the.passes(Duration.ofMillis(500L << retransmission));
            undelivered(the.sentOne());
        }
        assertThat(the.story()).containsExactly("Placed");
        the.passes(Duration.ofMillis(500));
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.UNREACHABLE);
    }

    @Test
    void a_forged_error_changes_nothing() {
        Sent first = pair();
        String branch = first.branch();
        char last = branch.charAt(branch.length() - 1);
        String guessed = branch.substring(0, branch.length() - 1) + (last == '0' ? '1' : '0');
        undelivered(first.text().replace(branch, guessed), FIRST_HOST);
        undelivered(first.text(), SECOND_HOST);
        undelivered(first.text().substring(0, 100), FIRST_HOST);
        undelivered("", FIRST_HOST);
        undelivered(first.text().replace("INVITE ", "OPTIONS "), FIRST_HOST);
        the.sentNothing();
        assertThat(health()).isEqualTo(State.UP);
        assertThat(the.counted(Metric.ICMP_UNMATCHED)).isEqualTo(5);
        assertThat(the.counted(Metric.INVITES_UNDELIVERED)).isZero();
    }

    @Test
    void after_the_first_response_an_error_is_no_news() {
        Sent first = pair();
        the.receives(first.answer("100 Trying", ""), FIRST_HOST);
        undelivered(first);
        the.sentNothing();
        assertThat(health()).isEqualTo(State.UP);
        assertThat(the.counted(Metric.ICMP_UNMATCHED)).isEqualTo(1);
    }

    @Test
    void a_call_that_has_left_or_ended_minds_no_error() {
        Sent first = pair();
        undelivered(first);
        the.sent();
        undelivered(first);
        the.sentNothing();
        the.place();
        Sent other = the.sentOne();
        the.receives(other.answer("486 Busy Here", "a"));
        the.sent();
        undelivered(other.text(), CARRIER);
        the.sentNothing();
        assertThat(the.counted(Metric.ICMP_UNMATCHED)).isEqualTo(2);
    }

    private Sent pair() {
        the.place(PAIR_TRUNK, RING, SETUP);
        return the.sentOne();
    }

    private void undelivered(Sent sent) {
        undelivered(sent.text(), sent.to());
    }

    private void undelivered(String quoted, Endpoint destination) {
        byte[] bytes = quoted.getBytes(UTF_8);
        the.cycle(agent -> agent.onUndelivered(bytes, bytes.length, destination));
    }

    private State health() {
        return the.context.lines.get(PAIR_TRUNK).hops()[0].health.state();
    }
}
