package io.flashcall.testbed.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// One running peer: a process in a folder of its own, whose output is the file `peer.log` there.
///
/// It runs under `timeout`, so that it ends even when the JVM that started it was killed.
final class PeerProcess {

    private static final int MOST_LOG = 8000;
    private static final Duration KILLED = Duration.ofSeconds(5);

    private final Process process;
    private final Path log;

    private PeerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Path newFolder(String name) {
        try {
            return Files.createTempDirectory("flashcall-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it; the log of an earlier run in this folder goes on.
    static PeerProcess start(Program program, Path folder, Duration life, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("timeout", "--foreground", "--kill-after=5"));
        command.add(life.toSeconds() + "s");
        command.add(program.file().toString());
        command.addAll(arguments);
        Path log = folder.resolve("peer.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new PeerProcess(process, log);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start timeout (expected: of Debian's package coreutils)", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Polls until it holds.
    ///
    /// @param what the end of the sentence "it did not ...", for the exception
    void await(String what, Duration most, BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!isAlive() || System.nanoTime() - started > most.toNanos()) {
                String state = isAlive() ? " within " + most : " before it ended with " + process.exitValue();
                throw new IllegalStateException("it did not " + what + state + "; its log:\n" + log());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /// The end of what it said so far, at most 8,000 characters.
    String log() {
        String text = wholeLog();
        return text.substring(Math.max(0, text.length() - MOST_LOG));
    }

    String wholeLog() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks it to end, and ends it and its children by force after this time.
    void end(Duration grace) {
        List<ProcessHandle> children = process.toHandle().descendants().toList();
        process.destroy();
        try {
            process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS);
            kill(children);
            process.waitFor(KILLED.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            kill(children);
        }
    }

    /// Ends it at once, as a crash does: it says goodbye to nobody.
    void crash() {
        List<ProcessHandle> children = process.toHandle().descendants().toList();
        kill(children);
        try {
            process.waitFor(KILLED.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sends a signal to all of it but the `timeout` that guards it.
    ///
    /// @param name as of `kill`, such as `-STOP`
    void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", name));
        process.toHandle().descendants().forEach(child -> command.add(Long.toString(child.pid())));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("it could not be sent " + name + "; its log:\n" + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(List<ProcessHandle> children) {
        for (ProcessHandle child : children) {
            child.destroyForcibly();
        }
        process.destroyForcibly();
    }

    static void removeFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Copies one of our configuration files into a folder.
    static void unpack(String resource, Path target) {
        try (var in = PeerProcess.class.getClassLoader().getResourceAsStream("peers/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource peers/" + resource + " (expected: part of sip-testbed)");
            }
            Files.copy(in, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
