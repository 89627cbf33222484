package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.journal.Figures;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How long commands take until they do something.
public final class StartSection implements Section {

    private static final String SECTION = "start";
    private static final String PLACE = "place: first INVITE";
    private static final String SERVE = "serve: ready";
    private static final int ROUNDS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    public StartSection() {}

    @Override
    public String title() {
        return "Start";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent == Extent.SOAK) {
            return;
        }
        buildCaches(bench.rig());
        for (int round = 1; round <= ROUNDS; round++) {
            bench.once(new Cell(SECTION, PLACE, 0, 0, round), () -> Map.of("seconds", place(bench.rig())));
            bench.once(new Cell(SECTION, SERVE, 0, 0, round), () -> Map.of("seconds", serve(bench.rig())));
        }
    }

    /// The launcher makes them when a build is used first.
    private static void buildCaches(Rig rig) throws IOException, InterruptedException {
        try (var once = rig.start(Rig.ANY, rig.flashcall("--version"), "version")) {
            once.end(LONGEST.multipliedBy(6));
        }
    }

    private static double place(Rig rig) throws IOException {
        try (var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout((int) LONGEST.toMillis());
            var command = rig.flashcall(
                    "place", "--trunk=127.0.0.1:" + peer.getLocalPort(), "--from=+12025550123", "--to=+442079460123");
            long start = System.nanoTime();
            try (var _ = rig.start(Rig.ANY, command, "place")) {
                peer.receive(new DatagramPacket(new byte[2_000], 2_000));
                return (System.nanoTime() - start) / 1e9;
            }
        }
    }

    private static double serve(Rig rig) throws IOException, InterruptedException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var folder = rig.work().resolve("serve-" + System.nanoTime());
        var config = rig.write(
                "serve.yaml", """
                listen: "127.0.0.1:%d"
                store:
                  path: "%s"
                master_key: {file: "%s"}
                engine:
                  trunks:
                    peer:
                      target: "127.0.0.1:9"
                      caller_ids: ["+120255501xx"]
                      flash_calls_allowed: true
                """.formatted(port, folder.resolve("flashcall.db"), folder.resolve("master.key")));
        Files.createDirectories(folder);
        var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                .build();
        long start = System.nanoTime();
        try (var service = rig.start(Rig.ANY, rig.flashcall("serve", "--config", config.toString()), "serve");
                var client = HttpClient.newHttpClient()) {
            while (System.nanoTime() - start < LONGEST.toNanos() && service.isAlive()) {
                try {
                    if (client.send(ready, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return (System.nanoTime() - start) / 1e9;
                    }
                } catch (IOException _) {
                    // Nobody listens yet.
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            throw new IOException("serve was not ready: " + service.out() + service.err());
        }
    }

    @Override
    public String markdown(Bench bench) {
        var table = new StringBuilder("""
                From the start of the command, its caches built.

                | | seconds, median (least–most) |
                |---|---|
                """);
        boolean any = false;
        for (String side : List.of(PLACE, SERVE)) {
            var seconds = bench.journal().values(SECTION, side, 0, 0, "seconds");
            if (!seconds.isEmpty()) {
                any = true;
                table.append("| ")
                        .append(side)
                        .append(" | ")
                        .append(Figures.range(seconds, 2))
                        .append(" |\n");
            }
        }
        return any ? table.toString() : "";
    }
}
