package io.flashcall.engine.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// All that is left to chance in a universe, drawn from its seed.
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /// A stream of its own, so that what one part draws does not move the others.
    Chance split() {
        return new Chance(random.split());
    }

    boolean of(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /// A number from `least` to `most`.
    long between(long least, long most) {
        return least >= most ? least : random.nextLong(least, most + 1);
    }

    long bits() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
