package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.trunk.TargetHealth.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A host that asks to be left alone. (The rest of its life is in FailoverOnTheWireTest.)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TargetHealthTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = -2 * SECOND;
    private final TargetHealth health = new TargetHealth("trunk a, host b");

    @Test
    void no_host_is_left_alone_for_more_than_ten_minutes() {
        health.onBackOff(86_400, now);
        now += 600 * SECOND - 1;
        assertThat(health.isUsable(now)).isFalse();
        assertThat(health.isForCalls(now)).isFalse();
        now += 1;
        assertThat(health.isForCalls(now)).isTrue();
        assertThat(health.isUsable(now)).isTrue();
    }

    @Test
    void a_host_that_is_reached_again_is_still_left_alone_for_as_long_as_it_asked() {
        health.onBackOff(30, now);
        health.onUnreachable(now);
        assertThat(health.state()).isEqualTo(State.DOWN);
        now += 10 * SECOND;
        health.onReachable(now);
        assertThat(health.state()).isEqualTo(State.BACKING_OFF);
        assertThat(health.isUsable(now)).isFalse();
        now += 20 * SECOND;
        assertThat(health.isUsable(now)).isTrue();
    }

    @Test
    void a_probe_that_is_answered_does_not_shorten_it() {
        health.onBackOff(30, now);
        health.onUnreachable(now);
        health.onProbeAnswer(200, now);
        assertThat(health.isUsable(now)).isFalse();
        now += 30 * SECOND;
        assertThat(health.isUsable(now)).isTrue();
    }
}
