package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveReferencesTest {

    private final LiveReferences live = new LiveReferences();

    @Test
    void a_reference_is_taken_until_its_call_has_ended() {
        assertThat(live.add("a session")).isTrue();
        assertThat(live.add("a session")).isFalse();
        live.remove("a session");
        assertThat(live.add("a session")).isTrue();
    }

    @Test
    void what_is_not_there_is_removed_without_a_word() {
        live.add("a");
        live.remove("b");
        assertThat(live.add("a")).isFalse();
    }

    @Test
    void references_that_look_alike_are_different() {
        for (String reference :
                List.of("a", "aa", "aaaa", "aaaaa", "\0", "\0\0", "a\0", "\0a", "ab", "ba", "abcdefgh", "efghabcd")) {
            assertThat(live.add(reference)).as(reference).isTrue();
        }
    }

    @Test
    void it_does_what_a_set_of_strings_would_do() {
        var random = new Random(6);
        var model = new HashSet<String>();
        for (int step = 0; step < 400_000; step++) {
            String reference = "call-" + random.nextInt(30_000);
            if (random.nextInt(5) < 3) {
                assertThat(live.add(reference)).as("step %s", step).isEqualTo(model.add(reference));
            } else {
                live.remove(reference);
                model.remove(reference);
            }
        }
        assertThat(model).hasSizeGreaterThan(10_000).noneMatch(live::add);
    }

    @Test
    void of_several_threads_that_want_a_reference_one_gets_it() throws Exception {
        int references = 20_000;
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Integer> taker = () -> (int) IntStream.range(0, references)
                    .filter(i -> live.add("call-" + i))
                    .count();
            int taken = 0;
            for (Future<Integer> count : threads.invokeAll(List.of(taker, taker, taker, taker))) {
                taken += count.get();
            }
            assertThat(taken).isEqualTo(references);
        }
    }

    @Test
    void in_its_steady_state_it_allocates_nothing() {
        var meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String[] references =
                IntStream.range(0, 10_000).mapToObj(i -> "call-" + i).toArray(String[]::new);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = meter.getCurrentThreadAllocatedBytes();
            for (String reference : references) {
                live.add(reference);
            }
            for (String reference : references) {
                live.remove(reference);
            }
            least = Math.min(least, meter.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
