package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FAILOVER;
import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SECOND_HOST;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.TargetHealth.State;
import io.flashcall.engine.trunk.TargetSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A trunk of two hosts, one of which is in trouble (RFC 3263 §4.3).
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailoverOnTheWireTest {

    private final AgentFixture the = new AgentFixture();

    @Test
    void the_next_host_gets_the_same_request_on_a_new_branch() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        Sent second = lastInvite(SECOND_HOST);
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.text().replace(second.branch(), ""))
                .isEqualTo(
                        first.text().replace(first.branch(), "").replace("198.51.100.51:5060", "198.51.100.52:5080"));
        assertThat(the.counted(Metric.FAILOVERS)).isEqualTo(1);
    }

    @Test
    void the_silent_host_gets_nothing_more_unless_it_answers() {
        placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        the.receives(lastInvite(SECOND_HOST).answer("100 Trying", ""), SECOND_HOST);
        the.passes(Duration.ofSeconds(3));
        the.sentNothing();
    }

    @Test
    void a_late_provisional_of_the_silent_host_is_cancelled_there_while_the_call_goes_on_elsewhere() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        Sent second = lastInvite(SECOND_HOST);
        the.receives(first.answer("183 Session Progress", "a"), FIRST_HOST);
        isCancelled(first);

        the.receives(second.answer("180 Ringing", "b"), SECOND_HOST);
        the.passes(RING);
        Sent own = the.sentOne();
        assertThat(own.branch()).isEqualTo(second.branch());
        the.receives(second.answer("487 Request Terminated", "b"), SECOND_HOST);
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.nothingIsLeft();
        assertThat(the.counted(Metric.STRAGGLERS_CANCELLED)).isEqualTo(1);
    }

    @Test
    void a_phone_that_the_silent_host_rings_after_all_is_not_rung_by_the_other() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        Sent second = lastInvite(SECOND_HOST);
        the.receives(first.answer("180 Ringing", "a"), FIRST_HOST);
        isCancelled(first);

        the.receives(second.answer("100 Trying", ""), SECOND_HOST);
        Sent cancel = the.sentOne();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.branch()).isEqualTo(second.branch());
        the.receives(second.answer("487 Request Terminated", "b"), SECOND_HOST);
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.RANG_UNSEEN);
        the.nothingIsLeft();
    }

    @Test
    void a_call_that_the_silent_host_answers_after_all_is_sent_to_nobody_else() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        Sent second = lastInvite(SECOND_HOST);
        the.receives(first.answer("200 OK", "a", "Contact: <sip:gw@198.51.100.51>"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK", "BYE");
        the.receives(
                second.answer("401 Unauthorized", "b", "WWW-Authenticate: Digest realm=\"x\", nonce=\"n\""),
                SECOND_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.RANG_UNSEEN);
    }

    private void isCancelled(Sent invite) {
        Sent cancel = the.sentOne();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        assertThat(cancel.to().same(FIRST_HOST)).isTrue();
        the.receives(cancel.answer("200 OK", "a"), FIRST_HOST);
        the.receives(invite.answer("487 Request Terminated", "a"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void a_late_answer_of_the_silent_host_is_hung_up() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        Sent second = lastInvite(SECOND_HOST);
        the.receives(second.answer("486 Busy Here", "b"), SECOND_HOST);
        the.sent();
        the.receives(first.answer("200 OK", "a", "Contact: <sip:gw@198.51.100.51>"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK", "BYE");
        the.receives(first.answer("200 OK", "a", "Contact: <sip:gw@198.51.100.51>"), FIRST_HOST);
        assertThat(the.methodsSent()).as("a repetition").containsExactly("ACK");
    }

    @Test
    void a_late_refusal_of_the_silent_host_is_ACKed_and_ACKed_again() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        the.sent();
        the.receives(first.answer("480 Temporarily Unavailable", "a"), FIRST_HOST);
        Sent ack = the.sentOne();
        assertThat(ack.branch()).isEqualTo(first.branch());
        the.receives(first.answer("480 Temporarily Unavailable", "a"), FIRST_HOST);
        assertThat(the.sentOne().text()).isEqualTo(ack.text());
    }

    /// More than the index of stragglers begins with: it grows while it is written.
    @Test
    void however_many_calls_leave_a_silent_host_each_is_watched() {
        var many = new AgentFixture(200, TraceListener.NONE);
        for (int i = 0; i < 200; i++) {
            many.place(PAIR_TRUNK, RING, SETUP);
        }
        var first = many.sent();
        many.passes(FAILOVER);
        many.sent();
        for (Sent invite : first) {
            many.receives(invite.answer("180 Ringing", "a"), FIRST_HOST);
        }
        assertThat(many.methodsSent()).hasSize(200).containsOnly("CANCEL");
        assertThat(many.counted(Metric.FAULTS)).isZero();
    }

    @Test
    void timer_B_ends_the_watch_over_a_silent_host() {
        placeTo(FIRST_HOST);
        the.passes(FAILOVER);
        the.receives(lastInvite(SECOND_HOST).answer("486 Busy Here", "b"), SECOND_HOST);
        the.passes(Duration.ofSeconds(32));
        assertThat(the.context.wheel.armed()).isZero();
        the.nothingIsLeft();
    }

    @Test
    void a_503_goes_to_the_next_host_at_once_and_is_ACKed_first() {
        Sent first = placeTo(FIRST_HOST);
        the.receives(first.answer("503 Service Unavailable", "a"), FIRST_HOST);
        var sent = the.sent();
        assertThat(sent.get(0).method()).isEqualTo("ACK");
        assertThat(sent.get(0).to().same(FIRST_HOST)).isTrue();
        assertThat(sent.get(1).method()).isEqualTo("INVITE");
        assertThat(sent.get(1).to().same(SECOND_HOST)).isTrue();
        the.receives(sent.get(1).answer("503 Service Unavailable", "b"), SECOND_HOST);
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.OVERLOADED);
        the.nothingIsLeft();
    }

    @Test
    void a_503_without_a_time_concerns_its_call_alone() {
        the.receives(placeTo(FIRST_HOST).answer("503 Service Unavailable", "a"), FIRST_HOST);
        the.sent();
        placeTo(FIRST_HOST);
    }

    @Test
    void a_host_that_asks_to_be_left_alone_is_for_so_long() {
        the.receives(placeTo(FIRST_HOST).answer("503 Service Unavailable", "a", "Retry-After: 30"), FIRST_HOST);
        the.sent();
        placeTo(SECOND_HOST);
        the.passes(Duration.ofSeconds(29));
        the.sent();
        placeTo(SECOND_HOST);
        the.passes(Duration.ofSeconds(1));
        the.sent();
        assertThat(health(0)).isEqualTo(State.BACKING_OFF);
        assertThat(answered(FIRST_HOST)).isPositive();
        assertThat(health(0)).isEqualTo(State.UP);
    }

    @Test
    void new_calls_avoid_a_host_that_has_been_silent_for_2_s() {
        placeTo(FIRST_HOST);
        the.passes(Duration.ofMillis(1_999));
        the.sent();
        placeTo(FIRST_HOST);
        the.passes(Duration.ofMillis(1));
        the.sent();
        placeTo(SECOND_HOST);
        assertThat(health(0)).isEqualTo(State.SUSPECT);
    }

    @Test
    void any_answer_makes_a_suspect_host_good_again() {
        Sent first = placeTo(FIRST_HOST);
        the.passes(Duration.ofSeconds(2));
        the.sent();
        placeTo(SECOND_HOST);
        the.receives(first.answer("100 Trying", ""), FIRST_HOST);
        assertThat(health(0)).isEqualTo(State.UP);
    }

    @Test
    void a_suspect_host_is_probed_and_down_when_it_does_not_answer_that_either() {
        var _ = suspect();
        the.probes();
        Sent options = the.sentOne();
        assertThat(options.startLine()).isEqualTo("OPTIONS sip:198.51.100.51:5060 SIP/2.0");
        assertThat(options.to().same(FIRST_HOST)).isTrue();
        the.probes();
        the.sentNothing();
        the.passes(Duration.ofSeconds(2));
        the.sent();
        the.probes();
        assertThat(health(0)).isEqualTo(State.DOWN);
        Sent next = the.sentOne();
        assertThat(next.branch()).isNotEqualTo(options.branch());
    }

    @Test
    void a_host_that_answers_a_probe_is_up_even_if_it_knows_no_OPTIONS() {
        var _ = suspect();
        the.probes();
        the.receives(the.sentOne().answer("405 Method Not Allowed", "a"), FIRST_HOST);
        assertThat(health(0)).isEqualTo(State.UP);
    }

    @Test
    void a_host_that_answers_a_probe_with_503_is_not_up() {
        var _ = suspect();
        the.probes();
        the.receives(the.sentOne().answer("503 Service Unavailable", "a"), FIRST_HOST);
        assertThat(health(0)).isEqualTo(State.DOWN);
        placeTo(SECOND_HOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 17, 1})
    void a_503_whose_Reason_tells_of_the_callee_goes_to_no_other_host(int cause) {
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        the.receives(invite.answer("503 Service Unavailable", "a", "Reason: Q.850;cause=" + cause), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK");
        the.nothingIsLeft();
    }

    @Test
    void a_host_that_leaves_and_comes_back_is_the_same_to_us() {
        var both = the.trunks.get(PAIR_TRUNK).targets();
        var hop = the.context.lines.get(PAIR_TRUNK).hops()[0];
        the.trunks.get(PAIR_TRUNK).targets(new TargetSet(List.of(both.targets().get(1))));
        relocate();
        assertThat(hop.retired).isTrue();
        the.trunks.get(PAIR_TRUNK).targets(both);
        relocate();
        assertThat(the.context.lines.get(PAIR_TRUNK).hops()[0]).isSameAs(hop);
        assertThat(hop.retired).isFalse();
    }

    @Test
    void a_host_that_answers_a_probe_with_503_and_Retry_After_is_left_alone_for_so_long() {
        var _ = suspect();
        the.probes();
        the.receives(the.sentOne().answer("503 Service Unavailable", "a", "Retry-After: 60"), FIRST_HOST);
        assertThat(health(0)).isEqualTo(State.BACKING_OFF);
        the.passes(Duration.ofSeconds(59));
        the.sent();
        the.probes();
        assertThat(the.sent()).noneMatch(sent -> sent.to().same(FIRST_HOST));
        assertThat(health(0)).isEqualTo(State.BACKING_OFF);
        the.passes(Duration.ofSeconds(2));
        the.sent();
        the.probes();
        the.cycle(_ -> the.context.lines.get(PAIR_TRUNK).hops()[0].health.isUsable(the.now()));
        assertThat(health(0)).isEqualTo(State.UP);
    }

    @Test
    void a_trunk_none_of_whose_hosts_takes_calls_is_looked_up_but_not_more_than_every_5_seconds() {
        var searches = new AtomicInteger();
        the.trunks.get(PAIR_TRUNK).searchedBy(searches::incrementAndGet);
        the.probes();
        down(0);
        the.probes();
        assertThat(searches).as("the other one takes calls").hasValue(0);
        down(1);
        the.probes();
        assertThat(searches).hasValue(1);
        the.passes(Duration.ofMillis(4_999));
        the.probes();
        assertThat(searches).hasValue(1);
        the.passes(Duration.ofMillis(1));
        the.probes();
        assertThat(searches).hasValue(2);
    }

    private void down(int host) {
        the.cycle(_ -> the.context.lines.get(PAIR_TRUNK).hops()[host].health.onUnreachable(the.now()));
    }

    @Test
    void a_host_that_comes_back_gets_its_calls_gradually() {
        Sent unanswered = suspect();
        the.probes();
        the.receives(the.sentOne().answer("200 OK", "a"), FIRST_HOST);
        the.receives(unanswered.answer("486 Busy Here", "a"), FIRST_HOST);
        the.sent();
        the.trunks
                .get(PAIR_TRUNK)
                .targets(new TargetSet(List.of(AgentFixture.host(FIRST_HOST, 1), AgentFixture.host(SECOND_HOST, 1))));
        relocate();
        the.passes(Duration.ofSeconds(1));
        the.sent();
        assertThat(answered(FIRST_HOST)).as("of 100, soon after").isLessThan(40);
        the.passes(Duration.ofSeconds(5));
        the.sent();
        assertThat(answered(FIRST_HOST)).as("of 100, later").isBetween(25, 75);
    }

    @Test
    void a_host_that_the_network_says_is_not_there_is_left_and_avoided() {
        the.io.refuse(FIRST_HOST, 111);
        the.place(PAIR_TRUNK, RING, SETUP);
        assertThat(the.sentOne().to().same(SECOND_HOST)).isTrue();
        assertThat(health(0)).isEqualTo(State.DOWN);
        placeTo(SECOND_HOST);
    }

    /// A full queue, a full table of the firewall, a message that is too long: the other host may have more luck.
    @ParameterizedTest
    @ValueSource(ints = {1, 11, 12, 90, 105})
    void a_system_that_takes_no_more_says_nothing_of_the_host(int errno) {
        the.io.refuse(FIRST_HOST, errno);
        the.place(PAIR_TRUNK, RING, SETUP);
        assertThat(health(0)).isEqualTo(State.UP);
    }

    @Test
    void with_all_hosts_in_trouble_the_least_hopeless_is_tried() {
        the.io.refuse(FIRST_HOST, 111);
        Sent invite = placeTo(SECOND_HOST);
        the.passes(Duration.ofSeconds(2));
        the.sent();
        the.receives(placeTo(SECOND_HOST).answer("100 Trying", ""), SECOND_HOST);
        assertThat(invite.method()).isEqualTo("INVITE");
    }

    @Test
    void hosts_that_the_trunk_no_longer_has_get_no_new_calls_but_finish_theirs() {
        Sent old = placeTo(FIRST_HOST);
        the.receives(old.answer("100 Trying", ""), FIRST_HOST);
        the.trunks.get(PAIR_TRUNK).targets(new TargetSet(List.of(AgentFixture.host(SECOND_HOST, 1))));
        relocate();
        placeTo(SECOND_HOST);
        the.receives(old.answer("180 Ringing", "a"), FIRST_HOST);
        the.passes(RING);
        assertThat(the.sent().stream()
                        .filter(sent -> sent.method().equals("CANCEL"))
                        .map(Sent::branch))
                .containsExactly(old.branch());
    }

    @Test
    void a_host_with_another_weight_keeps_what_is_known_of_it() {
        var before = List.of(the.context.lines.get(PAIR_TRUNK).hops());
        the.trunks
                .get(PAIR_TRUNK)
                .targets(new TargetSet(List.of(AgentFixture.host(FIRST_HOST, 1), AgentFixture.host(SECOND_HOST, 7))));
        relocate();
        assertThat(the.context.lines.get(PAIR_TRUNK).hops()).containsExactlyElementsOf(before);
        assertThat(before.get(1).target.priority()).isEqualTo(7);
    }

    // What it takes.

    private Sent placeTo(Endpoint host) {
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        assertThat(invite.method()).isEqualTo("INVITE");
        assertThat(invite.to().toString()).isEqualTo(host.toString());
        return invite;
    }

    private Sent lastInvite(Endpoint host) {
        Sent last = the.sent().getLast();
        assertThat(last.method()).isEqualTo("INVITE");
        assertThat(last.to().toString()).isEqualTo(host.toString());
        return last;
    }

    /// @return the INVITE that it has not answered
    private Sent suspect() {
        Sent unanswered = placeTo(FIRST_HOST);
        the.passes(Duration.ofSeconds(2));
        the.sent();
        the.receives(placeTo(SECOND_HOST).answer("486 Busy Here", "x"), SECOND_HOST);
        the.sent();
        return unanswered;
    }

    /// Places 40 calls that are refused at once.
    ///
    /// @return of 100, how many went to that host
    private int answered(Endpoint host) {
        int there = 0;
        for (int i = 0; i < 40; i++) {
            the.place(PAIR_TRUNK, RING, SETUP);
            Sent invite = the.sentOne();
            there += invite.to().same(host) ? 1 : 0;
            the.receives(invite.answer("486 Busy Here", "x"), invite.to());
            the.sent();
        }
        return there * 100 / 40;
    }

    private State health(int host) {
        return the.context.lines.get(PAIR_TRUNK).hops()[host].health.state();
    }

    private void relocate() {
        the.run(new Command.Relocate(the.trunks.get(PAIR_TRUNK), the.located(PAIR_TRUNK)));
    }
}
