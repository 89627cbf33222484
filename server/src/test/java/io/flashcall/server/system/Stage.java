package io.flashcall.server.system;

import com.sun.net.httpserver.HttpServer;
import io.flashcall.server.Service;
import io.flashcall.server.Wiring;
import io.flashcall.server.config.Addresses;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.MasterKey;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.store.SqlStore;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.RingListener;
import io.flashcall.testbed.TraceLine;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service in this process: a carrier that behaves by number, a provider of messages, a webhook receiver,
/// and the API over real HTTP.
final class Stage implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.shared();

    /// Where the provider of messages reports: `[{"ref": SESSION/ATTEMPT, "state": "arrived" or "lost"}]`.
    static final String RECEIPTS = "/v1/receipts/sms/0123456789abcdefghijABCDEFGHIJ";

    private final Path folder;
    private final String sections;
    private final String app;
    private final String channels;
    private final Carrier carrier;
    private final HttpServer outside;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, List<String>> rings = new ConcurrentHashMap<>();
    final List<String> messages = new CopyOnWriteArrayList<>();

    /// All that the carrier received and sent.
    final Queue<TraceLine> wire = new ConcurrentLinkedQueue<>();

    final List<String> webhooks = new CopyOnWriteArrayList<>();
    private Service service;
    private String key;
    private String adminKey;

    /// @param behaviour of the carrier
    Stage(Path folder, String behaviour) throws IOException {
        this(folder, behaviour, "");
    }

    /// @param sections of the configuration that stand beside the usual ones
    Stage(Path folder, String behaviour, String sections) throws IOException {
        this(folder, behaviour, sections, "");
    }

    /// @param app what the app has besides, each key with a comma
    Stage(Path folder, String behaviour, String sections, String app) throws IOException {
        this(folder, behaviour, sections, app, "");
    }

    /// @param channels besides the usual one, on one line: `NAME: {…}`
    Stage(Path folder, String behaviour, String sections, String app, String channels) throws IOException {
        this.folder = folder;
        this.sections = sections;
        this.app = app;
        this.channels = channels;
        var behaving = CarrierConfig.loopback(behaviour).withTrace(wire::add);
        this.carrier = Carrier.start(behaving.withRings(new RingListener() {
            @Override
            public void onRinging(String called, String caller) {
                rings.computeIfAbsent(called, _ -> new CopyOnWriteArrayList<>()).add(caller);
            }

            @Override
            public void onRingStopped(String called, String caller) {}
        }));
        this.outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        record(outside, "/sms", messages);
        record(outside, "/hooks", webhooks);
        outside.start();
        start();
    }

    private static void record(HttpServer server, String path, List<String> into) {
        server.createContext(path, exchange -> {
            into.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
    }

    void start() throws IOException {
        var config = ServerConfigReader.parse(
                """
                listen: 127.0.0.1:0
                store: {path: %1$s/flashcall.db}
                master_key: {file: %1$s/master.key}
                engine:
                  user_agents: {local: "127.0.0.1:0"}
                  trunks:
                    one: {target: "%2$s", caller_ids: [+442079460000..+442079460999], flash_calls_allowed: true,
                          ring_time: 300ms, setup_timeout: 1s, calls_per_second: 1000}
                    two: {target: "%2$s", caller_ids: [+442079460000..+442079460999], flash_calls_allowed: true,
                          ring_time: 300ms, setup_timeout: 1s, calls_per_second: 1000}
                pools:
                  drama: {owner: us, proof: a list, country: GB, trunks: [one, two],
                          numbers: [+442079460000..+442079460999]}
                routes:
                  - {prefix: "+", trunk: one, pool: drama, price: 0.004 EUR}
                  - {prefix: "+", trunk: two, pool: drama, price: 0.005 EUR}
                apps:
                  shop: {title: Shop, %4$schannels: [{name: flash_call, time: 3s}, sms], ring_time: {default: 500ms, min: 0s, max: 5s}}
                channels:
                  sms: {url: "http://127.0.0.1:%3$d/sms", body: "{to}|{text}", content_type: text/plain,
                        allow_private_addresses: true, messages: {default: "{code}"}, price: 0.04 EUR,
                        receipts: {reference: /ref, status: /state, delivered: arrived, failed: lost,
                                   secret_path: 0123456789abcdefghijABCDEFGHIJ}}
                  %6$s
                  flash_call: {not_countries: [FR]}
                webhooks:
                  allow_private_addresses: [127.0.0.0/8]
                  allow_http: true
                  endpoints: [{app: shop, url: "http://127.0.0.1:%3$d/hooks", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]
                %5$s""".formatted(
                                folder,
                                Addresses.text(carrier.address()),
                                outside.getAddress().getPort(),
                                app,
                                sections,
                                channels),
                folder,
                Map.of());
        service = Wiring.start(config);
        key = service.createKey(Scope.SERVER, Optional.of(new AppId("shop")), "test");
        adminKey = service.createKey(Scope.ADMIN, Optional.empty(), "test");
    }

    URI url() {
        return service.url();
    }

    Carrier carrier() {
        return carrier;
    }

    void stop() {
        service.close();
    }

    /// What the service keeps, while it is stopped.
    SqlStore store() throws IOException {
        var vault = new Vault(new MasterKey.InFile(folder.resolve("master.key")).load());
        return SqlStore.open(
                new StoreConfig.File(folder.resolve("flashcall.db")), new AppCodec(), new PoolCodec(), vault);
    }

    /// The caller ids that a phone showed, in order.
    List<String> rings(String phone) {
        return rings.getOrDefault(phone, List.of());
    }

    JsonNode started(String phone) {
        return post("/v1/verifications", "{\"to\":\"" + phone + "\",\"purpose\":\"login\"}", 201);
    }

    JsonNode session(String id) {
        return get("/v1/verifications/" + id);
    }

    JsonNode check(String id, String code) {
        return post("/v1/verifications/" + id + "/check", "{\"code\":\"" + code + "\"}", 200);
    }

    JsonNode get(String path) {
        return send(request(path).GET().build(), 200);
    }

    String text(String path) {
        return exchange(request(path).GET().build()).body();
    }

    JsonNode post(String path, String body, int status) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                status);
    }

    /// What the service says to any body, whatever its status.
    HttpResponse<String> answer(String path, String body) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    JsonNode getAsAdmin(String path) {
        return send(request(path, adminKey).GET().build(), 200);
    }

    void postAsAdmin(String path, String body, int status) {
        var response = exchange(request(path, adminKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
        if (response.statusCode() != status) {
            throw new AssertionError(path + ": " + response.statusCode() + ": " + response.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return request(path, key);
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(service.url().resolve(path))
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(20));
    }

    private JsonNode send(HttpRequest request, int status) {
        var response = exchange(request);
        if (response.statusCode() != status) {
            throw new AssertionError(request.uri().getPath() + ": " + response.statusCode() + " (expected: " + status
                    + "): " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        service.close();
        outside.stop(0);
        carrier.close();
    }
}
