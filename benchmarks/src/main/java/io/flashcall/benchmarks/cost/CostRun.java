package io.flashcall.benchmarks.cost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Measures one side after the other against one far end: callers on the first processor, the far end on the second.
final class CostRun implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("carrier reflect on (\\S+)");
    private static final Duration FAR_END_STARTS = Duration.ofSeconds(30);
    private static final int CALLERS = 0;
    private static final int FAR_END = 1;

    private final Side.Places places;
    private final Pinned farEnd;
    private final String address;

    private CostRun(Side.Places places, Pinned farEnd, String address) {
        this.places = places;
        this.farEnd = farEnd;
        this.address = address;
    }

    static CostRun start(Side.Places places) throws IOException, InterruptedException {
        var command =
                List.of(places.launcher().toString(), "carrier", "--listen", "127.0.0.1:0", "--behaviour", "reflect");
        var farEnd = Pinned.start(FAR_END, command, places.folder(), "far-end");
        long until = System.nanoTime() + FAR_END_STARTS.toNanos();
        while (farEnd.isAlive() && System.nanoTime() - until < 0) {
            var said = ADDRESS.matcher(farEnd.out());
            if (said.find()) {
                return new CostRun(places, farEnd, said.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        farEnd.close();
        throw new IOException("the far end did not start: " + farEnd.out());
    }

    /// A fresh process, its warm-up left out.
    Cost measure(Side side, int rate, Duration warmUp, Duration window) throws IOException, InterruptedException {
        var load = new Load(address, rate, warmUp, window);
        try (var caller = Pinned.start(CALLERS, side.command(load, places), places.folder(), side.name())) {
            caller.await(warmUp);
            if (!caller.isAlive()) {
                throw new IOException(side.label() + " ended at once: " + caller.out());
            }
            var before = caller.cpu();
            var farBefore = farEnd.cpu();
            caller.await(warmUp.plus(window));
            boolean running = caller.isAlive();
            var used = running ? caller.cpu().minus(before) : Duration.ZERO;
            var farUsed = farEnd.cpu().minus(farBefore);
            int exit = caller.end(load.longest());
            boolean held = running
                    && exit >= 0
                    && side.completed(caller.out(), places) >= load.calls() * side.leastCompleted();
            return new Cost(
                    side,
                    rate,
                    used.toNanos() / 1e3 / load.callsMeasured(),
                    (double) farUsed.toNanos() / window.toNanos(),
                    held);
        }
    }

    @Override
    public void close() {
        farEnd.close();
    }
}
