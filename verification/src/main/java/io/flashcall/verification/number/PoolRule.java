package io.flashcall.verification.number;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.number.Spans.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a pool must keep to before it may be used: it shows only what its trunks were given, and somebody has said
/// whose its numbers are. Thread-safe.
public final class PoolRule {

    private static final int MOST_DISCLOSED = 11;

    private final Map<String, TrunkConfig> trunks = new LinkedHashMap<>();

    /// @param trunks of the engine
    public PoolRule(List<TrunkConfig> trunks) {
        trunks.forEach(trunk -> this.trunks.put(trunk.name(), trunk));
    }

    /// Everything that is wrong with it; nothing when it may be used.
    public List<Problem> check(Pool pool) {
        var problems = new ArrayList<Problem>();
        checkOwnership(pool.ownership(), problems);
        checkNumbers(pool, problems);
        for (var name : pool.trunks().stream().sorted().toList()) {
            var trunk = trunks.get(name);
            if (trunk == null) {
                problems.add(new Problem(
                        "trunks",
                        name + " is not configured (expected: some of " + String.join(", ", trunks.keySet()) + ")"));
            } else {
                checkTrunk(pool, trunk, problems);
            }
        }
        if (pool.trunks().isEmpty()) {
            problems.add(new Problem("trunks", "none (expected: some of " + String.join(", ", trunks.keySet()) + ")"));
        }
        return problems;
    }

    private static void checkOwnership(Pool.Ownership ownership, List<Problem> problems) {
        if (ownership.owner().isBlank()) {
            problems.add(new Problem("owner", "empty (expected: who was assigned the numbers)"));
        }
        if (ownership.proof().isBlank()) {
            problems.add(new Problem(
                    "proof", "empty (expected: how the assignment can be shown, such as a contract or a decision)"));
        }
        if (!ownership.country().matches("[A-Z]{2}")) {
            problems.add(
                    new Problem("country", ownership.country() + " (expected: two letters of ISO 3166, such as GB)"));
        }
    }

    private static void checkNumbers(Pool pool, List<Problem> problems) {
        if (pool.disclosed()
                .filter(digits -> digits < 0 || digits > MOST_DISCLOSED)
                .isPresent()) {
            problems.add(new Problem(
                    "disclosed", pool.disclosed().get() + " (expected: 0 to " + MOST_DISCLOSED + " leading digits)"));
        }
        if (pool.numbers().isEmpty()) {
            problems.add(new Problem("numbers", "none (expected: numbers or ranges, such as +4420794600xx)"));
        }
        long count = Spans.of(pool.numbers()).size();
        if (count > Pool.MOST_NUMBERS) {
            problems.add(new Problem("numbers", count + " numbers (expected: at most " + Pool.MOST_NUMBERS + ")"));
        }
        checkOverlaps(pool.numbers(), problems);
    }

    private static void checkOverlaps(List<CallerIds.Range> ranges, List<Problem> problems) {
        var spans = ranges.stream().map(Span::of).toList();
        var order = IntStream.range(0, spans.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> spans.get(i).first()))
                .toList();
        for (int i = 1; i < order.size(); i++) {
            int one = order.get(i - 1);
            int other = order.get(i);
            if (spans.get(one).overlaps(spans.get(other))) {
                problems.add(new Problem(
                        "numbers",
                        named(ranges, Math.min(one, other)) + " and " + named(ranges, Math.max(one, other))
                                + " overlap (expected: each number once)"));
                return;
            }
        }
    }

    private static void checkTrunk(Pool pool, TrunkConfig trunk, List<Problem> problems) {
        if (!trunk.callerIds().flashCallsAllowed()) {
            problems.add(new Problem("trunks", "the contract of " + trunk.name() + " does not allow flash calls"));
        }
        var owned = Spans.of(trunk.callerIds().ranges());
        var ranges = pool.numbers();
        for (int i = 0; i < ranges.size(); i++) {
            if (!owned.contains(Span.of(ranges.get(i)))) {
                problems.add(new Problem(
                        "numbers",
                        named(ranges, i) + " is not within the caller_ids of trunk " + trunk.name()
                                + " (expected: only numbers that the trunk lists)"));
                return;
            }
        }
    }

    private static String named(List<CallerIds.Range> ranges, int index) {
        var range = ranges.get(index);
        var text = range.first().equals(range.last()) ? "" + range.first() : range.first() + ".." + range.last();
        return "entry " + (index + 1) + " (" + text + ")";
    }
}
