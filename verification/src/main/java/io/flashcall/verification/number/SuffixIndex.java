package io.flashcall.verification.number;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Numbers grouped by what they disclose and by their last digits, so that a draw is uniform over the distinct codes
/// however the numbers are spread over them, and takes microseconds for a million of them. Immutable.
///
/// Whoever knows the pool and sees a prefix learns nothing more about the code: among the numbers that show that prefix
/// no suffix is likelier than another. A group is therefore one suffix under one prefix, and a draw takes one group of
/// all.
///
/// Callers name numbers by their positions in here. What a draw must leave out comes as an ascending array of
/// positions; it is short, and everything is exact: nothing is tried until it fits.
final class SuffixIndex {

    private final int codeLength;
    private final Disclosure disclosure;

    /// The distinct disclosed prefixes, ascending: the groups of prefix `p` begin at `firstGroups[p]`.
    private final long[] prefixes;

    private final int[] firstGroups;

    /// Each group's suffix, ascending within a prefix: the numbers of group `g` begin at position `starts[g]`.
    private final int[] suffixes;

    private final int[] starts;

    /// Ordered by prefix, suffix and value.
    private final long[] numbers;

    /// @param ascending distinct numbers
    SuffixIndex(long[] ascending, int codeLength, Disclosure disclosure) {
        this.codeLength = codeLength;
        this.disclosure = disclosure;
        this.prefixes = prefixes(ascending);
        this.firstGroups = new int[prefixes.length + 1];
        this.numbers = byPrefix(bySuffix(ascending));
        int[] groupSuffixes = new int[numbers.length];
        int[] groupStarts = new int[numbers.length + 1];
        int groups = 0;
        int lastPrefix = -1;
        for (int i = 0; i < numbers.length; i++) {
            int prefix = prefixOf(numbers[i]);
            int suffix = Digits.suffix(numbers[i], codeLength);
            if (prefix != lastPrefix || suffix != groupSuffixes[groups - 1]) {
                if (prefix != lastPrefix) {
                    firstGroups[prefix] = groups;
                    lastPrefix = prefix;
                }
                groupSuffixes[groups] = suffix;
                groupStarts[groups++] = i;
            }
        }
        firstGroups[prefixes.length] = groups;
        groupStarts[groups] = numbers.length;
        this.suffixes = Arrays.copyOf(groupSuffixes, groups);
        this.starts = Arrays.copyOf(groupStarts, groups + 1);
    }

    private long[] prefixes(long[] ascending) {
        if (disclosure.isSame() && ascending.length > 0) {
            return new long[] {disclosure.prefix(ascending[0], codeLength)};
        }
        return Arrays.stream(ascending)
                .map(number -> disclosure.prefix(number, codeLength))
                .sorted()
                .distinct()
                .toArray();
    }

    /// Sorts by suffix, and keeps the order of those with the same.
    private long[] bySuffix(long[] numbers) {
        int[] next = new int[(int) Digits.power(codeLength) + 1];
        for (long number : numbers) {
            next[Digits.suffix(number, codeLength) + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        long[] sorted = new long[numbers.length];
        for (long number : numbers) {
            sorted[next[Digits.suffix(number, codeLength)]++] = number;
        }
        return sorted;
    }

    /// Sorts by prefix, and keeps the order of those with the same.
    private long[] byPrefix(long[] numbers) {
        if (prefixes.length == 1) {
            return numbers;
        }
        int[] next = new int[prefixes.length + 1];
        for (long number : numbers) {
            next[prefixOf(number) + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        long[] sorted = new long[numbers.length];
        for (long number : numbers) {
            sorted[next[prefixOf(number)]++] = number;
        }
        return sorted;
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
            int prefix = prefixOf(number);
            int group = prefix < 0 ? -1 : group(prefix, Digits.suffix(number, codeLength));
            int at = group < 0 ? -1 : Arrays.binarySearch(numbers, starts[group], starts[group + 1], number);
            if (at >= 0) {
                found[count++] = at;
            }
        }
        int[] positions = Arrays.copyOf(found, count);
        Arrays.sort(positions);
        return positions;
    }

    /// Draws a group among those of which something is left, and one of its numbers that are left.
    ///
    /// @return its position, or -1 when nothing is left
    int draw(int[] out, RandomGenerator random) {
        int[] gone = groupsGone(out);
        int left = suffixes.length - gone.length;
        if (left == 0) {
            return -1;
        }
        int group = skip(random.nextInt(left), gone, 0, gone.length);
        return nth(random.nextInt(left(group, out)), group, out);
    }

    /// Draws one of the numbers with that suffix that are left, whatever they disclose.
    ///
    /// @return its position, or -1 when none is left
    int drawSuffix(int suffix, int[] out, RandomGenerator random) {
        int[] groups = new int[prefixes.length];
        int count = 0;
        int left = 0;
        for (int prefix = 0; prefix < prefixes.length; prefix++) {
            int group = group(prefix, suffix);
            if (group >= 0) {
                groups[count++] = group;
                left += left(group, out);
            }
        }
        if (left == 0) {
            return -1;
        }
        int drawn = random.nextInt(left);
        int at = 0;
        while (drawn >= left(groups[at], out)) {
            drawn -= left(groups[at++], out);
        }
        return nth(drawn, groups[at], out);
    }

    /// How many distinct suffixes the numbers have that show the same prefix as this one and are left.
    int distinct(int position, int[] out) {
        int prefix = prefixOf(numbers[position]);
        int[] gone = groupsGone(out);
        return groupsOf(prefix) - (firstFrom(gone, firstGroups[prefix + 1]) - firstFrom(gone, firstGroups[prefix]));
    }

    /// As many distinct suffixes do the numbers of the poorest prefix have; 0 when there are no numbers.
    int fewestDistinct() {
        int fewest = suffixes.length;
        for (int prefix = 0; prefix < prefixes.length; prefix++) {
            fewest = Math.min(fewest, groupsOf(prefix));
        }
        return fewest;
    }

    /// The groups of which every number is out, ascending.
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

    /// How many numbers of a group are left.
    private int left(int group, int[] out) {
        int gone = firstFrom(out, starts[group + 1]) - firstFrom(out, starts[group]);
        return starts[group + 1] - starts[group] - gone;
    }

    /// The position of the one at `index` among the numbers of a group that are left.
    private int nth(int index, int group, int[] out) {
        return skip(starts[group] + index, out, firstFrom(out, starts[group]), firstFrom(out, starts[group + 1]));
    }

    /// Counts `value` on past those that are left out.
    private static int skip(int value, int[] out, int from, int to) {
        int skipped = value;
        for (int i = from; i < to && out[i] <= skipped; i++) {
            skipped++;
        }
        return skipped;
    }

    /// Which prefix a number shows; negative when none of ours does.
    private int prefixOf(long number) {
        return disclosure.isSame()
                ? prefixes.length - 1
                : Arrays.binarySearch(prefixes, disclosure.prefix(number, codeLength));
    }

    /// The group of a suffix under a prefix; negative when there is none.
    private int group(int prefix, int suffix) {
        return Arrays.binarySearch(suffixes, firstGroups[prefix], firstGroups[prefix + 1], suffix);
    }

    private int groupsOf(int prefix) {
        return firstGroups[prefix + 1] - firstGroups[prefix];
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
