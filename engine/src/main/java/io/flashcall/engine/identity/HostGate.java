package io.flashcall.engine.identity;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one at a time to each host, so that a slow server holds up its own callers alone, and we are no
/// burden to it. Thread-safe.
final class HostGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<String> busy = new HashSet<>();

    /// Waits until nobody else is at this host. Who has come in must [#leave].
    ///
    /// @return false if that took longer than we would wait
    boolean enter(String host, long mostNanos) throws InterruptedException {
        long rest = mostNanos;
        lock.lock();
        try {
            while (!busy.add(host)) {
                if (rest <= 0) {
                    return false;
                }
                rest = left.awaitNanos(rest);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(String host) {
        lock.lock();
        try {
            busy.remove(host);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
