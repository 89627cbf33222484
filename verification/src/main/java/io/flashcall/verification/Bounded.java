package io.flashcall.verification;

/// A setting with its usual value, and the bounds within which a request may ask for another.
public record Bounded<T extends Comparable<T>>(T usual, T least, T most) {

    public Bounded {
        if (least.compareTo(usual) > 0 || usual.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    usual + " (expected: " + least + " to " + most + ", least to most with the default between)");
        }
    }

    /// No request may ask for another value.
    public static <T extends Comparable<T>> Bounded<T> fixed(T value) {
        return new Bounded<>(value, value, value);
    }

    public boolean allows(T value) {
        return least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
    }
}
