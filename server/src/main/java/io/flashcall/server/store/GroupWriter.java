package io.flashcall.server.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. It takes whatever is queued, runs each task behind a savepoint, and commits all of them
/// at once: many tasks share one wait for the disk. A task that fails is undone alone. Thread-safe.
final class GroupWriter implements AutoCloseable {

    /// Tasks of one commit at most.
    private static final int MOST_TASKS = 256;

    private final Sql sql;
    private final BlockingQueue<WriteTask<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /// @param sql is this writer's own from now on; starts no transaction by itself
    GroupWriter(Sql sql) {
        this.sql = sql;
        this.thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
    }

    <T> T write(String what, Work<T> work) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a transaction asked for another one");
        }
        var task = new WriteTask<>(what, work);
        if (closed) {
            throw closed(what);
        }
        queue.add(task);
        // Whom close overtook here either takes the task back, or finds that the writer still does it.
        if (closed && queue.remove(task)) {
            throw closed(what);
        }
        return task.await();
    }

    /// How many tasks wait for the group that is being committed.
    int queued() {
        return queue.size();
    }

    /// Finishes what is queued.
    @Override
    public void close() {
        closed = true;
        // Wakes the thread.
        queue.add(new WriteTask<>("close", _ -> true));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static StoreException closed(String what) {
        return new StoreException("cannot " + what + ": the store is closed");
    }

    private void run() {
        var group = new ArrayList<WriteTask<?>>(MOST_TASKS);
        for (var first = next(); first != null; first = next()) {
            group.add(first);
            queue.drainTo(group, MOST_TASKS - 1);
            commit(group);
            group.clear();
        }
        try {
            sql.close();
        } catch (SQLException e) {
            // All is committed; there is nothing left to lose.
        }
    }

    private @Nullable WriteTask<?> next() {
        while (true) {
            try {
                return closed ? queue.poll() : queue.take();
            } catch (InterruptedException e) {
                // The thread ends by close alone.
            }
        }
    }

    private void commit(List<WriteTask<?>> group) {
        try {
            sql.update("BEGIN IMMEDIATE");
            for (var task : group) {
                sql.update("SAVEPOINT task");
                if (!task.run(sql)) {
                    // Fails where SQLite undid the whole transaction, as after a full disk.
                    sql.update("ROLLBACK TO task");
                }
                sql.update("RELEASE task");
            }
            sql.update("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            rollBack();
            group.forEach(task -> task.fail(e));
            return;
        }
        group.forEach(WriteTask::answer);
    }

    private void rollBack() {
        try {
            sql.update("ROLLBACK");
        } catch (SQLException | RuntimeException e) {
            // SQLite did so by itself already.
        }
    }
}
