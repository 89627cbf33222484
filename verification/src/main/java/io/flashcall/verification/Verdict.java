package io.flashcall.verification;

/// What the outcome of an attempt means for the plan.
public enum Verdict {
    /// It reached the user: the plan waits until the channel's time is up.
    DELIVERED,
    /// It may have reached the user (Q.850 19): waits as well, and is never tried again.
    PERHAPS,
    /// It did not, and another route may still succeed (D9: no response, transport, 408, 5xx). What has no routes, such
    /// as a message, moves on to the next channel.
    NEXT_ROUTE,
    /// It did not, and no other route of this channel will do better.
    NEXT_CHANNEL;

    /// Whether the plan gives the user the channel's time to enter what they saw.
    public boolean isWaitedFor() {
        return switch (this) {
            case DELIVERED, PERHAPS -> true;
            case NEXT_ROUTE, NEXT_CHANNEL -> false;
        };
    }
}
