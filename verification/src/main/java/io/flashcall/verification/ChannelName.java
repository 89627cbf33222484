package io.flashcall.verification;

/// Names a way to reach somebody: `flash_call`, or a configured provider such as `sms`; 1 to 32 of `a-z 0-9 _`.
public record ChannelName(String value) {

    /// The missed call itself.
    public static final ChannelName FLASH_CALL = new ChannelName("flash_call");

    public ChannelName {
        if (!value.matches("[a-z0-9_]{1,32}")) {
            throw new IllegalArgumentException("channel: " + value + " (expected: 1 to 32 of a-z 0-9 _)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
