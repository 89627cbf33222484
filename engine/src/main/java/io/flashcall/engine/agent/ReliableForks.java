package io.flashcall.engine.agent;

/// The early dialogs of a call that have reliable provisional responses: the last number acknowledged of each fork
/// (RFC 3262 §4), and whether it has answered our offer. Makes its arrays with the first; most calls have none.
final class ReliableForks {

    /// Forks whose order is kept. Of further ones each response is acknowledged as it comes.
    private static final int MOST = 8;

    private static final long[] NONE = {};

    private long[] tags = NONE;
    private long[] numbers = NONE;
    private long answered;
    private int offersAnswered;
    private int count;

    void clear() {
        count = 0;
        answered = 0;
        offersAnswered = 0;
    }

    /// How many offers of the callee's side we have answered.
    int offersAnswered() {
        return offersAnswered;
    }

    void noteOfferAnswered() {
        offersAnswered++;
    }

    /// The fork has answered our offer (RFC 3261 §13.2.1).
    void noteAnswer(long toTag) {
        for (int i = 0; i < count; i++) {
            answered |= tags[i] == toTag ? 1L << i : 0;
        }
    }

    /// Whether the fork has answered our offer: only then may it make one of its own (RFC 3311 §5.2).
    boolean hasAnswered(long toTag) {
        for (int i = 0; i < count; i++) {
            if (tags[i] == toTag) {
                return (answered & 1L << i) != 0;
            }
        }
        return false;
    }

    /// Whether this response is the next one of its fork, and then notes it. The first may have any number; a
    /// repeated one, or one out of order, must not be acknowledged.
    boolean isNext(long toTag, long number) {
        for (int i = 0; i < count; i++) {
            if (tags[i] == toTag) {
                boolean next = number == numbers[i] + 1;
                numbers[i] = next ? number : numbers[i];
                return next;
            }
        }
        if (count < MOST) {
            open(toTag, number);
        }
        return true;
    }

    private void open(long toTag, long number) {
        if (tags.length == 0) {
            tags = new long[MOST];
            numbers = new long[MOST];
        }
        tags[count] = toTag;
        numbers[count] = number;
        count++;
    }
}
