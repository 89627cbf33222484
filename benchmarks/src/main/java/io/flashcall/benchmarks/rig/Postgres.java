package io.flashcall.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL server of a run's own, with its defaults, on loopback. As root it runs as the user postgres, since it
/// refuses to be root.
public final class Postgres implements AutoCloseable {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Rig rig;
    private final Path programs;
    private final Path data;
    private final int port;
    private final Pinned server;

    private Postgres(Rig rig, Path programs, Path data, int port, Pinned server) {
        this.rig = rig;
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.server = server;
    }

    /// Where its programs are; empty where it is not installed.
    public static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    /// Starts it, with an empty database `flashcall`.
    public static Postgres start(Rig rig, Path programs) throws IOException, InterruptedException {
        var data = Files.createTempDirectory("flashcall-bench-postgres-");
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        if (isRoot()) {
            run(rig, List.of("chown", "postgres", data.toString()));
        }
        String db = data.resolve("db").toString();
        run(rig, asPostgres(List.of(programs.resolve("initdb").toString(), "-D", db, "-U", "postgres", "-A", "trust")));
        var server = rig.start(
                Rig.ANY,
                asPostgres(List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        db,
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=")),
                "postgres");
        var postgres = new Postgres(rig, programs, data, port, server);
        postgres.createDatabase();
        return postgres;
    }

    /// Until the server takes connections.
    private void createDatabase() throws IOException, InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                run(
                        rig,
                        List.of(
                                programs.resolve("createdb").toString(),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-U",
                                "postgres",
                                "flashcall"));
                return;
            } catch (IOException e) {
                if (System.nanoTime() - until > 0 || !server.isAlive()) {
                    close();
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /// For `store.url`.
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/flashcall";
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asPostgres(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        var all = new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    private static void run(Rig rig, List<String> command) throws IOException, InterruptedException {
        try (var program = rig.start(Rig.ANY, command, "postgres-setup")) {
            if (program.end(LONGEST) != 0) {
                throw new IOException(command + ": " + program.out() + program.err());
            }
        }
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
