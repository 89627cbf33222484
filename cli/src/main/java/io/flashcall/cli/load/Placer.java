package io.flashcall.cli.load;

import io.flashcall.engine.Admission;
import io.flashcall.engine.Engine;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/// Places the calls of a load when they are due, on a thread of its own. When it is late it catches up: no call is
/// dropped from the schedule.
///
/// Its thread writes the counts, anyone reads them.
final class Placer implements Runnable {

    /// Calls are placed in batches: a thread that wakes for each costs more than the calls.
    private static final long BATCH_NANOS = 2_000_000;

    private static final double NANOS = 1e9;
    private static final int PART_THAT_WARMS_UP = 5;
    private static final Admission.Reason[] REASONS = Admission.Reason.values();

    private final LoadPlan plan;
    private final Engine engine;
    private final LoadTally tally;
    private final Ticker ticker;
    private final CpuMeter cpu;
    private final AtomicLongArray refused = new AtomicLongArray(REASONS.length);
    private long asked;
    private volatile long accepted;
    private volatile long lastPlacedNanos;
    private volatile long heldBackNanos;
    private volatile boolean stopping;

    Placer(LoadPlan plan, Engine engine, LoadTally tally, Ticker ticker, CpuMeter cpu) {
        this.plan = plan;
        this.engine = engine;
        this.tally = tally;
        this.ticker = ticker;
        this.cpu = cpu;
    }

    @Override
    public void run() {
        var schedule = plan.schedule();
        long start = ticker.nanos();
        while (asked < schedule.calls() && !stopping) {
            long elapsed = ticker.nanos() - start;
            long before = accepted;
            placeUpTo(schedule.dueBy(elapsed));
            if (accepted > before) {
                lastPlacedNanos = elapsed;
            }
            if (asked < schedule.calls() && !stopping) {
                waitForMore(start);
            }
        }
    }

    private void placeUpTo(long due) {
        long inFlight = inFlight();
        while (asked < due && inFlight < plan.maxInFlight() && !stopping) {
            place();
            inFlight++;
            if (asked == (plan.schedule().calls() + PART_THAT_WARMS_UP - 1) / PART_THAT_WARMS_UP) {
                cpu.warm(tally.ended());
            }
        }
    }

    private void place() {
        switch (engine.place(plan.request(asked++))) {
            case Admission.Accepted _ -> countAccepted();
            case Admission.Refused(var reason) -> refused.incrementAndGet(reason.ordinal());
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void countAccepted() {
        accepted++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void waitForMore(long start) {
        long now = ticker.nanos();
        long untilDue = plan.schedule().dueAt(asked) - (now - start);
        ticker.pause(Math.max(untilDue, BATCH_NANOS));
        if (untilDue <= 0 && inFlight() >= plan.maxInFlight()) {
            heldBackNanos += ticker.nanos() - now;
        }
    }

    /// Places no more; any thread.
    void stop() {
        stopping = true;
    }

    /// Calls that the engine took.
    long accepted() {
        return accepted;
    }

    /// Calls that the engine took and that have not ended.
    long inFlight() {
        return accepted - tally.ended();
    }

    Map<Admission.Reason, Long> refused() {
        var all = new EnumMap<Admission.Reason, Long>(Admission.Reason.class);
        for (var reason : REASONS) {
            if (refused.get(reason.ordinal()) > 0) {
                all.put(reason, refused.get(reason.ordinal()));
            }
        }
        return all;
    }

    /// Calls a second that the engine took. The first is due at once, so n calls take n - 1 intervals; one more is
    /// counted for the last.
    double rate() {
        double interval = NANOS / plan.schedule().rate();
        return accepted * NANOS / (lastPlacedNanos + interval);
    }

    /// How long calls that were due had to wait for others to end.
    Duration heldBack() {
        return Duration.ofNanos(heldBackNanos);
    }
}
