package io.flashcall.verification;

import java.util.regex.Pattern;

/// Names a way to reach somebody: `flash_call`, or a configured provider such as `sms`; 1 to 32 of `a-z 0-9 _`.
public record ChannelName(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_]{1,32}");

    /// The missed call itself.
    public static final ChannelName FLASH_CALL = new ChannelName("flash_call");

    public ChannelName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("channel: " + value + " (expected: 1 to 32 of a-z 0-9 _)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
