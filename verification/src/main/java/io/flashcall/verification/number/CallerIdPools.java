package io.flashcall.verification.number;

import io.flashcall.engine.E164;
import java.util.Optional;
import java.util.Set;

/// Draws caller ids, and says how hard they are to guess. Thread-safe; keeps each pool's numbers ready in memory.
public interface CallerIdPools {

    /// Draws one with a CSPRNG, uniformly over the distinct suffixes of what is eligible, and among the numbers of that
    /// suffix uniformly again. Where the pool's numbers disclose different prefixes, that holds under each of them:
    /// whoever sees the prefix finds no suffix likelier than another.
    Draw draw(Wish wish);

    /// How hard a code of `codeLength` digits from this pool is to guess, over the numbers that share a
    /// disclosed prefix, in the worst case.
    ///
    /// @return empty when there is no such pool
    Optional<Strength> strength(String pool, int codeLength);

    /// @param pool       its name
    /// @param trunk      that is to show the number: it must be allowed on it
    /// @param codeLength digits of the code
    /// @param taken      what this destination must not see: leased to it, or shown within the cool-down
    /// @param code       digits that the number must end in, where they were asked for
    /// @param country    region that the number must be of, where the route says so
    record Wish(
            String pool,
            String trunk,
            int codeLength,
            Set<E164> taken,
            Optional<String> code,
            Optional<String> country) {

        public Wish {
            taken = Set.copyOf(taken);
        }

        /// Without the code, which is a secret.
        @Override
        public String toString() {
            return "Wish[" + pool + ", " + trunk + "]";
        }
    }

    /// What [#draw] came to.
    sealed interface Draw {

        /// @param number   the caller id
        /// @param prefix   what may be disclosed of it: `+` and leading digits, never those of the code
        /// @param strength over what was eligible for this destination and shares that prefix
        record Drawn(E164 number, String prefix, Strength strength) implements Draw {}

        /// @param reason one sentence for the timeline: the pool is unknown, paused, empty for this trunk, …
        record Nothing(String reason) implements Draw {}

        /// Numbers are eligible, but none ends in the wished code.
        record NoSuchCode() implements Draw {}
    }
}
