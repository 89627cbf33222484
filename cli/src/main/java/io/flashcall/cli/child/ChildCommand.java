package io.flashcall.cli.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A `flashcall` command in a process of its own, with this process's Java, class path and flags. It ends with
/// [#close], and with this process however that ends, as long as the system tells it.
public final class ChildCommand implements AutoCloseable {

    private static final String MAIN = "io.flashcall.cli.Main";
    private static final Duration TIME_TO_END = Duration.ofSeconds(25);
    private static final int TAIL = 20;

    private final String name;
    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread ender = new Thread(this::kill, "flashcall-child-end");

    private ChildCommand(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
    }

    /// @param errors file for its stderr
    /// @param flags  of the JVM, beside this process's own
    /// @param args   the command and its options
    public static ChildCommand start(Path errors, List<String> flags, String... args) throws IOException {
        var command = new ArrayList<>(java(flags));
        command.addAll(List.of(args));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        var child = new ChildCommand(args[0], process, errors);
        Runtime.getRuntime().addShutdownHook(child.ender);
        Thread.ofPlatform().daemon().name("flashcall-child-" + args[0]).start(child::read);
        return child;
    }

    /// How the launcher started us, up to the main class; or how anybody would.
    private static List<String> java(List<String> flags) {
        var own = ProcessHandle.current().info();
        var arguments = List.of(own.arguments().orElse(new String[0]));
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        int main = arguments.indexOf(MAIN);
        if (main >= 0) {
            java.addAll(arguments.subList(0, main));
            java.addAll(Math.max(1, java.size() - 2), flags);
        } else {
            java.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
            java.addAll(flags);
            java.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        java.add(MAIN);
        return java;
    }

    private void read() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // It has ended; whoever waits for a line sees that.
        }
    }

    /// Waits for a line of its stdout.
    ///
    /// @param start what the line begins with
    /// @return the rest of it
    /// @throws IOException telling the end of its stderr, when the process ended or the line did not come in time
    public String await(String start, Duration most) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (System.nanoTime() - deadline < 0) {
            String line = lines.poll(20, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(start)) {
                return line.substring(start.length()).strip();
            }
            if (line == null && !process.isAlive()) {
                throw new IOException("flashcall " + name + " ended with " + process.exitValue() + ":\n" + tail());
            }
        }
        throw new IOException(
                "flashcall " + name + " did not say '" + start + "' in " + most.toSeconds() + " s:\n" + tail());
    }

    /// The last lines that it wrote to stderr.
    public String tail() throws IOException {
        var all = Files.readAllLines(errors);
        return String.join("\n", all.subList(Math.max(0, all.size() - TAIL), all.size()));
    }

    /// What CPU time it took so far, in total.
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public long pid() {
        return process.pid();
    }

    /// As `kill -9` does.
    public void kill() {
        process.destroyForcibly();
    }

    /// Asks it to end, and insists when it does not.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIME_TO_END)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(ender);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook runs anyway.
        }
    }
}
