package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A SIPp process that takes a number of calls by a scenario of `sip-testbed/scenarios`, and then ends.
final class SippCallee implements AutoCloseable {

    private static final Path SIPP = Path.of("/usr/bin/sipp");
    private static final Path SCENARIOS = Path.of(System.getProperty("basedir", "."), "..", "sip-testbed", "scenarios");
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Process process;
    private final InetSocketAddress address;
    private final Path directory;

    private SippCallee(Process process, InetSocketAddress address, Path directory) {
        this.process = process;
        this.address = address;
        this.directory = directory;
    }

    /// Starts SIPp; it takes calls when this returns.
    ///
    /// @param calls after so many it ends
    static SippCallee start(String scenario, int calls) throws IOException {
        assertThat(SIPP)
                .as("SIPp: install the Debian package sip-tester (./flashcall test --install does)")
                .isExecutable();
        var directory = Files.createTempDirectory("flashcall-sipp-");
        int port;
        try (var probe = new DatagramSocket(0, LOOPBACK)) {
            port = probe.getLocalPort();
        }
        var command = List.of(
                SIPP.toString(),
                "-sf",
                SCENARIOS.resolve(scenario).toRealPath().toString(),
                "-i",
                LOOPBACK.getHostAddress(),
                "-p",
                Integer.toString(port),
                "-m",
                Integer.toString(calls),
                "-buff_size",
                "4000000",
                "-timeout",
                "120s",
                "-nostdin",
                "-trace_stat",
                "-stf",
                directory.resolve("stat.csv").toString(),
                "-trace_err",
                "-error_file",
                directory.resolve("errors.log").toString());
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("screen.log").toFile())
                .start();
        var callee = new SippCallee(process, new InetSocketAddress(LOOPBACK, port), directory);
        Stage.waitUntil(
                () -> callee.isListening() || !process.isAlive(),
                () -> "SIPp to listen on " + port + ": " + callee.said());
        assertThat(process.isAlive()).as(callee::said).isTrue();
        return callee;
    }

    InetSocketAddress address() {
        return address;
    }

    private boolean isListening() {
        try (var sockets = Files.lines(Path.of("/proc/net/udp"))) {
            String wanted = "0100007F:%04X ".formatted(address.getPort());
            return sockets.anyMatch(line -> line.contains(wanted));
        } catch (IOException e) {
            return false;
        }
    }

    /// Waits until it has ended.
    ///
    /// @return the last line of its statistics, cumulative, by the column's name without `(C)`
    Map<String, Long> statistics() throws IOException, InterruptedException {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        var lines = Files.readAllLines(directory.resolve("stat.csv"));
        var names = lines.getFirst().split(";", -1);
        var values = lines.getLast().split(";", -1);
        var statistics = new LinkedHashMap<String, Long>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            if (names[i].endsWith("(C)") && values[i].matches("[0-9]+")) {
                statistics.put(names[i].substring(0, names[i].length() - 3), Long.parseLong(values[i]));
            }
        }
        assertThat(ended).as(() -> "SIPp ended, but: " + statistics + said()).isTrue();
        assertThat(process.exitValue()).as(this::said).isZero();
        return statistics;
    }

    /// What it wrote: errors first, then the end of its screen.
    String said() {
        return text("errors.log") + "\n" + text("screen.log");
    }

    private String text(String file) {
        try {
            String all = Files.readString(directory.resolve(file));
            return all.substring(Math.max(0, all.length() - 2000));
        } catch (IOException e) {
            return "(no " + file + ")";
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
