package io.flashcall.engine.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time: what happens when. What happens at the same time happens in the order in which it was scheduled.
final class Schedule {

    /// Never.
    static final long NEVER = Long.MAX_VALUE;

    private record Task(long at, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long scheduled;

    /// Nanoseconds since the universe began.
    long now() {
        return now;
    }

    void at(long time, Runnable action) {
        tasks.add(new Task(Math.max(time, now), scheduled++, action));
    }

    void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    /// Moves to the next task and runs it.
    ///
    /// @return false if there is none
    boolean runNext() {
        var task = tasks.poll();
        if (task == null) {
            return false;
        }
        now = task.at();
        task.action().run();
        return true;
    }
}
