package io.flashcall.verification;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names one verification session: `ver_` and 26 characters of Crockford's base 32, which are 48 bits of its start in
/// milliseconds and 80 random ones. Sorted as text, sessions stand in the order of their starts.
public record SessionId(String value) {

    private static final String PREFIX = "ver_";
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-hjkmnp-tv-z]{26}");
    private static final int TIME_CHARS = 10;
    private static final int RANDOM_CHARS = 16;

    public SessionId {
        if (!isSessionId(value)) {
            throw new IllegalArgumentException("session: not an id of ours (expected: ver_ and 26 characters)");
        }
    }

    /// Draws a new one.
    public static SessionId next(Instant now, RandomGenerator random) {
        var text = new StringBuilder(from(now));
        for (int i = 0; i < RANDOM_CHARS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return new SessionId(text.toString());
    }

    /// What comes before every id of a session that starts at this moment or later, and after every other.
    public static String from(Instant at) {
        var text = new StringBuilder(PREFIX);
        long millis = at.toEpochMilli();
        for (int i = TIME_CHARS - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt((int) (millis >>> (5 * i)) & 31));
        }
        return text.toString();
    }

    /// Whether `text` would make an id.
    public static boolean isSessionId(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
