package io.flashcall.verification.number;

/// How hard a code is to guess: what counts is how many distinct suffixes the numbers have that share the prefix we
/// disclose, not how many digits the code has.
///
/// @param distinct distinct suffixes, 0 or more
public record Strength(int distinct) {

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

    /// How many distinct suffixes keep that chance at or below `most`.
    public static int needed(int checks, int codes, double most) {
        int low = checks + codes;
        int high = low;
        while (new Strength(high).guessChance(checks, codes) > most) {
            low = high;
            high *= 2;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (new Strength(middle).guessChance(checks, codes) > most) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
