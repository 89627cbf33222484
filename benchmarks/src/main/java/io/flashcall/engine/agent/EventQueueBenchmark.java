package io.flashcall.engine.agent;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// An event's way from the loop to the consumer and its cell's way back, without another thread's part in it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventQueueBenchmark {

    private static final int CAPACITY = 1 << 16;

    private final EventQueue queue = new EventQueue(CAPACITY);

    public EventQueueBenchmark() {}

    /// Filled, published, taken, given back.
    @Benchmark
    public @Nullable Object handOff() {
        var cell = queue.next();
        cell.kind = EventCell.Kind.RINGING;
        cell.credits = 0;
        queue.publish(cell);
        var taken = queue.poll();
        if (taken != null) {
            queue.recycle(taken);
        }
        return taken;
    }
}
