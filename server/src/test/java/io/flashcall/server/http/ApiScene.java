package io.flashcall.server.http;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.E164;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.TrunkStatus.GateStatus;
import io.flashcall.engine.TrunkStatus.HostStatus;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.Reloaded;
import io.flashcall.server.http.stream.SessionFeed;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.QuarantineRule;
import io.flashcall.verification.routing.OutcomeHealth;
import io.flashcall.verification.routing.PrefixRouting;
import io.flashcall.verification.routing.Route;
import io.flashcall.verification.store.ApiKeys.ApiKey;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.ApiKeys.Validity;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.Statistics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A running API with two apps, `shop` and `bank`, each with its keys, over stores in memory and a hand-driven
/// clock.
final class ApiScene implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    static final AppId SHOP = new AppId("shop");
    static final AppId BANK = new AppId("bank");
    static final String SHOP_ORIGIN = "https://shop.example";
    static final String BANK_ORIGIN = "https://bank.example";

    volatile Instant now = START;
    final Vault vault = new Vault(new byte[Vault.KEY_BYTES]);
    final MemoryTenants tenants = new MemoryTenants();
    final MemoryHooks hooks = new MemoryHooks();
    final MemoryRequests requests = new MemoryRequests();
    final Map<String, Pool> pools = new TreeMap<>();
    final Map<String, Quarantines.Quarantined> quarantines = new TreeMap<>();
    int released;
    final List<String> obstacles = new ArrayList<>();
    final List<String> answers = new CopyOnWriteArrayList<>();
    final List<String> appProblems = new ArrayList<>();
    final List<Statistics.Row> figures = new ArrayList<>();
    final List<Costs.Row> costs = new ArrayList<>();
    final List<TrunkStatus> standing = new CopyOnWriteArrayList<>(List.of(standing(false, 3)));
    volatile Reloaded reloaded = new Reloaded.Done(List.of(), false, List.of(), List.of());
    final FakeReceipts receipts = new FakeReceipts();
    final List<Costs.Query> costQueries = new ArrayList<>();
    final SessionFeed feed = new SessionFeed(20);
    final FakeVerifications verifications =
            new FakeVerifications(() -> now, vault, requests, (session, events) -> this.feed.onChange(session, events));
    final String publishable = key(Scope.PUBLISHABLE, Optional.of(SHOP));
    final String server = key(Scope.SERVER, Optional.of(SHOP));
    final String otherPublishable = key(Scope.PUBLISHABLE, Optional.of(BANK));
    final String otherServer = key(Scope.SERVER, Optional.of(BANK));
    final String admin = key(Scope.ADMIN, Optional.empty());
    final HttpApi api;
    final ApiClient client;

    ApiScene() {
        this(new HttpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("10.0.0.0/8")),
                HttpSettings.USUAL_BODY_LIMIT,
                Duration.ofSeconds(5),
                100,
                false));
    }

    ApiScene(HttpSettings settings) {
        tenants.apps.save(app(SHOP, SHOP_ORIGIN));
        tenants.apps.save(app(BANK, BANK_ORIGIN));
        pools.put("uk", new PoolCodec().read(POOL));
        api = HttpApi.start(settings, services());
        client = new ApiClient(api.port());
    }

    static final String POOL = """
            {"name": "uk", "owner": "Flashcall Ltd", "proof": "Ofcom letter of 2026-01-01", "country": "GB",
             "trunks": ["carrier-a"], "numbers": ["+442079460000..+442079469999"]}""";

    @Override
    public void close() {
        api.close();
    }

    /// A session of `shop`, started by a page; its server key may touch it as well.
    Started started() {
        var answer = client.post("/v1/verifications", publishable, "{\"to\": \"+447700900123\"}")
                .is(201);
        return new Started(answer.at("/id"), answer.at("/client_secret"));
    }

    record Started(String id, String secret) {

        String path() {
            return "/v1/verifications/" + id;
        }

        SessionId session() {
            return new SessionId(id);
        }

        Map<String, String> proof() {
            return Map.of("Flashcall-Client-Secret", secret);
        }
    }

    /// A pool of the same numbers under another name.
    Pool pool(String name) {
        return new PoolCodec().read(POOL.replace("\"uk\"", '"' + name + '"'));
    }

    /// A webhook of `shop`.
    String webhook() {
        return client.post("/v1/webhooks", server, "{\"url\": \"https://shop.example/hook\"}")
                .is(201)
                .at("/id");
    }

    /// A key of that scope, as its owner has it.
    String key(Scope scope, Optional<AppId> app) {
        var text = KeyText.draw(scope);
        var validity = new Validity(START, Optional.empty());
        tenants.keys.add(new ApiKey(text.id(), scope, app, text.hash(), "a test", validity));
        return text.text();
    }

    static App app(AppId id, String origin) {
        var usual = Policy.DEFAULT;
        var sms = new PlannedChannel(new ChannelName("sms"), Duration.ofSeconds(30));
        var policy = new Policy(
                usual.codeLength(),
                usual.timeToLive(),
                usual.checks(),
                usual.sends(),
                List.of(PlannedChannel.FLASH_CALL, sms),
                usual.ringTime());
        var access = new App.Access(Optional.empty(), List.of(origin), Optional.empty());
        return new App(id, id.value(), policy, Map.of(), access, App.RiskGuard.DEFAULT);
    }

    private Services services() {
        var trunk = trunk();
        var health = new OutcomeHealth(List.of(trunk.name()));
        var route = new Route("+44", trunk.name(), "uk", Optional.of(Price.parse("0.004 EUR")), false);
        var book = new MemoryPools();
        return new Services(
                new Services.Verifying(verifications, verifications, requests, feed, ApiScene::ladder, vault),
                new Services.Tenancy(tenants.apps, tenants.keys, new AppCodec(), _ -> appProblems, Set.of(BANK)),
                new Services.Numbers(
                        book,
                        new PoolBook(book, List.of(trunk), new SecureRandom()),
                        new PoolCodec(),
                        _ -> List.of(),
                        Set.of("fixed")::contains,
                        new Services.Quarantine(new MemoryQuarantines(), () -> released++)),
                new Services.Network(
                        () -> standing, new PrefixRouting(List.of(route), health, () -> now), health, () -> reloaded),
                new Services.Hooks(hooks.endpoints, hooks.outbox, Set.of("we_fixed"), receipts),
                new Services.Watching(
                        (_, _, _) -> figures,
                        query -> {
                            costQueries.add(query);
                            return costs;
                        },
                        () -> obstacles,
                        () -> "# TYPE flashcall_up gauge\n",
                        (method, template, status, _, limit) -> answers.add(method + " " + template + " " + status
                                + limit.map(name -> " " + name).orElse("")),
                        () -> now));
    }

    /// How `carrier-a` stands, or one that had its name before.
    static TrunkStatus standing(boolean leaving, int calls) {
        var host = new HostStatus("127.0.0.1:5070;transport=udp", "down", "silent", "", 1, 2);
        var binding = new RegistrationStatus("carrier-a", 1, RegistrationStatus.State.REJECTED, "403");
        return new TrunkStatus(
                trunk(), leaving, calls, false, new GateStatus(true, 0.25, false), List.of(binding), List.of(host));
    }

    private static TrunkConfig trunk() {
        return new TrunkConfig(
                "carrier-a",
                PeerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5070)),
                new CallerIds(List.of(CallerIds.Range.parse("+44207946xxxx")), true),
                NumberPolicy.PLUS_E164,
                CallPolicy.DEFAULT);
    }

    private static List<LadderStep> ladder(SessionId session, int attempt) {
        return List.of(
                new LadderStep(1, true, 1_000_000, "INVITE", "+447700900123", 1),
                new LadderStep(1, true, 501_000_000, "INVITE", "+447700900123", 1),
                new LadderStep(1, false, 601_500_000, "180 Ringing of +447700900123", "", 2));
    }

    /// A number of the pools, in quarantine for a day from now.
    void quarantine(String number) {
        var e164 = E164.parse(number);
        var mac = vault.numberMac(e164);
        var caller = new Quarantines.Caller(mac, vault.seal(e164.digits(), mac), "uk", "carrier-a");
        quarantines.put(mac, new Quarantines.Quarantined(caller, now, now.plus(Duration.ofDays(1)), 3, 1));
    }

    private final class MemoryQuarantines implements Quarantines {

        @Override
        public Optional<Quarantined> report(Block block, QuarantineRule rule, Function<Quarantined, String> body) {
            throw new IllegalStateException("the API reports no blocks");
        }

        @Override
        public List<Quarantined> active(Instant now) {
            return List.copyOf(quarantines.values());
        }

        @Override
        public boolean release(String callerMac, Instant now) {
            return quarantines.remove(callerMac) != null;
        }

        @Override
        public int forget(Instant blocks, Instant ended) {
            return 0;
        }
    }

    private final class MemoryPools implements Pools {

        @Override
        public Optional<Pool> find(String name) {
            return Optional.ofNullable(pools.get(name));
        }

        @Override
        public List<Pool> list() {
            return List.copyOf(pools.values());
        }

        @Override
        public void save(Pool pool) {
            pools.put(pool.name(), pool);
        }

        @Override
        public long revision() {
            return 0;
        }

        @Override
        public boolean delete(String name) {
            return pools.remove(name) != null;
        }
    }
}
