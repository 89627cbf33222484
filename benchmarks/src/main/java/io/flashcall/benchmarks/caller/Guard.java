package io.flashcall.benchmarks.caller;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.flashcall.benchmarks.floor.FloorCaller;
import io.flashcall.benchmarks.journal.Figures;
import io.flashcall.benchmarks.rig.Schedule;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.Engine;
import io.flashcall.testbed.BatchReflector;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Tells a gross regression: the engine's CPU time of a call beside the floor's, in turn in one process, held against
/// the ratio that was recorded. Small and rough, so only half as much again is taken for a regression.
public final class Guard implements AutoCloseable {

    private static final double GROSS = 1.5;
    private static final int RATE = 4_000;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final long TICK_NANOS = 1_000_000;
    private static final long LONGEST_END_NANOS = 5_000_000_000L;
    private static final String FAR_END = "carrier-reflect";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final BatchReflector farEnd =
            BatchReflector.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final AtomicLong ended = new AtomicLong();
    private final Engine engine;
    private long placed;

    private Guard() throws IOException {
        engine = BenchEngine.start("127.0.0.1:" + farEnd.address().getPort(), Duration.ZERO, RATE, this::onEvent);
    }

    /// Measures for half a minute.
    ///
    /// @return an exit code: 1 for a regression
    public static int run(PrintWriter out) throws Exception {
        double recorded = recorded();
        try (var guard = new Guard()) {
            guard.floor(WARM_UP);
            guard.engine(WARM_UP);
            var ratios = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                ratios.add(guard.engine(WINDOW) / guard.floor(WINDOW));
            }
            double ratio = Figures.median(ratios);
            boolean gross = ratio > GROSS * recorded;
            out.printf(
                    "the engine's CPU time of a call is %s of the floor's (recorded: %.2f)%s%n",
                    Figures.range(ratios, 2), recorded, gross ? ": a gross regression" : "");
            out.flush();
            return gross ? 1 : 0;
        }
    }

    private static double recorded() throws IOException {
        var properties = new Properties();
        try (var in = Guard.class.getResourceAsStream("/guard.properties")) {
            if (in == null) {
                throw new IOException("no resource guard.properties (expected: part of benchmarks)");
            }
            properties.load(in);
        }
        return Double.parseDouble(properties.getProperty("ratio"));
    }

    private void onEvent(CallEvent event) {
        if (event instanceof CallEvent.Ended) {
            ended.incrementAndGet();
        }
    }

    /// @return CPU nanoseconds a call
    private double floor(Duration lasting) throws Exception {
        var schedule = schedule(lasting);
        long before = cpu();
        var report = FloorCaller.run(farEnd.address(), schedule, Duration.ZERO, false);
        return (cpu() - before) / (double) Math.max(1, report.ended());
    }

    private double engine(Duration lasting) {
        var schedule = schedule(lasting);
        long before = cpu();
        long endedBefore = ended.get();
        long first = placed;
        schedule.follow(System.nanoTime(), call -> engine.place(BenchEngine.request(first + call)));
        placed += schedule.calls();
        long until = System.nanoTime() + LONGEST_END_NANOS;
        while (ended.get() < placed && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        return (cpu() - before) / (double) Math.max(1, ended.get() - endedBefore);
    }

    private static Schedule schedule(Duration lasting) {
        return new Schedule(RATE, RATE * lasting.toMillis() / 1000, Duration.ZERO);
    }

    /// Of this process, less the far end's.
    private static long cpu() {
        long all = SYSTEM.getProcessCpuTime();
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith(FAR_END)) {
                all -= Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return all;
    }

    @Override
    public void close() {
        engine.close();
        farEnd.close();
    }
}
