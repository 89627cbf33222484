package io.flashcall.server.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A few connections that only read, lent to one query each. Thread-safe; blocks while all are lent.
final class Readers implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final Deque<Sql> idle;
    private final int size;
    private boolean closed;

    Readers(List<Sql> connections) {
        this.idle = new ArrayDeque<>(connections);
        this.size = connections.size();
    }

    <T> T read(String what, Work<T> work) {
        var sql = borrow(what);
        try {
            return work.in(sql);
        } catch (SQLException e) {
            throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
        } finally {
            giveBack(sql);
        }
    }

    /// Waits for the queries that are running.
    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            while (idle.size() < size) {
                returned.awaitUninterruptibly();
            }
            for (var sql : idle) {
                sql.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private Sql borrow(String what) {
        lock.lock();
        try {
            while (idle.isEmpty() && !closed) {
                returned.awaitUninterruptibly();
            }
            if (closed) {
                throw new StoreException("cannot " + what + ": the store is closed");
            }
            // The one used last has the warmest pages.
            return idle.pop();
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Sql sql) {
        lock.lock();
        try {
            idle.push(sql);
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
