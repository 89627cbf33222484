package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SECOND_HOST;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.TargetSet;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What hosts ask of us: to withhold part of their calls (RFC 7339), or to leave them alone (503 with Retry-After).
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverloadOnTheWireTest {

    private static final String OURS = ";oc;oc-algo=\"loss\"";

    private final AgentFixture the = new AgentFixture();
    private final SplittableRandom random = new SplittableRandom(3);
    private int sequence = 1;

    @Test
    void each_request_to_a_carrier_that_knows_overload_control_offers_it() {
        Sent invite = placed();
        assertThat(invite.header("Via")).endsWith(";rport" + OURS);
        the.receives(invite.answer("180 Ringing", "a"), FIRST_HOST);
        the.passes(RING);
        assertThat(the.sentOne().header("Via")).as("CANCEL").isEqualTo(invite.header("Via"));
    }

    @Test
    void others_are_offered_nothing_and_not_heard() {
        the.place();
        Sent invite = the.sentOne();
        assertThat(invite.header("Via")).doesNotContain("oc");
        the.receives(invite.answer("486 Busy Here", "a").replace(";rport", ";rport;oc=100;oc-seq=1.0"));
        assertThat(the.counted(Metric.OVERLOAD_TAKEN)).isZero();
        assertThat(the.trunks.getFirst().gate().refusal(0, the.now(), random)).isNull();
    }

    @Test
    void calls_that_a_host_wants_withheld_go_to_the_next_one() {
        tell(FIRST_HOST, 100, 60_000);
        assertThat(placed().to().same(SECOND_HOST)).isTrue();
        assertThat(refusal()).isNull();
        assertThat(the.counted(Metric.OVERLOAD_TAKEN)).isOne();
    }

    @Test
    void a_part_withheld_is_about_that_part_and_only_while_it_holds() {
        tell(FIRST_HOST, 30, 60_000);
        assertThat(toTheSecond(1_000)).as("of 1,000, 30 %").isBetween(200, 400);
        the.passes(Duration.ofSeconds(60));
        the.sent();
        assertThat(toTheSecond(100)).isZero();
    }

    /// Admission has refused the share that both withhold. Of the others the first host gets 60 % of all, the second
    /// what is left.
    @Test
    void of_what_is_admitted_each_host_gets_no_more_than_its_part() {
        tell(FIRST_HOST, 40, 60_000);
        tell(SECOND_HOST, 50, 60_000);
        assertThat(toTheSecond(1_000)).as("of 1,000 admitted, 20/80").isBetween(150, 350);
    }

    @Test
    void what_every_host_wants_withheld_is_refused() {
        tell(FIRST_HOST, 100, 60_000);
        tell(SECOND_HOST, 100, 60_000);
        assertThat(refusal()).isEqualTo(Reason.OVERLOADED);
        the.place(PAIR_TRUNK, RING, SETUP);
        the.sentNothing();
        assertThat(((Failed) the.outcome()).cause()).as("admitted before").isEqualTo(FailureCause.OVERLOADED);
        the.nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {";oc=0;oc-validity=5000;oc-seq=9.0", ";oc=50;oc-validity=0;oc-seq=9.0"})
    void it_ends_when_the_host_says_so(String end) {
        tell(FIRST_HOST, 100, 60_000);
        Sent invite = inviteTo(SECOND_HOST);
        the.receives(
                invite.answer("486 Busy Here", "x").replace(OURS, ";oc=100;oc-validity=60000;oc-seq=8.0"), SECOND_HOST);
        the.sent();
        assertThat(refusal()).isEqualTo(Reason.OVERLOADED);
        the.receives(invite.answer("486 Busy Here", "x").replace(OURS, end), SECOND_HOST);
        assertThat(refusal()).as("a late response says it").isNull();
    }

    @Test
    void what_is_outdated_or_cannot_be_used_is_counted_and_ignored() {
        tell(FIRST_HOST, 20, 60_000);
        tellRaw(";oc=90;oc-validity=60000;oc-seq=0.5");
        tellRaw(";oc=90;oc-algo=\"rate\";oc-seq=7.0");
        tellRaw(";oc=101;oc-seq=8.0");
        assertThat(the.counted(Metric.OVERLOAD_OUTDATED)).isOne();
        assertThat(the.counted(Metric.OVERLOAD_UNUSABLE)).isEqualTo(2);
        assertThat(the.context.lines.get(PAIR_TRUNK).hops()[0].load().loss(the.now()))
                .isEqualTo(20);
    }

    @Test
    void a_call_that_leaves_a_host_is_withheld_from_the_next_like_any_other() {
        tell(SECOND_HOST, 100, 60_000);
        Sent invite = inviteTo(FIRST_HOST);
        the.receives(invite.answer("503 Service Unavailable", "a"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.OVERLOADED);
    }

    @Test
    void a_host_keeps_its_wish_when_its_rank_changes() {
        tell(FIRST_HOST, 100, 60_000);
        the.trunks
                .get(PAIR_TRUNK)
                .targets(new TargetSet(List.of(AgentFixture.host(FIRST_HOST, 5), AgentFixture.host(SECOND_HOST, 9))));
        the.run(new Command.Relocate(the.trunks.get(PAIR_TRUNK), the.located(PAIR_TRUNK)));
        assertThat(placed().to().same(SECOND_HOST)).isTrue();
    }

    // 503 with Retry-After.

    @Test
    void when_each_host_has_asked_to_be_left_alone_the_trunk_rests_until_the_first_may_have_calls() {
        unavailable(30, 10);
        assertThat(refusal()).isEqualTo(Reason.BACKING_OFF);
        the.passes(Duration.ofMillis(9_999));
        assertThat(refusal()).isEqualTo(Reason.BACKING_OFF);
        the.passes(Duration.ofSeconds(6));
        the.sent();
        assertThat(refusal()).as("5 s after its rest").isNull();
        assertThat(placed().to().same(SECOND_HOST)).isTrue();
    }

    @Test
    void a_call_that_waits_for_its_turn_meanwhile_is_not_sent_either() {
        the.place(PAIR_TRUNK, RING, SETUP, Duration.ofSeconds(1));
        unavailable(30, 10);
        the.passes(Duration.ofSeconds(1));
        assertThat(the.methodsSent()).doesNotContain("INVITE");
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.OVERLOADED);
        the.nothingIsLeft();
    }

    @Test
    void one_host_that_has_not_asked_keeps_the_trunk_open() {
        Sent invite = inviteTo(FIRST_HOST);
        the.receives(invite.answer("503 Service Unavailable", "a", "Retry-After: 30"), FIRST_HOST);
        the.sent();
        assertThat(refusal()).isNull();
    }

    @Test
    void a_host_that_is_merely_silent_keeps_it_open_too() {
        Sent invite = inviteTo(FIRST_HOST);
        the.receives(invite.answer("503 Service Unavailable", "a", "Retry-After: 30"), FIRST_HOST);
        the.passes(Duration.ofSeconds(3));
        the.sent();
        assertThat(refusal()).isNull();
        assertThat(placed().to().same(SECOND_HOST)).as("the silent one").isTrue();
    }

    @Test
    void a_host_that_cannot_be_reached_does_not_keep_it_open() {
        the.io.refuse(SECOND_HOST, 111);
        Sent invite = inviteTo(FIRST_HOST);
        the.receives(invite.answer("503 Service Unavailable", "a"), FIRST_HOST);
        the.sent();
        the.receives(inviteTo(FIRST_HOST).answer("503 Service Unavailable", "b", "Retry-After: 30"), FIRST_HOST);
        assertThat(refusal()).isEqualTo(Reason.BACKING_OFF);
    }

    @Test
    void ten_calls_in_a_row_that_meet_nothing_but_503_have_it_rest_for_a_second() {
        for (int i = 0; i < 10; i++) {
            assertThat(refusal()).isNull();
            unavailable(0, 0);
        }
        assertThat(refusal()).isEqualTo(Reason.BACKING_OFF);
        the.passes(Duration.ofSeconds(6));
        assertThat(refusal()).isNull();
    }

    @Test
    void other_hosts_have_asked_for_nothing() {
        unavailable(30, 10);
        var other = AgentFixture.endpoint("198.51.100.53", 5060);
        the.trunks.get(PAIR_TRUNK).targets(new TargetSet(List.of(AgentFixture.host(other, 1))));
        the.run(new Command.Relocate(the.trunks.get(PAIR_TRUNK), the.located(PAIR_TRUNK)));
        assertThat(refusal()).isNull();
        assertThat(placed().to().same(other)).isTrue();
    }

    @Test
    void hosts_that_stay_are_still_to_be_left_alone() {
        unavailable(30, 10);
        the.trunks.get(PAIR_TRUNK).targets(new TargetSet(List.of(AgentFixture.host(FIRST_HOST, 1))));
        the.run(new Command.Relocate(the.trunks.get(PAIR_TRUNK), the.located(PAIR_TRUNK)));
        assertThat(refusal()).isEqualTo(Reason.BACKING_OFF);
        the.passes(Duration.ofSeconds(29));
        assertThat(refusal()).isEqualTo(Reason.BACKING_OFF);
    }

    // What it takes.

    private @Nullable Reason refusal() {
        return the.trunks.get(PAIR_TRUNK).gate().refusal(0, the.now(), random);
    }

    private Sent placed() {
        the.place(PAIR_TRUNK, RING, SETUP);
        return the.sentOne();
    }

    private Sent inviteTo(Endpoint host) {
        for (int i = 0; i < 1_000; i++) {
            Sent invite = placed();
            if (invite.to().same(host)) {
                return invite;
            }
            refused(invite, "");
        }
        throw new AssertionError("no call goes to " + host);
    }

    private void refused(Sent invite, String feedback) {
        the.receives(invite.answer("486 Busy Here", "x").replace(OURS, feedback), invite.to());
        the.sent();
    }

    /// The host says what it wants withheld.
    private void tell(Endpoint host, int percent, int validity) {
        String feedback = ";oc=%d;oc-algo=\"loss\";oc-validity=%d;oc-seq=%d.0".formatted(percent, validity, sequence++);
        Sent invite = host == FIRST_HOST ? inviteTo(host) : placed();
        if (!invite.to().same(host)) {
            the.receives(invite.answer("503 Service Unavailable", "x"), invite.to());
            invite = the.sent().getLast();
        }
        refused(invite, feedback);
    }

    private void tellRaw(String feedback) {
        refused(inviteTo(FIRST_HOST), feedback);
    }

    /// A call meets 503 at both hosts.
    private void unavailable(int firstSeconds, int secondSeconds) {
        Sent invite = inviteTo(FIRST_HOST);
        the.receives(answer(invite, firstSeconds), FIRST_HOST);
        Sent next = the.sent().getLast();
        assertThat(next.to().same(SECOND_HOST)).isTrue();
        the.receives(answer(next, secondSeconds), SECOND_HOST);
        the.sent();
    }

    private static String answer(Sent invite, int retryAfter) {
        return retryAfter == 0
                ? invite.answer("503 Service Unavailable", "a")
                : invite.answer("503 Service Unavailable", "a", "Retry-After: " + retryAfter);
    }

    /// Places calls that are refused at once.
    ///
    /// @return how many went to the second host
    private int toTheSecond(int calls) {
        int there = 0;
        for (int i = 0; i < calls; i++) {
            Sent invite = placed();
            there += invite.to().same(SECOND_HOST) ? 1 : 0;
            refused(invite, "");
        }
        return there;
    }
}
