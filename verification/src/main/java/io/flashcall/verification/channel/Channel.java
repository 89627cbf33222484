package io.flashcall.verification.channel;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Session;
import java.time.Instant;

/// One way to reach a user. Thread-safe; called on virtual threads, where it may block.
public interface Channel {

    ChannelName name();

    /// Decides what the session's next attempt on this channel carries, and over which way; sends nothing. May be asked
    /// several times for one attempt, say because a caller id was taken meanwhile.
    Preparation prepare(Session session, Launch launch);

    /// Sends what was prepared, after it was saved. How it ends is told to the [AttemptListener], at once or later;
    /// every dispatch ends with exactly one outcome, unless the process dies.
    void dispatch(Session session, Attempt attempt, Secret secret);

    /// Ends an attempt that may still be under way; does nothing where there is nothing to end.
    void hangUp(Session session, Attempt attempt);

    /// For which send and place in the plan an attempt is prepared.
    record Launch(int send, int channelIndex, Instant now) {}
}
