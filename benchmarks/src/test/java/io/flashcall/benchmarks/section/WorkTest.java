package io.flashcall.benchmarks.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkTest {

    private static final Map<String, Duration> THREADS = Map.of(
            "ForkJoinPool-1-", Duration.ofMillis(10),
            "store-writer", Duration.ofMillis(20),
            "flashcall-agent", Duration.ofMillis(30),
            "flashcall-event", Duration.ofMillis(40),
            "C2 CompilerThre", Duration.ofMillis(50),
            "VM Thread", Duration.ofMillis(60),
            "http-deadlines", Duration.ofMillis(70));

    @Test
    void threads_are_told_apart_by_how_their_names_begin() {
        assertThat(Work.REQUESTS.of(THREADS)).hasMillis(10);
        assertThat(Work.STORE.of(THREADS)).hasMillis(20);
        assertThat(Work.CALLS.of(THREADS)).hasMillis(70);
        assertThat(Work.COMPILING.of(THREADS)).hasMillis(50);
        assertThat(Work.COLLECTING.of(THREADS)).hasMillis(60);
    }

    @Test
    void no_thread_is_left_out() {
        var all = Arrays.stream(Work.values()).map(kind -> kind.of(THREADS)).reduce(Duration.ZERO, Duration::plus);
        assertThat(all).hasMillis(280);
    }
}
