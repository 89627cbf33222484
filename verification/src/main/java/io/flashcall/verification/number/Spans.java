package io.flashcall.verification.number;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Sets of numbers as sorted spans that neither touch nor overlap. A number is the value of its digits: none begins
/// with a zero, so its length is part of the value.
///
/// @param all in ascending order
record Spans(List<Span> all) {

    /// @param first lowest, `last` highest; both are within
    record Span(long first, long last) {

        static Span of(CallerIds.Range range) {
            return new Span(value(range.first()), value(range.last()));
        }

        long size() {
            return last - first + 1;
        }

        boolean overlaps(Span other) {
            return first <= other.last && other.first <= last;
        }
    }

    Spans {
        all = List.copyOf(all);
    }

    static long value(E164 number) {
        return Long.parseLong(number.digits());
    }

    static Spans of(List<CallerIds.Range> ranges) {
        var sorted = ranges.stream()
                .map(Span::of)
                .sorted(Comparator.comparingLong(Span::first))
                .toList();
        var merged = new ArrayList<Span>();
        for (var next : sorted) {
            if (!merged.isEmpty() && next.first <= merged.getLast().last + 1) {
                var before = merged.removeLast();
                merged.add(new Span(before.first, Math.max(before.last, next.last)));
            } else {
                merged.add(next);
            }
        }
        return new Spans(merged);
    }

    /// What is in both.
    Spans and(Spans other) {
        var both = new ArrayList<Span>();
        int mine = 0;
        int theirs = 0;
        while (mine < all.size() && theirs < other.all.size()) {
            var one = all.get(mine);
            var two = other.all.get(theirs);
            if (one.overlaps(two)) {
                both.add(new Span(Math.max(one.first, two.first), Math.min(one.last, two.last)));
            }
            if (one.last < two.last) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new Spans(both);
    }

    /// Whether all of `span` is in here: one of ours holds it, since ours do not touch.
    boolean contains(Span span) {
        int low = 0;
        int high = all.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var candidate = all.get(middle);
            if (candidate.last < span.first) {
                low = middle + 1;
            } else if (candidate.first > span.first) {
                high = middle - 1;
            } else {
                return span.last <= candidate.last;
            }
        }
        return false;
    }

    long size() {
        return all.stream().mapToLong(Span::size).sum();
    }

    /// Every number in ascending order, those of `left` out.
    long[] without(Set<E164> left) {
        long[] out = left.stream().mapToLong(Spans::value).sorted().toArray();
        long[] numbers = new long[Math.toIntExact(size())];
        int count = 0;
        int next = 0;
        for (var span : all) {
            for (long number = span.first; number <= span.last; number++) {
                while (next < out.length && out[next] < number) {
                    next++;
                }
                if (next == out.length || out[next] != number) {
                    numbers[count++] = number;
                }
            }
        }
        return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
    }
}
