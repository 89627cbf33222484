package io.flashcall.verification.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.verification.number.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SpansTest {

    private static final long LOWEST = 4_400_000;

    @Test
    void spans_are_the_numbers_of_their_ranges_and_neither_touch_nor_overlap() {
        for (long seed = 0; seed < 300; seed++) {
            var ranges = ranges(new Random(seed));
            var spans = Spans.of(ranges);

            assertThat(spans.without(Set.of())).as("seed %d", seed).containsExactly(numbers(ranges));
            assertThat(spans.size()).as("seed %d", seed).isEqualTo(numbers(ranges).length);
            for (int i = 1; i < spans.all().size(); i++) {
                assertThat(spans.all().get(i).first())
                        .as("seed %d", seed)
                        .isGreaterThan(spans.all().get(i - 1).last() + 1);
            }
        }
    }

    @Test
    void what_is_in_both_is_the_numbers_that_are_in_both() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var one = ranges(random);
            var other = ranges(random);
            var both = new TreeSet<>(values(one));
            both.retainAll(values(other));

            assertThat(Spans.of(one).and(Spans.of(other)).without(Set.of()))
                    .as("seed %d", seed)
                    .containsExactly(both.stream().mapToLong(Long::longValue).toArray());
        }
    }

    @Test
    void a_span_is_contained_when_all_its_numbers_are() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var ranges = ranges(random);
            var values = values(ranges);
            var spans = Spans.of(ranges);
            for (int i = 0; i < 50; i++) {
                long first = LOWEST + random.nextInt(100);
                var span = new Span(first, first + random.nextInt(6));
                assertThat(spans.contains(span))
                        .as("seed %d", seed)
                        .isEqualTo(LongStream.rangeClosed(span.first(), span.last())
                                .allMatch(values::contains));
            }
        }
    }

    @Test
    void numbers_can_be_left_out_whether_they_are_in_here_or_not() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var ranges = ranges(random);
            var left = random.longs(20, LOWEST, LOWEST + 120)
                    .mapToObj(value -> new E164(Long.toString(value)))
                    .collect(Collectors.toSet());
            var rest = LongStream.of(numbers(ranges))
                    .filter(value -> !left.contains(new E164(Long.toString(value))))
                    .toArray();

            assertThat(Spans.of(ranges).without(left)).as("seed %d", seed).containsExactly(rest);
        }
    }

    private static List<CallerIds.Range> ranges(Random random) {
        var ranges = new ArrayList<CallerIds.Range>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            long first = LOWEST + random.nextInt(100);
            ranges.add(new CallerIds.Range(number(first), number(first + random.nextInt(10))));
        }
        return ranges;
    }

    private static E164 number(long value) {
        return new E164(Long.toString(value));
    }

    private static Set<Long> values(List<CallerIds.Range> ranges) {
        return LongStream.of(numbers(ranges)).boxed().collect(Collectors.toSet());
    }

    private static long[] numbers(List<CallerIds.Range> ranges) {
        return ranges.stream()
                .flatMapToLong(range -> LongStream.rangeClosed(Spans.value(range.first()), Spans.value(range.last())))
                .distinct()
                .sorted()
                .toArray();
    }
}
