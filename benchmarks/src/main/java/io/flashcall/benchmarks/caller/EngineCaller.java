package io.flashcall.benchmarks.caller;

import io.flashcall.benchmarks.rig.Schedule;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.Engine;
import io.flashcall.engine.telemetry.Metric;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The engine under a load, measured from within: how late things happen, from when they should have, beside a thread
/// that only sleeps; what is allocated; how long collections take.
public final class EngineCaller {

    private static final long TICK_NANOS = 1_000_000;
    private static final int SLOTS_SECONDS = 14;

    /// Longer than any call lives whose messages were lost (64 · T1, RFC 3261 §17.1): what is left then, never ends.
    private static final Duration DRAIN = Duration.ofSeconds(40);
    private static final Duration SAMPLE = Duration.ofSeconds(10);

    private final Schedule schedule;
    private final Lateness placed = new Lateness();
    private final Lateness ringing = new Lateness();
    private final Since postDial = new Since();
    private final Since hangUp = new Since();
    private final AtomicLong rang = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Meters meters = new Meters();
    private volatile long start;

    private EngineCaller(Schedule schedule) {
        this.schedule = schedule;
    }

    /// `ADDR:PORT CALLS-A-SECOND CALLS RAMP-MS RING-MS WARM-UP-MS WINDOW-MS HLOG`: samples every 10 s as JSON
    /// lines, the last of which is about the whole window.
    public static void main(String[] arguments) throws Exception {
        var caller = new EngineCaller(Schedule.of(arguments[1], arguments[2], arguments[3]));
        var ring = Duration.ofMillis(Long.parseLong(arguments[4]));
        var warmUp = Duration.ofMillis(Long.parseLong(arguments[5]));
        var window = Duration.ofMillis(Long.parseLong(arguments[6]));
        int slots = (int) (caller.schedule.rate() * (ring.toMillis() / 1e3 + SLOTS_SECONDS));
        try (var engine = BenchEngine.start(arguments[0], ring, slots, caller::onEvent)) {
            caller.run(engine, warmUp, window, Path.of(arguments[7]));
        }
        System.exit(0);
    }

    private void onEvent(CallEvent event) {
        long late = event.stamp().nanos()
                - start
                - schedule.dueAt(Long.parseLong(event.stamp().reference()));
        switch (event) {
            case CallEvent.Placed _ -> placed.record(late);
            case CallEvent.Ringing _ -> ringing.record(late);
            case CallEvent.Ended(var _, var outcome) -> {
                if (outcome instanceof CallOutcome.Rang) {
                    rang.incrementAndGet();
                }
                ended.incrementAndGet();
            }
            case CallEvent.Trying _, CallEvent.HangingUp _ -> {}
        }
    }

    private void run(Engine engine, Duration warmUp, Duration window, Path hlog) throws IOException {
        System.gc();
        start = System.nanoTime();
        var placer = Thread.ofPlatform().name("placer").start(() -> place(engine));
        try (var control = SleepControl.start();
                var log = new HistogramFile(new FileOutputStream(hlog.toFile()))) {
            var sum = new Sum();
            rehearse(engine, control, start + warmUp.toNanos());
            long end = System.nanoTime() + window.toNanos();
            var before = counts(engine);
            while (System.nanoTime() < end) {
                sleepUntil(Math.min(end, System.nanoTime() + SAMPLE.toNanos()));
                System.out.println(sample(engine, control, sum, log));
            }
            var after = counts(engine);
            double calls = Math.max(1, after.ended - before.ended);
            var all = percentiles(sum);
            all.put("bytes_per_call", (after.allocated - before.allocated) / calls);
            all.put("loop_bytes_per_call", (after.byLoops - before.byLoops) / calls);
            all.put("gc_ms", sum.longestPause());
            all.put("retransmissions", after.retransmissions - before.retransmissions);
            finish(engine, placer, all);
        }
    }

    private record Counts(long ended, long retransmissions, long allocated, long byLoops) {}

    private Counts counts(Engine engine) {
        long retransmissions = engine.snapshot().count(Metric.RETRANSMISSIONS);
        return new Counts(ended.get(), retransmissions, Meters.allocated(), Meters.allocatedByLoops());
    }

    private void finish(Engine engine, Thread placer, ObjectNode all) {
        try {
            placer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long until = System.nanoTime() + DRAIN.toNanos();
        while (ended.get() < schedule.calls() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        all.put("calls", schedule.calls());
        all.put("rang", rang.get());
        all.put("left", engine.snapshot().live());
        System.out.println(all);
    }

    /// What measures is cold at first and has the loop's processor: without this the first samples are about itself.
    /// The last of these ends as the window begins.
    private void rehearse(Engine engine, SleepControl control, long until) throws IOException {
        try (var nowhere = new HistogramFile(OutputStream.nullOutputStream())) {
            var sum = new Sum();
            while (System.nanoTime() < until) {
                sleepUntil(Math.min(until, System.nanoTime() + SAMPLE.toNanos()));
                var _ = counts(engine);
                var _ = sample(engine, control, sum, nowhere).toString();
            }
        }
    }

    /// What happened since the one before.
    private ObjectNode sample(Engine engine, SleepControl control, Sum sum, HistogramFile log) throws IOException {
        var latencies = engine.snapshot().latencies();
        var late = log.written("hang_up", hangUp.interval(latencies.hangUpLateness()));
        sum.add("placed", log.written("placed", placed.interval()));
        sum.add("ringing", log.written("ringing", ringing.interval()));
        sum.add("post_dial", log.written("post_dial", postDial.interval(latencies.postDialDelay())));
        sum.add("hang_up", late);
        sum.add("control", log.written("control", control.interval()));
        long pause = meters.longestPause();
        sum.pause(pause);
        var sample = JsonMapper.shared().createObjectNode();
        sample.put("seconds", (System.nanoTime() - start) / 1e9);
        sample.put("rss", Meters.resident(false));
        sample.put("hang_up_p99_ms", late.getValueAtPercentile(99) / 1e6);
        sample.put("gc_ms", pause);
        return sample;
    }

    private static ObjectNode percentiles(Sum sum) {
        var all = JsonMapper.shared().createObjectNode();
        sum.all().forEach((name, histogram) -> {
            all.put(name + "_p50_ms", histogram.getValueAtPercentile(50) / 1e6);
            all.put(name + "_p99_ms", histogram.getValueAtPercentile(99) / 1e6);
            all.put(name + "_p999_ms", histogram.getValueAtPercentile(99.9) / 1e6);
            all.put(name + "_max_ms", histogram.getMaxValue() / 1e6);
        });
        return all;
    }

    private void place(Engine engine) {
        schedule.follow(start, call -> {
            if (engine.place(BenchEngine.request(call)) instanceof Admission.Refused) {
                ended.incrementAndGet();
            }
        });
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
