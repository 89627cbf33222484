package io.flashcall.verification.number;

/// How hard a code is to guess: what counts is how many distinct suffixes the numbers have that share the prefix we
/// disclose, not how many digits the code has.
///
/// @param distinct distinct suffixes, 0 or more
public record Strength(int distinct) {

    /// More than any code has.
    static final int ENOUGH = 1_000_000_000;

    private static final double ROUNDING = 1e-9;

    /// Base-2 logarithm of the distinct suffixes; 0 for none.
    public double bits() {
        return distinct < 1 ? 0 : Math.log(distinct) / Math.log(2);
    }

    /// The chance that somebody who knows the pool hits one of `codes` different codes with `checks` different guesses:
    /// 1 − C(n − codes, checks) / C(n, checks).
    public double guessChance(int checks, int codes) {
        double miss = 1;
        for (int i = 0; i < checks; i++) {
            double left = distinct - i;
            if (left <= codes) {
                return 1;
            }
            miss *= (left - codes) / left;
        }
        return 1 - miss;
    }

    /// Whether that chance is at or below `most`. Three guesses at 300 codes are 1 %, whatever doubles make of it.
    public boolean keeps(int checks, int codes, double most) {
        return guessChance(checks, codes) <= most + most * ROUNDING;
    }

    /// The fewest distinct suffixes that keep that chance at or below `most`.
    ///
    /// @return [Integer#MAX_VALUE] when more than [#ENOUGH] are needed
    public static int needed(int checks, int codes, double most) {
        if (!new Strength(ENOUGH).keeps(checks, codes, most)) {
            return Integer.MAX_VALUE;
        }
        int low = 0;
        int high = ENOUGH;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (new Strength(middle).keeps(checks, codes, most)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
