package io.flashcall.testbed;

import java.util.PriorityQueue;

/// What the loop is to do later, in order of time. Confined to the loop; a task that is no longer wanted finds out
/// for itself when its turn comes.
final class Schedule {

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(1024);
    private long serial;

    /// @param at on the clock of [System#nanoTime]
    void at(long at, Runnable task) {
        queue.add(new Entry(at, serial++, task));
    }

    void runDue(long now) {
        Entry next = queue.peek();
        while (next != null && next.at - now <= 0) {
            queue.remove();
            next.task.run();
            next = queue.peek();
        }
    }

    /// Nanoseconds from `now` to the next task, not negative; `most` if none comes sooner.
    long untilNext(long now, long most) {
        Entry next = queue.peek();
        return next == null ? most : Math.clamp(next.at - now, 0, most);
    }

    private record Entry(long at, long serial, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at == other.at ? Long.compare(serial, other.serial) : Long.compare(at - other.at, 0);
        }
    }
}
