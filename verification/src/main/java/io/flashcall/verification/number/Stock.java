package io.flashcall.verification.number;

import io.flashcall.engine.E164;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.number.CallerIdPools.Draw;
import io.flashcall.verification.number.CallerIdPools.Wish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// One pool as it was when it was read: what each of its trunks may show, expanded and indexed. Thread-safe; indexes
/// are made when they are first asked for.
final class Stock {

    private final Pool pool;
    private final Map<String, Shelf> shelves = new HashMap<>();

    /// @throws IllegalArgumentException when the pool has more than [Pool#MOST_NUMBERS]
    Stock(Pool pool, List<TrunkConfig> trunks) {
        this.pool = pool;
        var all = Spans.of(pool.numbers());
        if (all.size() > Pool.MOST_NUMBERS) {
            throw new IllegalArgumentException("pool " + pool.name() + ": " + all.size()
                    + " numbers (expected: at most " + Pool.MOST_NUMBERS + ")");
        }
        var disclosure = Disclosure.of(pool);
        // Trunks mostly show the same numbers, and then share them.
        var shared = new HashMap<Spans, Shelf>();
        for (var trunk : trunks) {
            if (pool.trunks().contains(trunk.name()) && trunk.callerIds().flashCallsAllowed()) {
                var shown = all.and(Spans.of(trunk.callerIds().ranges()));
                shelves.put(
                        trunk.name(),
                        shared.computeIfAbsent(
                                shown,
                                spans -> new Shelf(
                                        spans.without(pool.state().quarantined()), spans.size() > 0, disclosure)));
            }
        }
    }

    /// What one trunk may show of the pool.
    private static final class Shelf {

        private final long[] numbers;
        private final boolean isKeptBack;
        private final Disclosure disclosure;
        private final Map<Integer, SuffixIndex> indexes = new ConcurrentHashMap<>();

        /// @param any whether it would have some, but for those in quarantine
        Shelf(long[] numbers, boolean any, Disclosure disclosure) {
            this.numbers = numbers;
            this.isKeptBack = any && numbers.length == 0;
            this.disclosure = disclosure;
        }

        SuffixIndex index(int codeLength) {
            return indexes.computeIfAbsent(codeLength, length -> new SuffixIndex(numbers, length, disclosure));
        }
    }

    Draw draw(Wish wish, RandomGenerator random) {
        if (!pool.state().active()) {
            return nothing("is paused");
        }
        if (wish.country().isPresent()
                && !wish.country().get().equalsIgnoreCase(pool.ownership().country())) {
            return nothing("has numbers of " + pool.ownership().country() + ", not of "
                    + wish.country().get());
        }
        var shelf = shelves.get(wish.trunk());
        if (shelf != null && shelf.isKeptBack) {
            return nothing("has all numbers in quarantine that trunk " + wish.trunk() + " may show");
        }
        if (shelf == null || shelf.numbers.length == 0) {
            return nothing("has no number that trunk " + wish.trunk() + " may show");
        }
        var index = shelf.index(wish.codeLength());
        int[] out = index.positions(values(wish.taken()));
        if (out.length == index.size()) {
            return nothing("has no number left for this destination");
        }
        int drawn = wish.code().isPresent()
                ? drawCode(index, wish.code().get(), wish.codeLength(), out, random)
                : index.draw(out, random);
        if (drawn < 0) {
            return new Draw.NoSuchCode();
        }
        long number = index.number(drawn);
        return new Draw.Drawn(
                new E164(Long.toString(number)),
                shelf.disclosure.shown(number, wish.codeLength()),
                new Strength(index.distinct(drawn, out)));
    }

    /// Numbers that may be shown now, on the trunk that may show most.
    int eligible() {
        return pool.state().active()
                ? shelves.values().stream()
                        .mapToInt(shelf -> shelf.numbers.length)
                        .max()
                        .orElse(0)
                : 0;
    }

    /// In the worst case: on the trunk, and under the prefix, with the fewest suffixes.
    Strength strength(int codeLength) {
        int fewest = 0;
        for (var shelf : Set.copyOf(shelves.values())) {
            int here = shelf.index(codeLength).fewestDistinct();
            fewest = fewest == 0 || here == 0 ? Math.max(fewest, here) : Math.min(fewest, here);
        }
        return new Strength(fewest);
    }

    /// Makes every index that `before` had.
    void prepareLike(Stock before) {
        before.shelves.forEach((trunk, shelf) -> {
            var mine = shelves.get(trunk);
            if (mine != null) {
                shelf.indexes.keySet().forEach(mine::index);
            }
        });
    }

    private static int drawCode(SuffixIndex index, String code, int length, int[] out, RandomGenerator random) {
        boolean fits = code.length() == length && code.chars().allMatch(c -> c >= '0' && c <= '9');
        return fits ? index.drawSuffix(Integer.parseInt(code), out, random) : -1;
    }

    private static long[] values(Set<E164> numbers) {
        long[] values = new long[numbers.size()];
        int count = 0;
        for (var number : numbers) {
            values[count++] = Spans.value(number);
        }
        return values;
    }

    private Draw nothing(String why) {
        return new Draw.Nothing("pool " + pool.name() + " " + why);
    }
}
