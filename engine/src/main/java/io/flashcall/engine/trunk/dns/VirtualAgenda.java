package io.flashcall.engine.trunk.dns;

import java.time.Duration;
import java.time.Instant;

/// @param name of the threads
record VirtualAgenda(String name) implements Agenda {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Entry after(Duration delay, Runnable work) {
        return Thread.ofVirtual().name(name).start(() -> waitAndDo(delay, work))::interrupt;
    }

    private static void waitAndDo(Duration delay, Runnable work) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            return;
        }
        work.run();
    }
}
