package io.flashcall.cli.loadapi;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/// A fixed number of connections to the service that share the requests that are due: a request that finds all of them
/// taken waits, and its latency, which counts from when it was due, says so.
final class Lanes implements AutoCloseable {

    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<URI> urls;
    private final String key;
    private final BiConsumer<Request, List<Wire>> worker;

    /// @param worker sends a request over one of the wires, in the order of the target's URLs; must not throw
    Lanes(ApiTarget target, int count, BiConsumer<Request, List<Wire>> worker) {
        this.urls = target.urls();
        this.key = target.key();
        this.worker = worker;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name("lane-" + i).start(this::work));
        }
    }

    /// @param session  whose
    /// @param kind     what to ask
    /// @param dueNanos since when
    /// @param tries    before this one
    record Request(LoadSession session, Kind kind, long dueNanos, int tries) {

        Request again() {
            return new Request(session, kind, dueNanos, tries + 1);
        }
    }

    enum Kind {
        START,
        CHECK,
        /// How it stands, where a check's answer left that open.
        LOOK;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void add(Request request) {
        queue.add(request);
    }

    private void work() {
        var wires = urls.stream().map(url -> new Wire(url, key)).toList();
        try {
            while (true) {
                worker.accept(queue.take(), wires);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wires.forEach(Wire::close);
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
