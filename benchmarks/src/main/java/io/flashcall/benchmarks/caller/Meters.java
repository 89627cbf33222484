package io.flashcall.benchmarks.caller;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// What this process uses.
final class Meters {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String AGENT = "flashcall-agent";

    private final AtomicLong longestPauseMillis = new AtomicLong();

    /// Begins to listen to the collectors.
    Meters() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, _) -> {
                                var info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                longestPauseMillis.accumulateAndGet(
                                        info.getGcInfo().getDuration(), Math::max);
                            },
                            null,
                            null);
        }
    }

    /// The longest pause since this was asked last, in ms.
    long longestPause() {
        return longestPauseMillis.getAndSet(0);
    }

    /// Bytes allocated by all threads.
    static long allocated() {
        return THREADS.getTotalThreadAllocatedBytes();
    }

    /// Bytes allocated by the user agents' loops.
    static long allocatedByLoops() {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith(AGENT)) {
                sum += THREADS.getThreadAllocatedBytes(id);
            }
        }
        return sum;
    }

    /// Bytes of live objects, after a collection.
    static long live() {
        System.gc();
        var memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /// Bytes of direct buffers.
    static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /// Resident memory, and the most that it ever was, in bytes (proc(5): VmRSS, VmHWM).
    static long resident(boolean most) throws IOException {
        String wanted = most ? "VmHWM:" : "VmRSS:";
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(wanted))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
