package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.SipTransport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A SIPp process that takes a number of calls by a scenario of `sip-testbed/scenarios`, and then ends.
final class SippCallee implements AutoCloseable {

    private static final Path SIPP = Path.of("/usr/bin/sipp");
    private static final Path SCENARIOS = Path.of(System.getProperty("basedir", "."), "..", "sip-testbed", "scenarios");
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final int SHOWN = 1500;

    private final Process process;
    private final InetSocketAddress address;
    private final SipTransport transport;
    private final Path directory;

    private SippCallee(Process process, InetSocketAddress address, SipTransport transport, Path directory) {
        this.process = process;
        this.address = address;
        this.transport = transport;
        this.directory = directory;
    }

    /// Starts SIPp; it takes calls when this returns.
    ///
    /// @param calls after so many it ends
    static SippCallee start(String scenario, int calls) throws IOException {
        return start(scenario, calls, freePort(LOOPBACK), SipTransport.UDP);
    }

    /// Starts SIPp at that address.
    ///
    /// @param transport UDP or TCP
    static SippCallee start(String scenario, int calls, InetSocketAddress at, SipTransport transport)
            throws IOException {
        assertThat(SIPP)
                .as("SIPp: install the Debian package sip-tester (./flashcall test --install does)")
                .isExecutable();
        var directory = Files.createTempDirectory("flashcall-sipp-");
        var process = new ProcessBuilder(command(scenario, calls, at, transport, directory))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("screen.log").toFile())
                .start();
        var callee = new SippCallee(process, at, transport, directory);
        Stage.waitUntil(
                () -> callee.isListening() || !process.isAlive(),
                () -> "SIPp to listen on " + at + ": " + callee.said());
        assertThat(process.isAlive()).as(callee::said).isTrue();
        return callee;
    }

    private static List<String> command(
            String scenario, int calls, InetSocketAddress at, SipTransport transport, Path directory)
            throws IOException {
        return List.of(
                SIPP.toString(),
                "-sf",
                SCENARIOS.resolve(scenario).toRealPath().toString(),
                "-i",
                at.getAddress().getHostAddress(),
                "-p",
                Integer.toString(at.getPort()),
                "-t",
                transport == SipTransport.TCP ? "t1" : "u1",
                "-m",
                Integer.toString(calls),
                // Probes are answered with 200.
                "-aa",
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
    }

    /// An address of that host that nobody has now.
    static InetSocketAddress freePort(InetAddress host) throws IOException {
        try (var probe = new DatagramSocket(0, host)) {
            return new InetSocketAddress(host, probe.getLocalPort());
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /// Stops the process where it is: what comes waits in its socket, and nobody hears of it.
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /// Lets it go on.
    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /// Ends it at once, as a crash would; its port is free when this returns.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("SIPp ended").isTrue();
    }

    /// Has it end before it has had all its calls, when those that it has are over.
    void finish() throws IOException, InterruptedException {
        signal("-USR1");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).as("kill " + name).isZero();
    }

    private boolean isListening() {
        boolean six = address.getAddress() instanceof Inet6Address;
        String table = transport.name().toLowerCase(Locale.ROOT) + (six ? "6" : "");
        try (var sockets = Files.lines(Path.of("/proc/net", table))) {
            String host = six ? "00000000000000000000000001000000" : "0100007F";
            String wanted = "%s:%04X ".formatted(host, address.getPort());
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

    /// What it wrote: errors first, then its screen; of each the beginning, which has the cause, and the end.
    String said() {
        return text("errors.log") + "\n" + text("screen.log");
    }

    private String text(String file) {
        try {
            String all = Files.readString(directory.resolve(file));
            if (all.length() <= 2 * SHOWN) {
                return all;
            }
            return all.substring(0, SHOWN) + "\n(...)\n" + all.substring(all.length() - SHOWN);
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
