package io.flashcall.cli.load;

import io.flashcall.engine.Engine;
import io.flashcall.engine.telemetry.EngineSnapshot;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A load from its first call to its last: starts the placer, watches, waits for all calls to end, drains.
final class LoadRun {

    private static final long SECOND = 1_000_000_000L;
    /// A final is sent again after T1 (500 ms), and once more.
    private static final long REPEATED_FINALS = 1_600_000_000L;

    private static final long GLANCE = 50_000_000L;
    private static final long GLANCE_AT_THE_END = 5_000_000L;

    private final Engine engine;
    private final LoadTally tally;
    private final Placer placer;
    private final CpuMeter cpu;
    private final List<LoadWatcher> watchers;
    private final Thread thread = Thread.currentThread();
    private volatile boolean stopping;

    /// To be made and run on the same thread.
    ///
    /// @param watchers none: no snapshot is taken while the load runs
    LoadRun(Engine engine, LoadTally tally, Placer placer, CpuMeter cpu, List<LoadWatcher> watchers) {
        this.engine = engine;
        this.tally = tally;
        this.placer = placer;
        this.cpu = cpu;
        this.watchers = List.copyOf(watchers);
    }

    /// Any thread: places no more and ends the calls that are up.
    void stop() {
        stopping = true;
        placer.stop();
        LockSupport.unpark(thread);
    }

    /// Runs to the end and closes the engine.
    ///
    /// @param longestCall  after which a call is not waited for
    /// @param drainTimeout how long calls may take to end after [#stop]
    LoadReport run(Duration longestCall, Duration drainTimeout) throws InterruptedException {
        settle();
        long start = System.nanoTime();
        var placing = Thread.ofPlatform().name("flashcall-placer").start(placer);
        long nextReport = start + SECOND;
        long deadline = Long.MAX_VALUE;
        while (!stopping && System.nanoTime() - start < deadline && (placing.isAlive() || placer.inFlight() > 0)) {
            if (deadline == Long.MAX_VALUE && !placing.isAlive()) {
                deadline = System.nanoTime() - start + longestCall.toNanos();
            }
            LockSupport.parkNanos(placing.isAlive() ? GLANCE : GLANCE_AT_THE_END);
            if (System.nanoTime() - nextReport >= 0) {
                nextReport += SECOND;
                watch(start);
            }
        }
        placer.stop();
        placing.join();
        return finish(start, drainTimeout);
    }

    /// Moves what the engine allocated ahead of time to where the collector leaves it alone: otherwise the first
    /// collection copies it all, in the middle of the load.
    private static void settle() {
        System.gc();
    }

    private LoadReport finish(long start, Duration drainTimeout) {
        var costOfAll = placer.inFlight() == 0 ? Optional.of(cpu.cost(tally.ended())) : Optional.<CpuMeter.Cost>empty();
        int waiting = drain(drainTimeout);
        watch(start);
        var wire = engine.snapshot();
        long left = placer.inFlight();
        engine.close();
        var cost = costOfAll.orElseGet(() -> cpu.cost(tally.ended()));
        return new LoadReport(ends(left, Math.max(0, waiting - left)), placer.rate(), cost, wire);
    }

    /// Hangs up and waits; after a signal also for the finals that come again because our ACK was lost in the rush, but
    /// for no more than what is left of the time.
    ///
    /// @return calls that wait for a peer still
    private int drain(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        int waiting = engine.drain(timeout).left().size();
        if (stopping) {
            long end = Math.min(deadline, System.nanoTime() + REPEATED_FINALS);
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
        return waiting;
    }

    private LoadReport.Ends ends(long left, long unanswered) {
        return new LoadReport.Ends(
                placer.accepted(), tally.ended(), left, unanswered, tally.outcomes(), placer.refused());
    }

    private void watch(long start) {
        if (watchers.isEmpty()) {
            return;
        }
        var ended = new EnumMap<LoadTally.Kind, Long>(LoadTally.Kind.class);
        for (var kind : LoadTally.Kind.values()) {
            ended.put(kind, tally.ended(kind));
        }
        long refused =
                placer.refused().values().stream().mapToLong(Long::longValue).sum();
        EngineSnapshot snapshot = engine.snapshot();
        var progress = new LoadProgress(
                Duration.ofNanos(System.nanoTime() - start), placer.accepted(), refused, ended, snapshot.latencies());
        watchers.forEach(watcher -> watcher.onProgress(progress));
    }
}
