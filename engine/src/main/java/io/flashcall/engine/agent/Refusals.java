package io.flashcall.engine.agent;

import java.util.Arrays;

/// Tokens of messages that a connection did not take, until somebody asks. One thread.
final class Refusals {

    private long[] tokens = new long[16];
    private int count;

    void add(long token) {
        if (token == Sender.NO_TOKEN) {
            return;
        }
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = token;
    }

    /// The one that was added last, which is forgotten; [Sender#NO_TOKEN] when there is none.
    long take() {
        return count == 0 ? Sender.NO_TOKEN : tokens[--count];
    }
}
