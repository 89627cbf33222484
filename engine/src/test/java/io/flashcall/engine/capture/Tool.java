package io.flashcall.engine.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that we did not write, which reads what we captured. Ends with [#close] at the latest.
public final class Tool implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path said;

    private Tool(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /// Starts a program.
    ///
    /// @param debian the package that brings it
    /// @throws IllegalStateException if it is not installed
    public static Tool start(String debian, Path folder, String... command) {
        try {
            var said = folder.resolve(command[0] + ".log");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(said.toFile())
                    .start();
            return new Tool(process, said);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot start " + command[0] + " (expected: on the PATH; Debian's package is " + debian + ")", e);
        }
    }

    /// Reads a capture file with tshark, checking every checksum.
    ///
    /// @param filter a display filter, or empty
    /// @param fields what to print of each packet
    /// @return for each packet its fields, divided by `|`
    public static List<String> tshark(Path file, String filter, List<String> more, String... fields) {
        var command =
                new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields", "-E", "separator=|"));
        command.addAll(List.of("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"));
        command.addAll(List.of("-o", "tcp.check_checksum:TRUE"));
        command.addAll(more);
        if (!filter.isEmpty()) {
            command.addAll(List.of("-Y", filter));
        }
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        try (var tool = start("tshark", file.resolveSibling("."), command.toArray(String[]::new))) {
            return tool.output()
                    .lines()
                    .filter(line -> !line.startsWith("Running as user"))
                    .toList();
        }
    }

    /// Waits for its end.
    ///
    /// @throws IllegalStateException with what it said, if it fails or does not end
    public String output() {
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("it has " + (ended ? "failed: " : "not ended: ") + said());
            }
            return said();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// What it has said so far.
    public String said() {
        try {
            return new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Asks it to end, and ends it if it does not.
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
