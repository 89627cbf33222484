package io.flashcall.verification.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server of this JVM's own, on loopback, with its data in a folder that goes with it. It ends
/// with the JVM, however that ends: a shell beside it waits for the end of its input.
public final class PostgresServer {

    private static final String USER = "postgres";
    private static final int STARTS = 3;

    /// Without waiting for the disk: what is tested is not what a power cut leaves.
    private static final String SCRIPT = """
            set -eu
            bin=$1 port=$2
            data=$(mktemp -d "${TMPDIR:-/tmp}/flashcall-postgres-XXXXXX")
            trap 'rm -rf "$data"' EXIT
            cd "$data"
            "$bin/initdb" -D "$data/db" -U postgres -A trust -E UTF8 --no-locale -N >"$data/initdb.log" 2>&1 ||
                { cat "$data/initdb.log"; exit 1; }
            "$bin/postgres" -D "$data/db" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
                -c fsync=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB \
                -c deadlock_timeout=200ms >"$data/server.log" 2>&1 </dev/null &
            server=$!
            trap 'kill -INT $server 2>/dev/null || :; wait $server || :; rm -rf "$data"' EXIT
            until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
                kill -0 $server 2>/dev/null || { cat "$data/server.log"; exit 1; }
                sleep 0.05
            done
            echo "ready $server"
            read -r end || :
            """;

    private static final class Holder {
        static final PostgresServer ONE = start();
    }

    private final int port;
    private final long pid;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(int port, long pid) {
        this.port = port;
        this.pid = pid;
    }

    /// The one of this JVM, started by whoever asks first.
    public static PostgresServer get() {
        return Holder.ONE;
    }

    /// The JDBC URL of a database.
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    public int port() {
        return port;
    }

    /// Of its first process.
    public long pid() {
        return pid;
    }

    /// A name that no database has yet.
    public String nextName() {
        return "test_" + databases.incrementAndGet();
    }

    private static PostgresServer start() {
        try {
            var said = "";
            for (int i = 0; i < STARTS; i++) {
                int port = freePort();
                var process = new ProcessBuilder(command(port))
                        .redirectErrorStream(true)
                        .start();
                var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var line = lines.readLine();
                if (line != null && line.startsWith("ready ")) {
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "postgres-end"));
                    return new PostgresServer(port, Long.parseLong(line.substring("ready ".length())));
                }
                said = line + "\n" + lines.lines().reduce("", (all, next) -> all + next + "\n");
            }
            throw new IllegalStateException("PostgreSQL does not start: " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Closes its input, and waits until it has cleaned up.
    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The server refuses to run as root.
    private static List<String> command(int port) {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.addAll(List.of("sh", "-c", SCRIPT, "postgres", programs().toString(), String.valueOf(port)));
        return command;
    }

    private static Path programs() {
        return debian().or(PostgresServer::onPath)
                .orElseThrow(() -> new IllegalStateException(
                        "no PostgreSQL server here: install the package postgresql (apt-get install postgresql)"));
    }

    /// The newest of Debian's, which are on nobody's path.
    private static Optional<Path> debian() {
        var all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (var versions = Files.list(all)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparing(
                            version -> Integer.parseInt(version.getFileName().toString()), Comparator.reverseOrder()))
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> onPath() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
