package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.trunk.Standings.Host;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Why a call is refused, and how many are.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GateTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int CALLS = 10_000;

    private final long now = SECOND;
    private final SplittableRandom random = new SplittableRandom(11);
    private final Host first = host();
    private final Host second = host();
    private final Trunk trunk = new Trunk(0, config(), now);
    private final Gate gate = trunk.gate();

    @BeforeEach
    void two_hosts() {
        gate.standings().put(1, List.of(first, second));
    }

    @Test
    void an_untroubled_trunk_refuses_none() {
        assertThat(refused(Reason.OVERLOADED)).isZero();
        assertThat(gate.refusal(1, now, random)).isNull();
    }

    @Test
    void what_one_host_withholds_the_other_may_have() {
        first.load().onFeedback(100, 1_000, 1, now);
        assertThat(refused(Reason.OVERLOADED)).isZero();
        assertThat(gate.standings().withheld(1, now)).isZero();
    }

    @Test
    void what_both_withhold_is_refused() {
        first.load().onFeedback(60, 1_000, 1, now);
        second.load().onFeedback(50, 1_000, 1, now);
        assertThat(refused(Reason.OVERLOADED)).as("of 10,000, 30 %").isBetween(2_700, 3_300);
        assertThat(trunk.snapshot(now).withheld()).isEqualTo(0.15);
        assertThat(gate.refusal(1, now + SECOND, random))
                .as("its validity is over")
                .isNull();
    }

    @Test
    void hosts_that_take_no_calls_take_none_that_others_withhold() {
        first.load().onFeedback(50, 1_000, 1, now);
        second.health().onBackOff(5, now);
        assertThat(refused(Reason.OVERLOADED)).as("of 10,000, 50 %").isBetween(4_700, 5_300);
    }

    @Test
    void where_no_host_takes_calls_none_is_withheld_since_one_is_tried_all_the_same() {
        first.load().onFeedback(100, 1_000, 1, now);
        first.health().onUnreachable(now);
        second.health().onUnreachable(now);
        assertThat(refused(Reason.OVERLOADED)).isZero();
    }

    @Test
    void an_agent_that_was_told_nothing_withholds_nothing() {
        first.load().onFeedback(100, 1_000, 1, now);
        second.load().onFeedback(100, 1_000, 1, now);
        assertThat(gate.refusal(0, now, random)).isNull();
        assertThat(gate.refusal(7, now, random)).isNull();
        assertThat(gate.refusal(1, now, random)).isEqualTo(Reason.OVERLOADED);
    }

    @Test
    void a_trunk_that_rests_refuses_for_every_agent() {
        gate.backOff().rest(now + SECOND, now);
        assertThat(gate.refusal(0, now, random)).isEqualTo(Reason.BACKING_OFF);
        assertThat(trunk.snapshot(now).backingOff()).isTrue();
    }

    @Test
    void a_closed_guard_refuses() {
        for (int i = 0; i < 10; i++) {
            gate.guard().onEnd(true, 0, now, now);
        }
        assertThat(gate.refusal(0, now, random)).isEqualTo(Reason.GUARDED);
        assertThat(trunk.snapshot(now).guarded()).isTrue();
    }

    private int refused(Reason reason) {
        int refused = 0;
        for (int i = 0; i < CALLS; i++) {
            refused += gate.refusal(1, now, random) == reason ? 1 : 0;
        }
        return refused;
    }

    private static Host host() {
        return new Host(new TargetHealth("h"), new OverloadControl("h"));
    }

    private static TrunkConfig config() {
        var guards = new GuardPolicy(
                new Limits(OptionalInt.of(50), OptionalInt.empty(), OptionalInt.empty()),
                Duration.ofSeconds(6),
                Duration.ofMinutes(1),
                10,
                Duration.ofSeconds(30),
                5);
        return new TrunkConfig(
                "a",
                PeerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060)),
                new CallerIds(List.of(), true),
                NumberPolicy.PLUS_E164,
                CallPolicy.DEFAULT,
                TrunkOptions.STANDARD.withGuards(guards));
    }
}
