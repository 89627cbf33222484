package io.flashcall.benchmarks.rig;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A process on one processor, and what it has used of it. Ends with [#close] at the latest.
public final class Pinned implements AutoCloseable {

    private static final int TICK_NANOS = 10_000_000;
    private static final int USER_TIME = 11;

    private final Process process;
    private final Path out;
    private final Path err;
    private final long started = System.nanoTime();

    private Pinned(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Not pinned where there is no such processor.
    ///
    /// @param processor from 0 on, or [Rig#ANY]
    /// @param name      of the files in the folder that take what it says
    public static Pinned start(int processor, List<String> command, Path folder, String name) throws IOException {
        var pinned = new ArrayList<String>();
        if (processor >= 0 && Runtime.getRuntime().availableProcessors() > processor) {
            pinned.addAll(List.of("taskset", "-c", Integer.toString(processor)));
        }
        pinned.addAll(command);
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        var process = new ProcessBuilder(pinned)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Pinned(process, out, err);
    }

    /// User and system time of all its threads until now, in steps of 10 ms (proc(5)): the process became what it runs,
    /// so its number is the command's.
    public Duration cpu() throws IOException {
        return used(proc());
    }

    /// The same for each of its threads that still is, by name, of which the system keeps 15 characters.
    public Map<String, Duration> cpuByThread() throws IOException {
        var used = new TreeMap<String, Duration>();
        try (var threads = Files.list(proc().resolve("task"))) {
            for (var thread : threads.toList()) {
                try {
                    used.merge(Files.readString(thread.resolve("comm")).strip(), used(thread), Duration::plus);
                } catch (NoSuchFileException _) {
                    // It has just ended.
                }
            }
        }
        return used;
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    private static Duration used(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        // The name before may hold spaces and brackets.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        return Duration.ofNanos(ticks * TICK_NANOS);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it wrote on stdout so far.
    public String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /// What it wrote on stderr so far.
    public String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /// Waits until it has written something on stdout.
    ///
    /// @throws IOException it ended, or the time is over
    public MatchResult awaitOut(Pattern wanted, Duration longest) throws IOException, InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        do {
            boolean alive = isAlive();
            var said = wanted.matcher(out());
            if (said.find()) {
                return said.toMatchResult();
            }
            if (!alive) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        } while (System.nanoTime() - until < 0);
        throw new IOException("it never said " + wanted + ": " + out() + err());
    }

    /// Sleeps until so long after its start.
    public void await(Duration afterStart) throws InterruptedException {
        long left = started + afterStart.toNanos() - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /// Waits for its end until so long after its start.
    ///
    /// @return its exit code, or -1 when it has not ended by then
    public int end(Duration afterStart) throws InterruptedException {
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
