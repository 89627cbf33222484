package io.flashcall.benchmarks.cost;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process on one processor, and what it has used of it. Ends with [#close] at the latest.
final class Pinned implements AutoCloseable {

    private static final int TICK_NANOS = 10_000_000;
    private static final int USER_TIME = 11;

    private final Process process;
    private final Path out;
    private final long started = System.nanoTime();

    private Pinned(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /// @param processor from 0 on
    static Pinned start(int processor, List<String> command, Path folder, String name) throws IOException {
        var pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
        pinned.addAll(command);
        Path out = folder.resolve(name + ".out");
        var process = new ProcessBuilder(pinned)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
        return new Pinned(process, out);
    }

    /// User and system time of all its threads until now, in steps of 10 ms (proc(5)): the process became what it runs,
    /// so its number is the command's.
    Duration cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        // The name before may hold spaces and brackets.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        return Duration.ofNanos(ticks * TICK_NANOS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// What it wrote on stdout so far.
    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /// Sleeps until so long after its start.
    void await(Duration afterStart) throws InterruptedException {
        long left = started + afterStart.toNanos() - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /// Waits for its end until so long after its start.
    ///
    /// @return its exit code, or -1 when it has not ended by then
    int end(Duration afterStart) throws InterruptedException {
        long left = started + afterStart.toNanos() - System.nanoTime();
        return process.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
