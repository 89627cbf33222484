package io.flashcall.cli.handset;

import io.flashcall.testbed.RingListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The displays of all telephones that a carrier rings: each remembers who called it, as missed calls.
///
/// Keeps the last [#MOST_CALLS] calls of each of the [#MOST_HANDSETS] handsets that rang last. Thread-safe; the
/// carrier's loop is never kept waiting for longer than a look into a map takes.
public final class Handsets implements RingListener {

    public static final int MOST_HANDSETS = 100_000;
    public static final int MOST_CALLS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rang = lock.newCondition();
    private final Map<String, Display> displays = new LinkedHashMap<>(16, 0.75f, true);
    private final List<RingReader> readers = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    public Handsets(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void onRinging(String called, String caller) {
        var ring = new Ring(international(called), caller, clock.instant());
        lock.lock();
        try {
            displays.computeIfAbsent(ring.to(), _ -> new Display()).begin(ring);
            if (displays.size() > MOST_HANDSETS) {
                var eldest = displays.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
            rang.signalAll();
        } finally {
            lock.unlock();
        }
        for (var reader : readers) {
            reader.add(ring);
        }
    }

    @Override
    public void onRingStopped(String called, String caller) {
        lock.lock();
        try {
            var display = displays.get(international(called));
            if (display != null) {
                display.end(caller, clock.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    /// The calls of a handset, the latest first.
    ///
    /// @param number with or without `+`, and with anything between its digits
    public List<MissedCall> calls(String number) {
        lock.lock();
        try {
            var display = displays.get(international(number));
            return display == null ? List.of() : List.copyOf(display.calls);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a call.
    ///
    /// @param after the number of the last call that is known already, 0 for none
    /// @return the first call after that one, of those that are remembered; empty when none came in time
    public Optional<MissedCall> next(String number, long after, Duration most) throws InterruptedException {
        String key = international(number);
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                var display = displays.get(key);
                var found = display == null ? Optional.<MissedCall>empty() : display.after(after);
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                left = rang.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Every ring from now on.
    public RingReader read() {
        var reader = new RingReader(this);
        readers.add(reader);
        return reader;
    }

    void leave(RingReader reader) {
        readers.remove(reader);
    }

    /// A handset is the same one, whichever form its number has. What holds no digit stays as it is.
    static String international(String number) {
        String digits = number.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? number : "+" + digits;
    }

    /// The calls of one handset, the latest first.
    private static final class Display {

        private final Deque<MissedCall> calls = new ArrayDeque<>(2);
        private long count;

        void begin(Ring ring) {
            calls.addFirst(new MissedCall(++count, ring.from(), ring.at(), Optional.empty()));
            if (calls.size() > MOST_CALLS) {
                calls.removeLast();
            }
        }

        /// The eldest that rings with this caller id is the one that stops.
        void end(String caller, Instant now) {
            long ending = 0;
            for (var call : calls) {
                if (call.rang().isEmpty() && call.from().equals(caller)) {
                    ending = call.number();
                }
            }
            for (int i = calls.size(); i > 0; i--) {
                var call = calls.removeFirst();
                calls.addLast(call.number() == ending ? call.stopped(now) : call);
            }
        }

        Optional<MissedCall> after(long number) {
            Optional<MissedCall> found = Optional.empty();
            for (var call : calls) {
                if (call.number() > number) {
                    found = Optional.of(call);
                }
            }
            return found;
        }
    }
}
