package io.flashcall.engine.trunk.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An agenda whose time a test turns on by hand; its work is done on the test's thread.
final class HandAgenda implements Agenda {

    private record Planned(long at, Runnable work) {}

    /// Monotonic time may well begin below zero.
    private static final long START = -3_000_000_000L;

    private final List<Planned> planned = new ArrayList<>();
    private long now = START;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now - START);
    }

    @Override
    public Entry after(Duration delay, Runnable work) {
        var entry = new Planned(now + delay.toNanos(), work);
        planned.add(entry);
        return () -> planned.remove(entry);
    }

    /// Lets time pass, and does what falls due in its order.
    void pass(Duration duration) {
        long until = now + duration.toNanos();
        while (true) {
            var due = planned.stream().filter(entry -> entry.at() <= until).min(Comparator.comparingLong(Planned::at));
            if (due.isEmpty()) {
                now = until;
                return;
            }
            planned.remove(due.get());
            now = due.get().at();
            due.get().work().run();
        }
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    /// How many entries stand on it.
    int entries() {
        return planned.size();
    }
}
