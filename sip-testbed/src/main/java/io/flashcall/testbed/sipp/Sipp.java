package io.flashcall.testbed.sipp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// One SIPp process on 127.0.0.1 with one of our scenarios. Ends with [#close] at the latest.
public final class Sipp implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(10);
    private static final Path OPEN_PORTS = Path.of("/proc/net/udp");

    /// How long to wait where there is no such file.
    private static final Duration BLIND_WAIT = Duration.ofSeconds(1);

    private final Process process;
    private final Path folder;
    private final InetSocketAddress address;

    private Sipp(Process process, Path folder, InetSocketAddress address) {
        this.process = process;
        this.folder = folder;
        this.address = address;
    }

    /// Starts a callee that takes this many calls and then ends; it is ready when this returns.
    ///
    /// @param scenario its name without `.xml`, such as `uas-ring-cancel`
    /// @param calls 1 or more
    /// @param options more of SIPp's own, such as `-d`, `200`
    /// @throws IllegalStateException if SIPp is not installed, or does not start
    public static Sipp callee(String scenario, int calls, String... options) {
        Sipp sipp = start(scenario, calls, List.of(), List.of(options));
        sipp.awaitReady();
        return sipp;
    }

    /// Starts a caller.
    ///
    /// @param target whom to call
    /// @param rate calls a second, 1 or more
    /// @throws IllegalStateException if SIPp is not installed
    public static Sipp caller(String scenario, InetSocketAddress target, int calls, int rate, String... options) {
        String to = target.getAddress().getHostAddress() + ":" + target.getPort();
        return start(scenario, calls, List.of(to, "-r", Integer.toString(rate)), List.of(options));
    }

    private static Sipp start(String scenario, int calls, List<String> target, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("flashcall-sipp-");
            InetSocketAddress address = freePort();
            List<String> command = new ArrayList<>(List.of("sipp"));
            command.addAll(target);
            command.addAll(List.of("-sf", unpack(scenario, folder).toString(), "-i", "127.0.0.1"));
            command.addAll(List.of("-p", Integer.toString(address.getPort()), "-m", Integer.toString(calls)));
            command.addAll(List.of("-nostdin", "-buff_size", "4000000", "-trace_err", "-error_file", "errors.log"));
            command.addAll(List.of("-trace_stat", "-stf", "stat.csv", "-fd", "1"));
            command.addAll(options);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("screen.log").toFile())
                    .start();
            return new Sipp(process, folder, address);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot start sipp (expected: on the PATH; Debian's package is sip-tester)", e);
        }
    }

    private static Path unpack(String scenario, Path folder) throws IOException {
        String resource = "scenarios/" + scenario + ".xml";
        try (InputStream in = Sipp.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no scenario " + scenario + " (expected: one of sip-testbed/scenarios)");
            }
            Path file = folder.resolve(scenario + ".xml");
            Files.copy(in, file);
            return file;
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return (InetSocketAddress) probe.getLocalSocketAddress();
        }
    }

    /// SIPp says nothing when it is ready. The kernel knows; to try to bind the port would take it from SIPp.
    private void awaitReady() {
        long started = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - started < READY.toNanos()) {
            LockSupport.parkNanos(20_000_000);
            if (Files.exists(OPEN_PORTS) ? isOpen() : System.nanoTime() - started > BLIND_WAIT.toNanos()) {
                return;
            }
        }
        String said = errors();
        close();
        throw new IllegalStateException("sipp did not open " + address + ": " + said);
    }

    private boolean isOpen() {
        try {
            String port = ":%04X ".formatted(address.getPort());
            return Files.readString(OPEN_PORTS).contains(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it sends from, and a callee takes calls.
    public InetSocketAddress address() {
        return address;
    }

    /// Waits for the process to end and reads its numbers.
    ///
    /// @throws IllegalStateException with what SIPp said, if it has not ended by then
    public SippResult await(Duration most) throws InterruptedException {
        if (!process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("sipp has not ended within " + most + ": " + errors());
        }
        try {
            Path statistics = folder.resolve("stat.csv");
            List<String> lines = Files.exists(statistics) ? Files.readAllLines(statistics) : List.of();
            return SippResult.read(process.exitValue(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What SIPp complained about so far, at most 4,000 characters; for the message of a failing test.
    public String errors() {
        StringBuilder text = new StringBuilder();
        try {
            for (String name : List.of("errors.log", "screen.log")) {
                Path file = folder.resolve(name);
                if (Files.exists(file) && (text.isEmpty() || name.equals("errors.log"))) {
                    text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.substring(0, Math.min(4000, text.length()));
    }

    /// Ends the process if it still runs, and removes its files.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
