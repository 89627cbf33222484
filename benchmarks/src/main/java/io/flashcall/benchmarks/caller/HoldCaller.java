package io.flashcall.benchmarks.caller;

import io.flashcall.benchmarks.rig.Schedule;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/// Has many calls ring at once, and weighs the process: before the engine, with its slots, with the calls, and
/// after them.
public final class HoldCaller {

    private static final long TICK_NANOS = 1_000_000;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int SPARE = 1_000;

    private final AtomicLong ringing = new AtomicLong();
    private final AtomicLong rang = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    private HoldCaller() {}

    /// `ADDR:PORT CALLS-A-SECOND CALLS RAMP-MS RING-MS`: prints bytes as one JSON line once all calls have ended.
    public static void main(String[] arguments) throws Exception {
        var schedule = Schedule.of(arguments[1], arguments[2], arguments[3]);
        var ring = Duration.ofMillis(Long.parseLong(arguments[4]));
        var caller = new HoldCaller();
        var json = JsonMapper.shared().createObjectNode();
        long empty = Meters.live();
        json.put("rss_empty", Meters.resident(false));
        int slots = Math.toIntExact(schedule.calls() + SPARE);
        try (var engine = BenchEngine.start(arguments[0], ring, slots, caller::onEvent)) {
            long idle = Meters.live();
            schedule.follow(System.nanoTime(), call -> engine.place(BenchEngine.request(call)));
            await(caller.ringing, schedule.calls(), Duration.ZERO);
            json.put("ringing", engine.snapshot().live());
            json.put("heap_slots", idle - empty);
            json.put("heap_ringing", Meters.live() - empty);
            json.put("direct", Meters.direct());
            json.put("rss_ringing", Meters.resident(false));
            await(caller.ended, schedule.calls(), ring);
            json.put("heap_ended", Meters.live() - empty);
            json.put("heap_kept", Meters.live() - idle);
            json.put("rss_most", Meters.resident(true));
            json.put("calls", schedule.calls());
            json.put("rang", caller.rang.get());
            json.put("left", engine.snapshot().live());
        }
        System.out.println(json);
        System.exit(0);
    }

    private void onEvent(CallEvent event) {
        if (event instanceof CallEvent.Ringing) {
            ringing.incrementAndGet();
        } else if (event instanceof CallEvent.Ended(var _, var outcome)) {
            ended.incrementAndGet();
            if (outcome instanceof CallOutcome.Rang) {
                rang.incrementAndGet();
            }
        }
    }

    /// For a minute at the most beyond what is known: what is missing then shows.
    private static void await(AtomicLong count, long wanted, Duration known) {
        long until = System.nanoTime() + known.toNanos() + LONGEST_NANOS;
        while (count.get() < wanted && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }
}
