package io.flashcall.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.RingPolicy.After183;
import java.time.Duration;
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
}
