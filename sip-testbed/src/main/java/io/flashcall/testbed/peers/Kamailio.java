package io.flashcall.testbed.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One Kamailio on 127.0.0.1: registrar, proxy with digest, or record-routing hop, as its builder was told.
///
/// It can be stopped and started again on the same ports. Registrations and nonces are in memory only:
/// whoever was registered is unknown after that, and nonces from before are challenged again without
/// `stale=true`.
///
/// Safe for use by several threads, except that one at a time stops and starts it.
public final class Kamailio implements AutoCloseable {

    private static final Program PROGRAM = new Program("kamailio", "kamailio, with kamailio-tls-modules for TLS");
    private static final Duration READY = Duration.ofSeconds(20);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final KamailioPorts ports;
    private final Set<Transport> transports;
    private final Duration life;
    private final Path folder = PeerProcess.newFolder("kamailio");
    private final KamailioRpc rpc;
    private @Nullable PeerProcess process;

    Kamailio(KamailioPorts ports, Set<Transport> transports, Duration life) {
        this.ports = ports;
        this.transports = Set.copyOf(transports);
        this.life = life;
        this.rpc = new KamailioRpc(ports.rpc());
    }

    /// Begins a description: say what it shall be, then [KamailioBuilder#start].
    public static KamailioBuilder builder() {
        return new KamailioBuilder();
    }

    /// What is installed, such as `kamailio 5.6.3`.
    ///
    /// @throws IllegalStateException if nothing is
    public static String version() {
        String text = PROGRAM.run(Path.of("/"), List.of("-v"));
        String first = text.lines().findFirst().orElse("");
        return first.replace("version: ", "").replaceAll(" \\(.*", "").strip();
    }

    void configure(String main, String tls) {
        try {
            Files.writeString(folder.resolve("kamailio.cfg"), main);
            Files.writeString(folder.resolve("tls.cfg"), tls);
            PeerProcess.unpack("kamailio-routes.cfg", folder.resolve("kamailio-routes.cfg"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KamailioPorts ports() {
        return ports;
    }

    /// Starts it again after [#stop] or [#crash], on the same ports; it is ready when this returns.
    public void start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("kamailio runs already (expected: stopped)");
        }
        // Little memory, for several run at once; the folder takes what it writes at run time.
        PeerProcess started = PeerProcess.start(
                PROGRAM,
                folder,
                life,
                List.of(
                        "-DD",
                        "-E",
                        "-f",
                        "kamailio.cfg",
                        "-m",
                        "32",
                        "-M",
                        "4",
                        "-Y",
                        folder.toString(),
                        "-w",
                        folder.toString()));
        process = started;
        started.await("open its ports", READY, this::answers);
    }

    private boolean answers() {
        try {
            return rpc.call("core.version").has("result");
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /// Ends it in an orderly way, as an operator does. Connections are closed, ports free.
    public void stop() {
        if (process != null) {
            process.end(GOODBYE);
        }
    }

    /// Kills all its processes at once.
    public void crash() {
        if (process != null) {
            process.crash();
        }
    }

    /// Stops and starts it on the same ports.
    public void restart() {
        stop();
        start();
    }

    /// Where it takes SIP over this transport.
    ///
    /// @throws IllegalArgumentException if it does not listen there
    public InetSocketAddress address(Transport transport) {
        if (!transports.contains(transport)) {
            throw new IllegalArgumentException("transport: " + transport + " (expected: one of " + transports + ")");
        }
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), ports.of(transport));
    }

    /// Has it stand still: the system takes what is sent, and connections, and nobody reads.
    public void freeze() {
        running().signal("-STOP");
    }

    /// Ends [#freeze].
    public void thaw() {
        running().signal("-CONT");
    }

    /// From now on refuses every request that starts something (not ACK, CANCEL, or what is within a dialog).
    ///
    /// @param status 300 to 699, such as 503
    public void refuse(int status) {
        order("htable.delete", "orders", "retry_after");
        order("htable.seti", "orders", "status", status);
    }

    /// As [#refuse(int)], with Retry-After.
    ///
    /// @param retryAfter in whole seconds
    public void refuse(int status, Duration retryAfter) {
        order("htable.sets", "orders", "retry_after", Long.toString(retryAfter.toSeconds()));
        order("htable.seti", "orders", "status", status);
    }

    /// Ends [#refuse(int)].
    public void accept() {
        order("htable.delete", "orders", "status");
        order("htable.delete", "orders", "retry_after");
    }

    private void order(String method, Object... parameters) {
        JsonNode answer = rpc.call(method, parameters);
        // To delete what is not there is an error to some versions, and what we want anyway.
        if (answer.has("error") && !method.equals("htable.delete")) {
            throw new IllegalStateException("kamailio refused " + method + ": " + answer);
        }
    }

    /// Any of its remote procedure calls, such as `ul.dump`, `tls.list` or `stats.get_statistics`; the object
    /// that came back, with `result` or `error`.
    public JsonNode rpc(String method, Object... parameters) {
        return rpc.call(method, parameters);
    }

    /// Whether somebody is registered.
    ///
    /// @param user the user part of the address
    public boolean isRegistered(String user) {
        return rpc.call("ul.lookup", "location", user).has("result");
    }

    /// Waits until somebody is registered.
    ///
    /// @throws IllegalStateException with its log, if nobody is by then
    public void awaitRegistered(String user, Duration most) {
        running().await("see a registration of " + user, most, () -> isRegistered(user));
    }

    /// How many requests of this method came in since the first start, repeated ones too.
    public long requests(String method) {
        return process == null
                ? 0
                : process.wholeLog()
                        .lines()
                        .filter(line -> line.contains("<script>: " + method + " "))
                        .count();
    }

    /// The end of what it said, for the message of a failing test.
    public String log() {
        return process == null ? "" : process.log();
    }

    private PeerProcess running() {
        if (process == null) {
            throw new IllegalStateException("kamailio was never started");
        }
        return process;
    }

    /// Ends it, and removes its files.
    @Override
    public void close() {
        stop();
        PeerProcess.removeFolder(folder);
    }
}
