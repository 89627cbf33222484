package io.flashcall.cli.option;

/// A value of an option that does not go with the rest, and what would.
final class OptionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    OptionException(String option, Object value, String expected) {
        super("Invalid value for option '" + option + "': " + value + " (expected: " + expected + ")");
    }
}
