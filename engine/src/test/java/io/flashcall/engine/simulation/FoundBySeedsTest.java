package io.flashcall.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Only180;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What seeds of the simulation found, each as the shortest story that shows it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoundBySeedsTest {

    @Test
    void a_183_that_lasts_as_long_as_the_policy_says_is_reported_as_ringing() {
        var bench = new Bench(new After183(Duration.ofMillis(800))).place();
        bench.hears(183, "a").after(2_000).hears(487, "a");
        assertThat(bench.story()).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
        assertThat(((Ended) bench.lastEvent()).outcome()).isInstanceOf(Rang.class);
    }

    @Test
    void each_answered_fork_is_acknowledged_under_a_branch_of_its_own() {
        var bench = new Bench(new Only180()).place();
        bench.hears(200, "a").hears(200, "b").hears(200, "a");
        var branches = bench.sent("ACK").stream().map(Message::branch).toList();
        assertThat(branches).hasSize(3);
        assertThat(branches.get(0)).isNotEqualTo(branches.get(1)).isEqualTo(branches.get(2));
        assertThat(bench.sent("BYE")).extracting(Message::branch).doesNotHaveDuplicates();
    }

    @Test
    void a_bye_is_not_answered_by_another_trunk() {
        var bench = new Bench(new Only180()).place();
        bench.hears(200, "a");
        String answer = Text.response(bench.last("BYE"), 200, "", List.of());
        bench.hears(answer, Bench.OTHER_TRUNK).after(600);
        assertThat(bench.sent("BYE")).hasSize(2);
        assertThat(bench.story()).doesNotContain("Ended");
        bench.hears(answer, Bench.TRUNK);
        assertThat(bench.story()).endsWith("Ended");
    }
}
