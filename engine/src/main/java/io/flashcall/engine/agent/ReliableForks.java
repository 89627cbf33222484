package io.flashcall.engine.agent;

/// Which reliable provisional responses of a call were acknowledged: the last number of each fork (RFC 3262
/// §4). Makes its arrays with the first; most calls have none.
final class ReliableForks {

    /// Forks whose order is kept. Of further ones each response is acknowledged as it comes.
    private static final int MOST = 8;

    private long[] tags = {};
    private long[] numbers = {};
    private int count;

    void clear() {
        count = 0;
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
