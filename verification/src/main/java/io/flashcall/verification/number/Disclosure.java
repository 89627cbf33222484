package io.flashcall.verification.number;

import io.flashcall.engine.CallerIds;
import java.util.List;

/// How many leading digits of a pool's numbers may be shown while they are a secret: never one of the code's.
///
/// @param wished   as many at most
/// @param shortest where all numbers show what they have in common: digits of the shortest, of which all show as few.
///                 0 where each number shows what its own length allows
record Disclosure(int wished, int shortest) {

    static Disclosure of(Pool pool) {
        return pool.disclosed()
                .map(digits -> new Disclosure(Math.max(digits, 0), 0))
                .orElseGet(() -> new Disclosure(common(pool.numbers()), shortest(pool.numbers())));
    }

    /// Whether all numbers of the pool show the same.
    boolean isSame() {
        return shortest > 0;
    }

    /// The leading digits of a number that are shown, as their value; 0 for none.
    long prefix(long number, int codeLength) {
        int length = shortest > 0 ? shortest : Digits.length(number);
        return Digits.prefix(number, Math.min(wished, length - codeLength));
    }

    /// `+` and the digits.
    String shown(long number, int codeLength) {
        long prefix = prefix(number, codeLength);
        return prefix == 0 ? "+" : "+" + prefix;
    }

    /// How many digits all numbers begin with.
    private static int common(List<CallerIds.Range> ranges) {
        if (ranges.isEmpty()) {
            return 0;
        }
        var first = ranges.getFirst().first().digits();
        int common = first.length();
        for (var range : ranges) {
            common = Math.min(common, common(first, range.first().digits()));
            common = Math.min(common, common(first, range.last().digits()));
        }
        return common;
    }

    private static int common(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int i = 0;
        while (i < most && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        return i;
    }

    private static int shortest(List<CallerIds.Range> ranges) {
        return ranges.stream()
                .mapToInt(range -> range.first().digits().length())
                .min()
                .orElse(0);
    }
}
