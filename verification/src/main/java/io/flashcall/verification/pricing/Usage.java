package io.flashcall.verification.pricing;

import java.time.Duration;

/// How much of a provider's service an attempt used.
///
/// @param parts    of a message, as its provider counts them, 1 or more
/// @param answered how long a call was answered; zero: it was not
public record Usage(int parts, Duration answered) {

    /// One part, or a call that nobody answered.
    public static final Usage ONE = new Usage(1, Duration.ZERO);

    public Usage {
        if (parts < 1 || answered.isNegative()) {
            throw new IllegalArgumentException("usage: " + parts + " parts, " + answered + " (expected: 1 or more)");
        }
    }

    /// A message of so many parts.
    public static Usage ofParts(int parts) {
        return new Usage(parts, Duration.ZERO);
    }
}
