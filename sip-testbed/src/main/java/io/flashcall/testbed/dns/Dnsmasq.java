package io.flashcall.testbed.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One dnsmasq process on 127.0.0.1: a DNS server that is not ours. Ends with [#close] at the latest.
public final class Dnsmasq implements AutoCloseable {

    private static final long READY_NANOS = 10_000_000_000L;
    private static final long POLL_NANOS = 20_000_000L;

    /// Where Debian has it, which is not on everybody's PATH.
    private static final Path USUAL = Path.of("/usr/sbin/dnsmasq");

    private final Process process;
    private final Path log;
    private final InetSocketAddress address;

    private Dnsmasq(Process process, Path log, InetSocketAddress address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /// Starts it; it answers when this returns. It forwards nothing, and reads no file of the system's.
    ///
    /// @param records as dnsmasq's options, such as `--host-record=sip1.carrier.example,192.0.2.1`
    /// @throws IllegalStateException if it is not installed, or does not start
    public static Dnsmasq start(String... records) {
        try {
            Path log = Files.createTempFile("flashcall-dnsmasq-", ".log");
            InetSocketAddress address = freePort();
            List<String> command = new ArrayList<>();
            command.add(Files.isExecutable(USUAL) ? USUAL.toString() : "dnsmasq");
            command.addAll(List.of("--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--log-facility=-"));
            command.addAll(List.of("--no-resolv", "--no-hosts", "--no-poll", "--bind-interfaces"));
            command.addAll(List.of("--listen-address=127.0.0.1", "--port=" + address.getPort()));
            command.add("--user=" + System.getProperty("user.name"));
            command.addAll(List.of(records));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Dnsmasq server = new Dnsmasq(process, log, address);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot start dnsmasq (expected: on the PATH; Debian's package is dnsmasq-base)", e);
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return (InetSocketAddress) probe.getLocalSocketAddress();
        }
    }

    private void awaitReady() {
        long started = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - started < READY_NANOS) {
            try (Socket probe = new Socket(address.getAddress(), address.getPort())) {
                if (probe.isConnected()) {
                    return;
                }
            } catch (IOException _) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        String said = said();
        close();
        throw new IllegalStateException("dnsmasq did not open " + address + ": " + said);
    }

    public InetSocketAddress address() {
        return address;
    }

    /// What it wrote so far; for the message of a failing test.
    public String said() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Ends the process if it still runs, and removes its log.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            Files.deleteIfExists(log);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
