package io.flashcall.cli.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/// One page in one browser: what its phone does, which verification it sees, and what it has been told, the
/// last [#MOST_NOTES] of it. A page that is loaded again, or whose stream broke, reads them again and is
/// where it was.
///
/// Thread-safe; [#tell] waits for nobody.
final class Visit {

    static final int MOST_NOTES = 600;

    /// What it verifies.
    ///
    /// @param verification its id
    /// @param number       `+441614960123`
    record Subject(String verification, String number) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Deque<Note> notes = new ArrayDeque<>();
    private final String id;
    private long count;
    private int watchers;
    private Instant lastWatched;
    private boolean over;
    private PhoneMood mood = PhoneMood.RINGS;
    private Optional<Subject> subject = Optional.empty();

    /// @param id cannot be guessed: whoever knows it sees the phone
    Visit(String id, Instant now) {
        this.id = id;
        this.lastWatched = now;
    }

    String id() {
        return id;
    }

    void tell(String type, ObjectNode data) {
        lock.lock();
        try {
            notes.addLast(new Note(++count, type, data));
            if (notes.size() > MOST_NOTES) {
                notes.removeFirst();
            }
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for something to tell.
    ///
    /// @param number of the last note that is known already, 0 for none
    /// @return empty when there was nothing in this time, or the visit is over
    List<Note> after(long number, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        lock.lockInterruptibly();
        try {
            while (count <= number && !over) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !told.await(left, TimeUnit.NANOSECONDS)) {
                    return List.of();
                }
            }
            return notes.stream().filter(note -> note.number() > number).toList();
        } finally {
            lock.unlock();
        }
    }

    /// One more stream reads it.
    ///
    /// @return whether there is room for it
    boolean watch(int most) {
        lock.lock();
        try {
            if (over || watchers >= most) {
                return false;
            }
            watchers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void unwatch(Instant now) {
        lock.lock();
        try {
            watchers--;
            lastWatched = now;
        } finally {
            lock.unlock();
        }
    }

    /// Since when nobody reads it; empty while somebody does.
    Optional<Instant> alone() {
        lock.lock();
        try {
            return watchers > 0 ? Optional.empty() : Optional.of(lastWatched);
        } finally {
            lock.unlock();
        }
    }

    /// Its streams end.
    void end() {
        lock.lock();
        try {
            over = true;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    PhoneMood mood() {
        lock.lock();
        try {
            return mood;
        } finally {
            lock.unlock();
        }
    }

    void mood(PhoneMood next) {
        lock.lock();
        try {
            mood = next;
        } finally {
            lock.unlock();
        }
    }

    Optional<Subject> subject() {
        lock.lock();
        try {
            return subject;
        } finally {
            lock.unlock();
        }
    }

    void subject(Subject next) {
        lock.lock();
        try {
            subject = Optional.of(next);
        } finally {
            lock.unlock();
        }
    }
}
