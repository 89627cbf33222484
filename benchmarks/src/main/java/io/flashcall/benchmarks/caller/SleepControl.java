package io.flashcall.benchmarks.caller;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// A thread that only sleeps, to be woken each millisecond, and measures how late it is: what the machine does to any
/// timer.
final class SleepControl implements AutoCloseable {

    private static final long PERIOD = 1_000_000;

    private final Lateness late = new Lateness();
    private final Thread thread = Thread.ofPlatform().name("control").daemon().unstarted(this::run);
    private volatile boolean stopping;

    static SleepControl start() {
        var control = new SleepControl();
        control.thread.start();
        return control;
    }

    private void run() {
        long due = System.nanoTime() + PERIOD;
        while (!stopping) {
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else {
                late.record(-left);
                due = Math.max(due, System.nanoTime()) + PERIOD;
            }
        }
    }

    /// How late since this was asked last, in nanoseconds.
    ///
    /// @return good until this is asked again
    Histogram interval() {
        return late.interval();
    }

    @Override
    public void close() {
        stopping = true;
    }
}
