package io.flashcall.server.config;

/// A value that is not what its place takes. The message names both: `5x (expected: a duration such as 1500ms or 2s)`.
public final class BadValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String value;
    private final String expected;

    /// @param value what was found; telephone numbers in it are masked
    BadValueException(String value, String expected) {
        super(Masking.mask(value) + " (expected: " + expected + ")");
        this.value = Masking.mask(value);
        this.expected = expected;
    }

    /// What was found, masked.
    public String value() {
        return value;
    }

    /// What would have been right.
    public String expected() {
        return expected;
    }
}
