package io.flashcall.engine.trunk.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A carrier found.
///
/// @param targets    1 to 32, the lowest priority first, and among equals the highest weight
/// @param timeToLive how long this holds: 5 s to 1 h, the shortest of all records on the way
/// @param failure    what DNS did not answer meanwhile: then the addresses of some hosts are missing, or are
///                   those known before
public record Located(List<LocatedTarget> targets, Duration timeToLive, Optional<String> failure) implements Location {

    /// More than any carrier has, and little enough to try in a second.
    public static final int MOST_TARGETS = 32;

    static final Duration SHORTEST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofHours(1);

    public Located {
        targets = List.copyOf(targets);
        if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
            throw new IllegalArgumentException("targets: " + targets + " (expected: 1 to " + MOST_TARGETS + ")");
        }
        timeToLive = clamped(timeToLive);
    }

    private static Duration clamped(Duration duration) {
        if (duration.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /// Whether both mean the same targets, however they are ordered.
    public boolean sameTargets(Located other) {
        return new HashSet<>(targets).equals(new HashSet<>(other.targets));
    }

    /// In which order one call tries them: by priority, and among equals drawn by weight (RFC 2782). New at
    /// each call.
    public List<LocatedTarget> drawn(RandomGenerator random) {
        List<LocatedTarget> left = new ArrayList<>(targets);
        // Those of weight 0 first: so they are drawn too, if rarely.
        left.sort(Comparator.comparingInt(LocatedTarget::priority).thenComparing(t -> t.weight() > 0));
        List<LocatedTarget> order = new ArrayList<>();
        while (!left.isEmpty()) {
            order.add(left.remove(draw(left, random)));
        }
        return order;
    }

    private static int draw(List<LocatedTarget> left, RandomGenerator random) {
        int priority = left.getFirst().priority();
        List<LocatedTarget> equals =
                left.stream().takeWhile(t -> t.priority() == priority).toList();
        long sum = equals.stream().mapToLong(LocatedTarget::weight).sum();
        if (sum == 0) {
            return random.nextInt(equals.size());
        }
        long drawn = random.nextLong(sum + 1);
        long running = 0;
        for (int i = 0; i < equals.size(); i++) {
            running += equals.get(i).weight();
            if (running >= drawn) {
                return i;
            }
        }
        throw new IllegalStateException("drew " + drawn + " of " + sum);
    }
}
