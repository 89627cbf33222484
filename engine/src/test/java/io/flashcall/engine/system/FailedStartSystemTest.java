package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.Engine;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.capture.WireMessage;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// An engine that cannot start leaves nothing behind.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Isolated("counts the threads of all engines")
class FailedStartSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void a_second_port_that_is_taken_leaves_the_first_free_and_no_thread() throws Exception {
        try (var taken = new DatagramSocket(0, LOOPBACK)) {
            int first = taken.getLocalPort() - 1;
            assertThatThrownBy(() -> start(first, 2, TraceListener.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
            nothingIsLeft(first);
        }
    }

    @Test
    void an_error_leaves_the_port_free_and_no_thread() throws Exception {
        int port;
        try (var probe = new DatagramSocket(0, LOOPBACK)) {
            port = probe.getLocalPort();
        }
        assertThatThrownBy(() -> start(port, 1, new OutOfMemory())).isInstanceOf(OutOfMemoryError.class);
        nothingIsLeft(port);
    }

    @Test
    void a_directory_that_cannot_be_written_is_an_error_that_names_it(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("wire"), "no directory");
        var config = Scene.of("ring")
                .captured(CaptureConfig.NONE
                        .withHep(new CaptureConfig.Hep("127.0.0.1", 9060, 1, "", 1))
                        .withPcap(new CaptureConfig.Pcap(file, "", 1 << 20, 2)))
                .engine(Scene.ANY_TARGET);
        assertThatThrownBy(() -> Engine.start(config, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("capture.pcap.directory: " + file + " cannot be used: ")
                .hasMessageEndingWith("(expected: a directory that we may write, or make)");
        nothingIsLeft();
    }

    @Test
    void a_collector_that_nobody_knows_is_an_error_that_names_it() {
        var config = Scene.of("ring")
                .captured(CaptureConfig.NONE.withHep(new CaptureConfig.Hep("collector.invalid", 9060, 1, "", 1)))
                .engine(Scene.ANY_TARGET);
        assertThatThrownBy(() -> Engine.start(config, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("capture.hep.host: collector.invalid is not known");
        nothingIsLeft();
    }

    @Test
    void what_was_to_be_captured_leaves_no_thread_when_a_port_is_taken(@TempDir Path folder) throws Exception {
        try (var taken = new DatagramSocket(0, LOOPBACK)) {
            var config = Scene.of("ring")
                    .local(new InetSocketAddress(LOOPBACK, taken.getLocalPort()))
                    .captured(
                            CaptureConfig.NONE.withPcap(new CaptureConfig.Pcap(folder.resolve("wire"), "", 1 << 20, 2)))
                    .engine(Scene.ANY_TARGET);
            assertThatThrownBy(() -> Engine.start(config, _ -> {})).isInstanceOf(IOException.class);
            nothingIsLeft();
        }
    }

    private static void start(int port, int agents, TraceListener trace) throws IOException {
        var config = Scene.of("ring")
                .local(new InetSocketAddress(LOOPBACK, port))
                .agents(agents)
                .engine(Scene.ANY_TARGET);
        Engine.start(config, _ -> {}, trace).close();
    }

    /// The port is free at once; a thread may take a moment after its loop has ended.
    private static void nothingIsLeft(int port) throws SocketException {
        new DatagramSocket(port, LOOPBACK).close();
        nothingIsLeft();
    }

    private static void nothingIsLeft() {
        Stage.waitUntil(() -> threads().isEmpty(), () -> "no thread of an engine, but there are " + threads());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("flashcall-"))
                .toList();
    }

    /// Fails where the engine asks whether it has to trace at all: when the socket is bound.
    private static final class OutOfMemory implements TraceListener {

        @Override
        public void onMessage(WireMessage message) {
            // never asked
        }

        @Override
        public boolean equals(Object other) {
            throw new OutOfMemoryError("on purpose");
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
