package io.flashcall.benchmarks.floor;

import java.util.Arrays;

/// Calls that ring, in the order in which they are to be hung up: all ring equally long.
final class Ringing {

    private long[] numbers = new long[1 << 12];
    private long[] dues = new long[1 << 12];
    private int head;
    private int count;

    void add(long number, long due) {
        if (count == numbers.length) {
            numbers = unrolled(numbers);
            dues = unrolled(dues);
            head = 0;
        }
        int at = (head + count++) & (numbers.length - 1);
        numbers[at] = number;
        dues[at] = due;
    }

    private long[] unrolled(long[] ring) {
        var longer = Arrays.copyOfRange(ring, head, head + 2 * ring.length);
        System.arraycopy(ring, 0, longer, ring.length - head, head);
        return longer;
    }

    boolean isDue(long now) {
        return count > 0 && now - dues[head] >= 0;
    }

    /// The number of the call that is due first.
    long take() {
        long number = numbers[head];
        head = (head + 1) & (numbers.length - 1);
        count--;
        return number;
    }
}
