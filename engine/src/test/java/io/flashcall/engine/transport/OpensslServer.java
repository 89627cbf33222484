package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.flashcall.engine.transport.TestAuthority.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// `openssl s_server` as a peer: what the test writes goes to whoever connects, and what comes is read.
final class OpensslServer implements AutoCloseable {

    private final Process process;
    private final Endpoint endpoint;

    /// @param more further options of `s_server`
    static OpensslServer start(Path folder, Identity identity, String... more) throws Exception {
        int port = freePort();
        var command = new ArrayList<>(List.of("openssl", "s_server", "-quiet", "-accept", "127.0.0.1:" + port));
        command.addAll(List.of("-cert", identity.writeCertificates(folder).toString()));
        command.addAll(List.of("-cert_chain", identity.writeCertificates(folder).toString()));
        command.addAll(List.of("-key", identity.writeKey(folder).toString()));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("openssl.log").toFile())
                .start();
        var server = new OpensslServer(process, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        Awaitility.await("openssl listens").until(server::listens);
        return server;
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private OpensslServer(Process process, InetSocketAddress address) {
        this.process = process;
        endpoint = Endpoint.of(address);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void send(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(ISO_8859_1));
        process.getOutputStream().flush();
    }

    String receive(int length) throws IOException {
        return new String(process.getInputStream().readNBytes(length), ISO_8859_1);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private boolean listens() {
        try (var probe = new Socket()) {
            probe.connect(endpoint.toSocketAddress(), 500);
            return true;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new IllegalStateException("openssl ended with " + process.exitValue(), e);
            }
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
