package io.flashcall.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import io.flashcall.cli.child.ChildCommand;
import io.flashcall.cli.handset.Handsets;
import io.flashcall.cli.hook.HookEndpoint;
import io.flashcall.cli.hook.HookReceiver;
import io.flashcall.cli.sandbox.SandboxConfig;
import io.flashcall.cli.web.LocalServer;
import io.flashcall.server.config.Addresses;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.TraceLine;
import io.flashcall.verification.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// The service dies as by `kill -9` in the middle of its work, and starts again.
@DisplayNameGeneration(ReplaceUnderscores.class)
class KillTest {

    private static final int SESSIONS = 500;
    private static final int CHECKED = 100;
    private static final int AT_ONCE = 32;
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(90);
    private static final Pattern INVITE = Pattern.compile("\\AINVITE sip:\\+?(\\d+)@");
    private static final Pattern CALL_ID = Pattern.compile("(?im)^Call-ID:\\s*(\\S+)");

    private final Handsets handsets = new Handsets(InstantSource.system());
    private final Map<String, Set<String>> invites = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> finals = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    @Test
    void every_session_ends_no_phone_rings_twice_and_every_end_is_heard_of() throws Exception {
        var receiver = new HookReceiver(
                InstantSource.system(),
                hook -> finals.computeIfAbsent(hook.verification(), _ -> ConcurrentHashMap.newKeySet())
                        .add(hook.type()));
        try (var carrier = Carrier.start(
                        CarrierConfig.loopback("ring").withRings(handsets).withTrace(this::note));
                var web = LocalServer.start(loopback(0), routes -> receiver.add(routes, "/hooks"))) {
            var config = configure(carrier.address());
            List<Answer> started;
            try (var service = serve(config)) {
                var client = new ApiClient(url(config), key(config));
                receiver.secret(HookEndpoint.register(client, URI.create(web.url() + "/hooks"), EventType::isFinal)
                        .secret());
                started = startAll(client);
                var checks = check(client, started.subList(0, CHECKED));
                service.kill();
                outcomes(checks);
            }
            try (var service = serve(config)) {
                assertThat(service.pid()).isPositive();
                var client = new ApiClient(url(config), key(config));
                await().atMost(TO_END).until(() -> finals.size(), count -> count >= SESSIONS);
                assertThat(statuses(client, started).keySet()).isSubsetOf("verified", "failed", "expired");
            }
            assertThat(finals)
                    .hasSize(SESSIONS)
                    .allSatisfy((_, types) -> assertThat(types).hasSize(1));
            assertThat(invites)
                    .hasSizeLessThanOrEqualTo(SESSIONS)
                    .allSatisfy((_, calls) -> assertThat(calls).hasSize(1));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    private void note(TraceLine line) {
        var called = INVITE.matcher(line.text());
        if (!line.sent() && called.find()) {
            var call = CALL_ID.matcher(line.text());
            assertThat(call.find()).isTrue();
            invites.computeIfAbsent(called.group(1), _ -> ConcurrentHashMap.newKeySet())
                    .add(call.group(1));
        }
    }

    /// A port of its own, so that clients find the service again; and sessions that end soon.
    private Path configure(InetSocketAddress carrier) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var text = new SandboxConfig(folder, loopback(port), carrier, Optional.empty(), SandboxConfig.Pace.LOAD).text();
        return Files.writeString(
                folder.resolve("server.yaml"), text.replace("default_region: GB", "default_region: GB\n    ttl: 12s"));
    }

    private ChildCommand serve(Path config) throws IOException, InterruptedException {
        var service = ChildCommand.start(folder.resolve("serve.log"), List.of(), "serve", "--config=" + config);
        service.await("flashcall ready on ", TO_START);
        return service;
    }

    private String key(Path config) throws IOException, InterruptedException {
        try (var keys = ChildCommand.start(
                folder.resolve("keys.log"),
                List.of(),
                "keys",
                "create",
                "--scope=server",
                "--app=demo",
                "--config=" + config)) {
            return "fc_" + keys.await("fc_", TO_START);
        }
    }

    private static URI url(Path config) throws IOException {
        var listen = Files.readString(config).lines().findFirst().orElseThrow();
        return URI.create("http://" + listen.replaceAll("listen: |\"", ""));
    }

    private static List<Answer> startAll(ApiClient client) throws Exception {
        return outcomes(all(IntStream.range(0, SESSIONS)
                        .<Callable<Answer>>mapToObj(i -> () -> client.post(
                                "/v1/verifications",
                                JsonNodeFactory.instance.objectNode().put("to", "+44730000%04d".formatted(i))))
                        .toList()))
                .stream()
                .peek(answer ->
                        assertThat(answer.status()).as(answer.complaint()).isEqualTo(201))
                .toList();
    }

    /// What becomes of these is open: the service dies meanwhile.
    private List<Future<Answer>> check(ApiClient client, List<Answer> sessions) {
        return all(sessions.stream()
                .<Callable<Answer>>map(session -> () -> {
                    var call = handsets.next(session.text("to"), 0, Duration.ofSeconds(10))
                            .orElseThrow();
                    var code = call.from().substring(call.from().length() - 4);
                    return client.post(
                            "/v1/verifications/" + session.text("id") + "/check",
                            JsonNodeFactory.instance.objectNode().put("code", code));
                })
                .toList());
    }

    private static Map<String, Long> statuses(ApiClient client, List<Answer> sessions) throws Exception {
        var statuses = new TreeMap<String, Long>();
        for (var answer : outcomes(all(sessions.stream()
                .<Callable<Answer>>map(session -> () -> client.get("/v1/verifications/" + session.text("id")))
                .toList()))) {
            statuses.merge(answer.text("status"), 1L, Long::sum);
        }
        return statuses;
    }

    private static List<Future<Answer>> all(List<Callable<Answer>> tasks) {
        var executor = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
        var futures = tasks.stream().map(executor::submit).toList();
        executor.shutdown();
        return futures;
    }

    /// Of those that had one.
    private static List<Answer> outcomes(List<Future<Answer>> futures) throws InterruptedException {
        var answers = new ArrayList<Answer>();
        for (var future : futures) {
            try {
                answers.add(future.get());
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseInstanceOf(IOException.class);
            }
        }
        return answers;
    }

    private static InetSocketAddress loopback(int port) {
        return Addresses.parse("127.0.0.1:" + port, 0);
    }
}
