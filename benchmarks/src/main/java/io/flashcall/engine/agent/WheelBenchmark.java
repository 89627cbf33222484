package io.flashcall.engine.agent;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The timer wheel with so many timers armed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WheelBenchmark {

    private static final long TICK = 2_000_000L;
    private static final long SPAN = 32_000_000_000L;

    @Param({"1000", "1000000"})
    private int armed;

    private final SplittableRandom random = new SplittableRandom(1);
    private TimerWheel wheel = new TimerWheel(1, TICK, SPAN, 0);
    private final TimerWheel.Expiry again = (timer, at) -> wheel.arm(timer, at + SPAN - TICK);
    private long now;

    public WheelBenchmark() {}

    /// Arms all timers, over the whole span.
    @Setup
    public void arm() {
        wheel = new TimerWheel(armed + 1, TICK, SPAN, 0);
        for (int timer = 1; timer <= armed; timer++) {
            wheel.arm(timer, random.nextLong(SPAN));
        }
    }

    /// One more timer comes and goes.
    @Benchmark
    public boolean armAndDisarm() {
        wheel.arm(0, now + 500_000_000L);
        boolean was = wheel.isArmed(0);
        wheel.disarm(0);
        return was;
    }

    /// Any timer is moved, as a retransmission moves it.
    @Benchmark
    public void rearm() {
        wheel.arm(1 + random.nextInt(armed), now + random.nextLong(SPAN));
    }

    /// A tick passes; what is due is armed again at the end of the span.
    @Benchmark
    public long tick() {
        now += TICK;
        wheel.advance(now, again);
        return now;
    }
}
