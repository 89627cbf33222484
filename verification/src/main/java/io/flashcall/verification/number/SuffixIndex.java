package io.flashcall.verification.number;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Numbers grouped by their last digits, so that a draw is uniform over the distinct codes however the numbers are
/// spread over them, and takes microseconds for a million of them. Immutable.
///
/// Callers name numbers by their positions in here. What a draw must leave out comes as an ascending array of
/// positions; it is short, and everything is exact: nothing is tried until it fits.
final class SuffixIndex {

    private final int codeLength;
    private final Disclosure disclosure;

    /// Ordered by suffix, and within a suffix by value.
    private final long[] numbers;

    /// The distinct suffixes, ascending: group `g` has suffix `suffixes[g]` and begins at position `starts[g]`.
    private final int[] suffixes;

    private final int[] starts;

    /// The distinct disclosed prefixes, ascending, and how many distinct suffixes the numbers of each have.
    private final long[] prefixes;

    private final int[] suffixesOfPrefix;

    /// @param ascending distinct numbers
    SuffixIndex(long[] ascending, int codeLength, Disclosure disclosure) {
        this.codeLength = codeLength;
        this.disclosure = disclosure;
        int[] ends = new int[(int) Digits.power(codeLength) + 1];
        for (long number : ascending) {
            ends[Digits.suffix(number, codeLength) + 1]++;
        }
        int groups = 0;
        for (int i = 1; i < ends.length; i++) {
            groups += ends[i] > 0 ? 1 : 0;
            ends[i] += ends[i - 1];
        }
        this.suffixes = new int[groups];
        this.starts = new int[groups + 1];
        int group = 0;
        for (int suffix = 0; suffix + 1 < ends.length; suffix++) {
            if (ends[suffix + 1] > ends[suffix]) {
                suffixes[group] = suffix;
                starts[group++] = ends[suffix];
            }
        }
        starts[groups] = ascending.length;
        this.numbers = new long[ascending.length];
        for (long number : ascending) {
            numbers[ends[Digits.suffix(number, codeLength)]++] = number;
        }
        long[] pairs = prefixesByGroup();
        this.prefixes = Arrays.stream(pairs).distinct().toArray();
        this.suffixesOfPrefix = new int[prefixes.length];
        for (long prefix : pairs) {
            suffixesOfPrefix[Arrays.binarySearch(prefixes, prefix)]++;
        }
    }

    /// Each group's distinct prefixes, all of them together in ascending order.
    private long[] prefixesByGroup() {
        if (disclosure.isSame() && numbers.length > 0) {
            long[] same = new long[suffixes.length];
            Arrays.fill(same, disclosure.prefix(numbers[0], codeLength));
            return same;
        }
        long[] pairs = new long[numbers.length];
        int count = 0;
        for (int group = 0; group < suffixes.length; group++) {
            int from = count;
            for (int i = starts[group]; i < starts[group + 1]; i++) {
                pairs[count++] = disclosure.prefix(numbers[i], codeLength);
            }
            Arrays.sort(pairs, from, count);
            int kept = from;
            for (int i = from; i < count; i++) {
                if (i == from || pairs[i] != pairs[kept - 1]) {
                    pairs[kept++] = pairs[i];
                }
            }
            count = kept;
        }
        long[] all = Arrays.copyOf(pairs, count);
        Arrays.sort(all);
        return all;
    }

    int size() {
        return numbers.length;
    }

    long number(int position) {
        return numbers[position];
    }

    /// Where the given numbers are, ascending; those that are not in here are passed over.
    int[] positions(long[] wanted) {
        int[] found = new int[wanted.length];
        int count = 0;
        for (long number : wanted) {
            int group = groupOf(Digits.suffix(number, codeLength));
            int at = group < 0 ? -1 : Arrays.binarySearch(numbers, starts[group], starts[group + 1], number);
            if (at >= 0) {
                found[count++] = at;
            }
        }
        int[] positions = Arrays.copyOf(found, count);
        Arrays.sort(positions);
        return positions;
    }

    /// Draws a suffix among those that are left, and one of its numbers that are left.
    ///
    /// @return its position, or -1 when nothing is left
    int draw(int[] out, RandomGenerator random) {
        int[] gone = groupsGone(out);
        int left = suffixes.length - gone.length;
        return left == 0 ? -1 : drawFrom(skip(random.nextInt(left), gone, 0, gone.length), out, random);
    }

    /// Draws one of the numbers with that suffix that are left.
    ///
    /// @return its position, or -1 when none is left
    int drawSuffix(int suffix, int[] out, RandomGenerator random) {
        int group = groupOf(suffix);
        return group < 0 ? -1 : drawFrom(group, out, random);
    }

    /// How many distinct suffixes the numbers have that show the same prefix as this one and are left.
    int distinct(int position, int[] out) {
        long prefix = disclosure.prefix(numbers[position], codeLength);
        int distinct = suffixesOfPrefix[Arrays.binarySearch(prefixes, prefix)];
        for (int from = 0, to; from < out.length; from = to) {
            int group = groupAt(out[from]);
            to = firstFrom(out, starts[group + 1]);
            if (isLost(group, prefix, out, from, to)) {
                distinct--;
            }
        }
        return distinct;
    }

    /// As many distinct suffixes do the numbers of the poorest prefix have; 0 when there are no numbers.
    int fewestDistinct() {
        return Arrays.stream(suffixesOfPrefix).min().orElse(0);
    }

    /// Whether the group has numbers of that prefix, and all of them are out.
    private boolean isLost(int group, long prefix, int[] out, int from, int to) {
        boolean had = false;
        for (int i = starts[group]; i < starts[group + 1]; i++) {
            if (disclosure.prefix(numbers[i], codeLength) == prefix) {
                if (Arrays.binarySearch(out, from, to, i) < 0) {
                    return false;
                }
                had = true;
            }
        }
        return had;
    }

    private int drawFrom(int group, int[] out, RandomGenerator random) {
        int from = firstFrom(out, starts[group]);
        int to = firstFrom(out, starts[group + 1]);
        int left = starts[group + 1] - starts[group] - (to - from);
        return left == 0 ? -1 : skip(starts[group] + random.nextInt(left), out, from, to);
    }

    /// The groups of which every number is out.
    private int[] groupsGone(int[] out) {
        int[] gone = new int[out.length];
        int count = 0;
        for (int from = 0, to; from < out.length; from = to) {
            int group = groupAt(out[from]);
            to = firstFrom(out, starts[group + 1]);
            if (to - from == starts[group + 1] - starts[group]) {
                gone[count++] = group;
            }
        }
        return Arrays.copyOf(gone, count);
    }

    /// Counts `value` on past those that are left out.
    private static int skip(int value, int[] out, int from, int to) {
        int skipped = value;
        for (int i = from; i < to && out[i] <= skipped; i++) {
            skipped++;
        }
        return skipped;
    }

    private int groupOf(int suffix) {
        return Arrays.binarySearch(suffixes, suffix);
    }

    private int groupAt(int position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    /// Index of the first value that is not below.
    private static int firstFrom(int[] ascending, int value) {
        int found = Arrays.binarySearch(ascending, value);
        return found >= 0 ? found : -found - 1;
    }
}
