package io.flashcall.verification.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SuffixIndexTest {

    private static final int SEEDS = 300;

    /// A small world of numbers, some of which are out, drawn from a seed.
    private record World(List<Long> numbers, Set<Long> out, int codeLength, Disclosure disclosure) {

        static World of(long seed) {
            var random = new Random(seed);
            int codeLength = 1 + random.nextInt(3);
            // Both lengths, so that prefixes of one length do not come in order within a suffix.
            var numbers = LongStream.generate(() -> random.nextBoolean()
                            ? 4_400_000L + random.nextInt(3000)
                            : 44_000_000L + random.nextInt(5000))
                    .limit(1 + random.nextInt(60))
                    .distinct()
                    .sorted()
                    .boxed()
                    .toList();
            double share = random.nextDouble();
            var out = numbers.stream().filter(_ -> random.nextDouble() < share).collect(Collectors.toSet());
            var disclosure = random.nextBoolean() ? new Disclosure(random.nextInt(8), 0) : new Disclosure(2, 7);
            return new World(numbers, out, codeLength, disclosure);
        }

        SuffixIndex index() {
            return new SuffixIndex(values(numbers), codeLength, disclosure);
        }

        long[] outValues() {
            return values(out);
        }

        private static long[] values(Collection<Long> numbers) {
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }

        Set<Integer> suffixesLeft(long prefix, Set<Long> without) {
            return numbers.stream()
                    .filter(number -> !without.contains(number))
                    .filter(number -> disclosure.prefix(number, codeLength) == prefix)
                    .map(number -> Digits.suffix(number, codeLength))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void a_draw_is_never_one_of_those_that_are_out_and_fails_only_when_all_are() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = World.of(seed);
            var index = world.index();
            int[] out = index.positions(world.outValues());
            var random = new Random(seed);
            var seen = new HashSet<Long>();
            for (int i = 0; i < 400; i++) {
                int drawn = index.draw(out, random);
                if (drawn >= 0) {
                    seen.add(index.number(drawn));
                }
            }
            assertThat(seen).as("seed %d", seed).noneMatch(world.out::contains);
            assertThat(seen.isEmpty()).as("seed %d", seed).isEqualTo(world.out.size() == world.numbers.size());
        }
    }

    @Test
    void strength_is_exactly_what_counting_the_numbers_of_that_prefix_comes_to() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = World.of(seed);
            var index = world.index();
            int[] out = index.positions(world.outValues());
            for (int position = 0; position < index.size(); position++) {
                long prefix = world.disclosure.prefix(index.number(position), world.codeLength);
                assertThat(index.distinct(position, out))
                        .as("seed %d", seed)
                        .isEqualTo(world.suffixesLeft(prefix, world.out).size());
            }
        }
    }

    @Test
    void the_worst_case_is_the_poorest_prefix() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = World.of(seed);
            int poorest = world.numbers.stream()
                    .map(number -> world.disclosure.prefix(number, world.codeLength))
                    .mapToInt(prefix -> world.suffixesLeft(prefix, Set.of()).size())
                    .min()
                    .orElseThrow();
            assertThat(world.index().fewestDistinct()).as("seed %d", seed).isEqualTo(poorest);
        }
    }

    @Test
    void where_there_are_no_numbers_nothing_is_drawn() {
        for (var disclosure : List.of(new Disclosure(2, 0), new Disclosure(2, 7))) {
            var empty = new SuffixIndex(new long[0], 4, disclosure);
            int[] out = empty.positions(new long[] {4_400_000});
            assertThat(empty.draw(out, new Random(1))).isNegative();
            assertThat(empty.drawSuffix(0, out, new Random(1))).isNegative();
            assertThat(empty.fewestDistinct()).isZero();
        }
    }

    @Test
    void a_wished_suffix_gives_each_of_its_numbers_that_are_left_and_no_other() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = World.of(seed);
            var index = world.index();
            int[] out = index.positions(world.outValues());
            var random = new Random(seed);
            int suffix = Digits.suffix(world.numbers.getFirst(), world.codeLength);
            var seen = new HashSet<Long>();
            for (int i = 0; i < 400; i++) {
                int drawn = index.drawSuffix(suffix, out, random);
                if (drawn >= 0) {
                    seen.add(index.number(drawn));
                }
            }
            assertThat(seen)
                    .as("seed %d", seed)
                    .isEqualTo(world.numbers.stream()
                            .filter(number -> !world.out.contains(number))
                            .filter(number -> Digits.suffix(number, world.codeLength) == suffix)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void every_ending_is_as_likely_as_any_other_however_many_numbers_have_it() {
        // 00 has a hundred numbers, 01 to 99 have one each, and half of these are out.
        var numbers = LongStream.concat(
                        LongStream.range(0, 100).map(i -> 440_000_000L + 100 * i),
                        LongStream.range(440_100_001, 440_100_100))
                .sorted()
                .toArray();
        var index = new SuffixIndex(numbers, 2, new Disclosure(2, 0));
        int[] out = index.positions(LongStream.range(440_100_050, 440_100_100).toArray());

        long[] drawn = new long[100];
        int draws = 100_000;
        var random = new Random(17);
        for (int i = 0; i < draws; i++) {
            drawn[Digits.suffix(index.number(index.draw(out, random)), 2)]++;
        }

        assertThat(Arrays.copyOfRange(drawn, 50, 100)).containsOnly(0);
        assertThat(chiSquare(Arrays.copyOf(drawn, 50), draws / 50.0)).isLessThan(CRITICAL_49);
    }

    @Test
    void whoever_sees_the_prefix_finds_no_ending_likelier_than_another() {
        // Under 4401 there are 50 endings, and each of 99 other prefixes has all of them but one as well.
        var numbers = LongStream.range(1, 101)
                .flatMap(prefix -> LongStream.range(0, prefix == 1 ? 50 : 49)
                        .map(suffix -> 44_000_000L + 10_000 * prefix + suffix))
                .sorted()
                .toArray();
        var index = new SuffixIndex(numbers, 2, new Disclosure(4, 0));

        long[] drawn = new long[50];
        int draws = 0;
        var random = new Random(20);
        while (draws < 20_000) {
            long number = index.number(index.draw(new int[0], random));
            if (number / 10_000 == 4401) {
                drawn[Digits.suffix(number, 2)]++;
                draws++;
            }
        }

        assertThat(chiSquare(drawn, draws / 50.0)).isLessThan(CRITICAL_49);
    }

    @Test
    void among_the_numbers_of_one_ending_each_is_as_likely_as_any_other() {
        var numbers = LongStream.range(0, 60).map(i -> 440_000_007L + 100 * i).toArray();
        var index = new SuffixIndex(numbers, 2, new Disclosure(2, 0));
        int[] out = index.positions(
                LongStream.of(numbers).filter(n -> n % 600 == 407).toArray());

        var drawn = new HashMap<Long, Long>();
        int draws = 100_000;
        var random = new Random(18);
        for (int i = 0; i < draws; i++) {
            drawn.merge(index.number(index.draw(out, random)), 1L, Long::sum);
        }

        assertThat(drawn).hasSize(50);
        long[] counts = drawn.values().stream().mapToLong(Long::longValue).toArray();
        assertThat(chiSquare(counts, draws / 50.0)).isLessThan(CRITICAL_49);
    }

    @Test
    void a_million_numbers_are_drawn_from_in_less_than_50_microseconds() {
        var numbers = LongStream.range(442_070_000_000L, 442_071_000_000L).toArray();
        var index = new SuffixIndex(numbers, 4, new Disclosure(6, 0));
        var random = new Random(19);
        long[] taken = random.longs(50, 442_070_000_000L, 442_071_000_000L).toArray();
        long best = Long.MAX_VALUE;
        long strengths = 0;
        // The best of many rounds: what the code takes, not what else the machine does meanwhile.
        for (int round = 0; round < 50; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                int[] out = index.positions(taken);
                strengths += index.distinct(index.draw(out, random), out);
            }
            best = Math.min(best, (System.nanoTime() - began) / 100);
        }
        assertThat(strengths).isEqualTo(50L * 100 * 10_000);
        assertThat(best).as("nanoseconds of a draw").isLessThan(50_000);
    }

    /// 99.9 % of chi-square with 49 degrees of freedom.
    private static final double CRITICAL_49 = 85.4;

    private static double chiSquare(long[] counts, double expected) {
        return LongStream.of(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }
}
