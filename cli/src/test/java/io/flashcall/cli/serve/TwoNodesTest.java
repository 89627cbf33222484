package io.flashcall.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.cli.Shell;
import io.flashcall.cli.api.ApiClient;
import io.flashcall.cli.child.ChildCommand;
import io.flashcall.cli.handset.HandsetRoutes;
import io.flashcall.cli.handset.Handsets;
import io.flashcall.cli.hook.HookEndpoint;
import io.flashcall.cli.maintain.PostgresFile;
import io.flashcall.cli.sandbox.SandboxConfig;
import io.flashcall.cli.web.LocalServer;
import io.flashcall.server.config.Addresses;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.verification.EventType;
import io.flashcall.verification.store.PostgresServer;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Two nodes on one database serve one load, and one of them dies in the middle of it. In full:
/// `e2e/gates/product-2-two-nodes.sh`.
@DisplayNameGeneration(ReplaceUnderscores.class)
class TwoNodesTest {

    private static final int RATE = 30;
    private static final int SECONDS = 8;
    private static final Duration TO_START = Duration.ofSeconds(60);

    private final Handsets handsets = new Handsets(InstantSource.system());
    private final String database = database();

    @TempDir
    private Path folder;

    @Test
    void what_one_node_starts_the_other_checks_and_nothing_is_lost_with_a_node_that_dies() throws Exception {
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring").withRings(handsets));
                var web = LocalServer.start(loopback(0), new HandsetRoutes(handsets)::add);
                var first = serve(1, carrier.address());
                var second = serve(2, carrier.address())) {
            var load = CompletableFuture.supplyAsync(() -> load(web));
            await().atMost(TO_START).until(() -> sessions() > RATE * SECONDS / 3);
            assertThat(load).isNotDone();
            first.kill();
            try (var restarted = serve(1, carrier.address())) {
                assertThat(restarted.pid()).isNotEqualTo(second.pid());
                var report = new JsonMapper().readTree(load.get(120, TimeUnit.SECONDS));

                assertThat(report.path("started").asInt()).as("%s", report).isEqualTo(RATE * SECONDS);
                assertThat(report.path("ended").has("open")).as("%s", report).isFalse();
                assertThat(report.path("error_kinds").properties())
                        .as("%s", report)
                        .noneMatch(error -> error.getKey().startsWith("a phone rang")
                                || error.getKey().startsWith("a webhook"));
            }
        }
    }

    /// What it was delivering when it died is delivered by the other one, though its claim runs for a minute yet.
    @Test
    void what_a_dead_node_had_claimed_is_delivered_by_the_other_within_ten_seconds() throws Exception {
        var held = new CountDownLatch(1);
        var asked = new CopyOnWriteArrayList<String>();
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring").withRings(handsets));
                var receiver = receiver(asked, held);
                var first = serve(1, carrier.address());
                var client = new ApiClient(URI.create("http://" + listen(1)), key())) {
            var _ = HookEndpoint.register(client, receiver.url().resolve("/hooks"), EventType::isWebhook);
            var to = JsonNodeFactory.instance.objectNode().put("to", "+447400123456");
            assertThat(client.post("/v1/verifications", to).status()).isEqualTo(201);
            await().atMost(TO_START).until(() -> !asked.isEmpty());

            try (var _ = serve(2, carrier.address())) {
                first.kill();
                long killed = System.nanoTime();
                var claimed = asked.getFirst();
                held.countDown();
                await().atMost(TO_START)
                        .until(() -> asked.stream().filter(claimed::equals).count() == 2);

                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(10));
            }
        }
    }

    /// Answers nothing to the first request as long as it is `held`.
    private static LocalServer receiver(List<String> asked, CountDownLatch held) {
        return LocalServer.start(
                loopback(0),
                routes -> routes.post("/hooks", (request, response) -> {
                    asked.add(request.headers()
                            .get(HeaderNames.create("webhook-id"))
                            .get());
                    try {
                        held.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    response.send();
                }));
    }

    private String load(LocalServer web) {
        var shell = new Shell();
        shell.run(
                "load-api",
                "--url=http://" + listen(1),
                "--url=http://" + listen(2),
                "--key=" + key(),
                "--handsets=" + web.url(),
                "--rate=" + RATE,
                "--duration=" + SECONDS + "s",
                "--think=500ms",
                "--grace=60s",
                "--every-event",
                "--json");
        assertThat(shell.out()).as(shell.err()).isNotEmpty();
        return shell.out();
    }

    private long sessions() throws SQLException {
        var server = PostgresServer.get();
        try (var connection = DriverManager.getConnection(server.url(database), server.user(), "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM sessions")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String key() {
        var shell = new Shell();
        shell.run("keys", "create", "--scope=server", "--app=demo", "--config=" + config(1));
        return shell.out().strip();
    }

    private ChildCommand serve(int node, InetSocketAddress carrier) throws IOException, InterruptedException {
        if (!Files.exists(config(node))) {
            configure(node, carrier);
        }
        var service = ChildCommand.start(folder.resolve(node + ".log"), List.of(), "serve", "--config=" + config(node));
        service.await("flashcall ready on ", TO_START);
        return service;
    }

    /// On a port of its own, so that clients find it again.
    private void configure(int node, InetSocketAddress carrier) throws IOException {
        var text = new SandboxConfig(folder, loopback(freePort()), carrier, Optional.empty(), SandboxConfig.Pace.LOAD)
                .text()
                .replaceFirst("store: .*", PostgresFile.store(database))
                .replace("default_region: GB", "default_region: GB\n    ttl: 20s");
        Files.writeString(config(node), text);
    }

    private Path config(int node) {
        return folder.resolve("node" + node + ".yaml");
    }

    private String listen(int node) {
        try {
            return Files.readAllLines(config(node)).getFirst().replaceAll("listen: |\"", "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String database() {
        try {
            return PostgresFile.newDatabase();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return Addresses.parse("127.0.0.1:" + port, 0);
    }
}
