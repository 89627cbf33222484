package io.flashcall.verification.number;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Numbers that are ours to show as caller ids.
///
/// @param name        1 to 32 of `a-z 0-9 - _`
/// @param ownership   whose they are, and how that is known
/// @param trunks      names of the trunks that may show them
/// @param numbers     what it holds; numbers of all ranges together at most [#MOST_NUMBERS]
/// @param state       whether calls may be made from it
/// @param disclosed   how many leading digits of a caller id responses show while its session is open, 0 to 11; empty:
///                    as many as all its numbers have in common, less the code
public record Pool(
        String name,
        Ownership ownership,
        Set<String> trunks,
        List<CallerIds.Range> numbers,
        State state,
        Optional<Integer> disclosed) {

    /// Numbers of a pool at most.
    public static final int MOST_NUMBERS = 1_000_000;

    public Pool {
        trunks = Set.copyOf(trunks);
        numbers = List.copyOf(numbers);
        if (!name.matches("[a-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("pool: " + name + " (expected: 1 to 32 of a-z 0-9 - _)");
        }
    }

    /// @param owner   who was assigned the numbers
    /// @param proof   how that can be shown, in the operator's words
    /// @param country ISO 3166 region of the numbers
    public record Ownership(String owner, String proof, String country) {}

    /// @param active      whether calls may be made from it
    /// @param quarantined numbers that may not be shown for now, say because somebody marks them as spam
    public record State(boolean active, Set<E164> quarantined) {

        public static final State ACTIVE = new State(true, Set.of());

        public State {
            quarantined = Set.copyOf(quarantined);
        }
    }
}
