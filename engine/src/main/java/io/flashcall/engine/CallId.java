package io.flashcall.engine;

/// Names one accepted call. As text it is 16 hex digits, the ones that the SIP Call-ID begins with, so that a call
/// can be found in any carrier's trace.
///
/// @param value the user agent, slot and generation that the call lives in, packed
public record CallId(long value) {

    private static final int HEX = 16;

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException unless `text` is 16 hex digits
    public static CallId parse(String text) {
        try {
            if (text.length() == HEX) {
                return new CallId(Long.parseUnsignedLong(text, HEX));
            }
        } catch (NumberFormatException e) {
            // Falls through to the message that says what was expected.
        }
        throw new IllegalArgumentException("call id: " + text + " (expected: 16 hex digits)");
    }

    @Override
    public String toString() {
        return "%016x".formatted(value);
    }
}
