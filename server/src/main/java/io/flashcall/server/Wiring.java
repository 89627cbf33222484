package io.flashcall.server;

import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.Engine;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.capture.CaptureCounters;
import io.flashcall.engine.capture.RecentLadders;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.server.channel.receipt.ReceiptDesk;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.ChannelConfig;
import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.http.HttpApi;
import io.flashcall.server.http.HttpSettings;
import io.flashcall.server.http.Services;
import io.flashcall.server.http.stream.SessionFeed;
import io.flashcall.server.metrics.Metrics;
import io.flashcall.server.metrics.PoolGauge;
import io.flashcall.server.net.AddressGuard;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.server.store.SqlStore;
import io.flashcall.server.webhook.Courier;
import io.flashcall.server.webhook.DispatchSettings;
import io.flashcall.server.webhook.Dispatcher;
import io.flashcall.server.webhook.HookAuthorizer;
import io.flashcall.server.webhook.JsonJournal;
import io.flashcall.server.webhook.JsonQuarantineJournal;
import io.flashcall.server.webhook.WebhookCounts;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Deadlines;
import io.flashcall.verification.Housekeeping;
import io.flashcall.verification.Receipts;
import io.flashcall.verification.Repeated;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionChanges;
import io.flashcall.verification.TermsRule;
import io.flashcall.verification.Vault;
import io.flashcall.verification.VerificationService;
import io.flashcall.verification.channel.CallReference;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.channel.FlashCallChannel;
import io.flashcall.verification.channel.LiveCalls;
import io.flashcall.verification.channel.RuledChannel;
import io.flashcall.verification.guard.PhoneNumberRules;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.Problem;
import io.flashcall.verification.number.SiftedPools;
import io.flashcall.verification.number.StrengthRule;
import io.flashcall.verification.pricing.BudgetWatch;
import io.flashcall.verification.routing.OutcomeHealth;
import io.flashcall.verification.routing.PrefixRouting;
import io.flashcall.verification.store.TimelineEntry;
import io.flashcall.verification.tracking.BlockWatch;
import io.flashcall.verification.tracking.SessionTracker;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The object graph, on one page: plain constructor calls, in the order in which things need each other.
public final class Wiring {

    // How long calls may take to end by themselves, and then how long to end those that have not.
    private static final Duration LAST_CALLS = Duration.ofSeconds(14);
    private static final Duration DRAIN = Duration.ofSeconds(6);
    private static final Duration DEADLINE_NOTICED = Duration.ofMillis(200);
    private static final int STREAMS = 5_000;

    private static final int REQUESTS = 2_000;

    private final ServerConfig config;
    private final Supplier<ServerConfig> file;
    // As exact as what is stored, so that an answer says the same at once and later.
    private final InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);
    // What is to be closed, last first.
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Wiring(ServerConfig config, Supplier<ServerConfig> file) {
        this.config = config;
        this.file = file;
    }

    /// Opens the store, binds the sockets and begins to serve.
    ///
    /// @throws IOException              when a file or an address cannot be used, naming it
    /// @throws UnusableConfigException when the parts of the configuration do not fit each other
    public static Service start(ServerConfig config) throws IOException {
        return start(config, () -> config);
    }

    /// The same.
    ///
    /// @param file reads the configuration anew, when a reload is asked for
    public static Service start(ServerConfig config, Supplier<ServerConfig> file) throws IOException {
        var wiring = new Wiring(config, file);
        try {
            return wiring.start();
        } catch (IOException | RuntimeException e) {
            Service.close(wiring.parts);
            throw e;
        }
    }

    private Service start() throws IOException {
        var vault = new Vault(config.storage().masterKey().load());
        var cluster = Cluster.join(config.storage(), vault, clock, this::part);
        var store = cluster.store();
        var declarations = new Declarations(config, store.apps(), store.pools(), store.endpoints(), vault);
        declarations.save();

        var trunks = config.engine().trunks();
        var health = new OutcomeHealth(trunks.stream().map(TrunkConfig::name).toList());
        var routing = new PrefixRouting(config.declared().routes(), health, clock);
        // Rules judge pools as they are defined: numbers in quarantine must not keep the service from starting.
        var defined = new PoolBook(store.pools(), trunks, new SecureRandom());
        var sifted = new SiftedPools(store.pools(), store.quarantines(), vault, clock);
        var pools = new PoolBook(sifted, trunks, new SecureRandom());
        var network = new AtomicReference<>(new DefinitionRules.Network(trunks, routing.routes()));
        var strength = new StrengthRule(defined);
        var rules = new DefinitionRules(
                network::get, strength, store.apps(), new DefinitionRules.Paid(channelNames(), config.currencies()));
        rules.requireUsable(config.declared());

        var executor = newThreads("session-");
        var counts = new WebhookCounts();
        var webhookHttp = part(new GuardedHttp(
                new AddressGuard(config.outgoing().webhooks().network().allowed())));
        var dispatcher = part(new Dispatcher(
                store.outbox(),
                store.endpoints(),
                new Courier(
                        webhookHttp,
                        vault,
                        counts,
                        (store.isShared() ? DispatchSettings.DEFAULT.sharing() : DispatchSettings.DEFAULT)
                                .withDeadline(config.outgoing().webhooks().timeout()),
                        clock)));
        var metrics = new Metrics();
        var feed = part(new SessionFeed(STREAMS));
        var apps = new RecentApps(store.apps());
        var blocks = new BlockWatch(
                new BlockWatch.Kept(store.quarantines(), vault),
                config.limits().quarantine(),
                new BlockWatch.Teller(new JsonQuarantineJournal(), begun -> {
                    metrics.quarantined(begun.caller().pool());
                    dispatcher.wake();
                }),
                executor,
                new BlockWatch.Drawn(sifted, pools));

        // Sessions change; what a change asks for goes out through the channels.
        Map<ChannelName, Channel> channels = new ConcurrentHashMap<>();
        var changes = new SessionChanges(
                store.sessions(),
                new JsonJournal(),
                (session, events) -> {
                    onChange(session, events, feed, metrics, dispatcher);
                    blocks.onChange(session, events);
                },
                new SessionChanges.World(channels, executor, clock));

        var costs = CostParts.of(config, store.volumes(), store.spending());
        // Whoever waits for a message that nobody knows must not keep the service from ending.
        var early = part(newThreads("receipt-"));
        part(() -> early.shutdownNow());
        var receipts = new Receipts(
                store.sentMessages(),
                changes,
                early,
                channel -> metrics.receiptRejected(channel.value(), "unknown_message"));
        var messages = new ChannelParts(vault, costs.rates(), store.apps(), changes, receipts, clock, this::part);
        for (var channel : config.outgoing().channels()) {
            channels.put(channel.name(), costs.within(ruled(messages.of(channel), changes), apps));
        }
        metrics.watchSmpp(ChannelParts.smpp(parts));
        // Ends before the channels do: what is being sent is sent.
        part(executor);

        // The engine, and who hears what becomes of its calls.
        var relay = new CallRelay();
        var ladders = ladders();
        var engine = Engine.start(config.engine(), relay, ladders.isPresent() ? ladders.get() : TraceListener.NONE);
        var calls = new LiveCalls(engine);
        var tracker = part(new SessionTracker(calls, health, changes));
        relay.attach(Stream.<CallEventListener>concat(ladders.stream(), Stream.of(tracker))
                .toList());
        part(engine);
        part(() -> engine.drain(DRAIN));
        part(() -> calls.awaitNone(LAST_CALLS));
        var flashCall = new FlashCallChannel(
                new FlashCallChannel.Ways(routing, pools, costs.rates()),
                store.leases(),
                vault,
                new FlashCallChannel.Outgoing(calls, health, changes, clock),
                new FlashCallChannel.Rules(apps, config.limits().callerIdCoolDown()));
        channels.put(flashCall.name(), costs.within(ruled(flashCall, changes), apps));

        var numbers = new PhoneNumberRules();
        var verifications = new VerificationService(
                new VerificationService.Kept(store.sessions(), store.failedChecks(), store.apps()),
                changes,
                vault,
                new VerificationService.Rules(
                        numbers,
                        store.limiter(),
                        config.limits(),
                        new TermsRule(
                                (app, terms) -> strength.check(app, terms, routing.routes())
                                        .map(Problem::detail),
                                usualTimes()),
                        costs.budgets()),
                new HookAuthorizer(webhookHttp, clock),
                clock);
        // Only now: what is overdue may need every channel.
        var timing = new Deadlines.Timing(executor, clock, DEADLINE_NOTICED);
        part(Deadlines.start(store.sessions(), changes, timing, cluster.neighbours()::isOurs));
        cluster.watch(calls, feed, List.of(defined, pools));
        part(Repeated.start("look at numbers in quarantine", BlockWatch.LOOK, blocks::look));
        part(Housekeeping.start(
                new Housekeeping.Kept(
                        store.sessions(),
                        store.leases(),
                        store.failedChecks(),
                        store.idempotentRequests(),
                        store.outbox(),
                        store.sentMessages()),
                new Housekeeping.Counts(store.volumes(), store.spending(), store.quarantines()),
                new Housekeeping.Ages(
                        config.storage().retention(),
                        config.limits().callerIdCoolDown(),
                        config.limits().quarantine().window()),
                clock));

        var budgets = costs.watch(store.apps(), dispatcher::wake, clock);
        part(Repeated.start("look at budgets", BudgetWatch.EVERY, budgets::look));

        metrics.watchEngine(engine::snapshot);
        metrics.watchCapture(() -> captures(engine, ladders));
        metrics.watchBudgets(budgets::standings);
        metrics.watchPools(() ->
                sifted.list().stream().map(pool -> PoolGauge.of(pool, pools)).toList());
        metrics.watchOutbox(store.outbox()::oldest, clock);
        metrics.watchReadiness(() -> obstacles(store).isEmpty());
        if (config.storage().store() instanceof StoreConfig.File(var file)) {
            metrics.watchDisk(new DiskSpace(file));
        }
        metrics.watchWebhooks(
                new Metrics.WebhookTally(counts::delivered, counts::failed, counts::dead, counts::inFlight));
        dispatcher.start();

        var reloader = new Reloader(
                config,
                file,
                engine,
                new Reloader.Ways(health, routing, List.of(defined, pools), network),
                new Reloader.Kept(store.pools(), declarations, rules));
        var api = part(HttpApi.start(
                settings(),
                new Services(
                        new Services.Verifying(
                                verifications,
                                store.sessions(),
                                store.idempotentRequests(),
                                feed,
                                (session, attempt) -> ladders.map(
                                                recent -> recent.of(new CallReference(session, attempt).toString()))
                                        .orElse(List.of()),
                                vault),
                        new Services.Tenancy(
                                store.apps(), store.apiKeys(), new AppCodec(), rules::problems, declarations.apps()),
                        new Services.Numbers(
                                declarations.refreshing(List.of(defined, pools)),
                                pools,
                                new PoolCodec(),
                                rules::problems,
                                declarations::hasPool,
                                new Services.Quarantine(store.quarantines(), blocks::look)),
                        new Services.Network(engine::trunks, routing, health, reloader::reload),
                        new Services.Hooks(
                                store.endpoints(),
                                store.outbox(),
                                declarations.endpoints(),
                                receiptDoor(receipts, store, metrics)),
                        new Services.Watching(
                                store.statistics(),
                                store.costs(),
                                () -> obstacles(store),
                                metrics::text,
                                (method, template, status, took, limit) -> {
                                    metrics.request(method, template, status, took);
                                    limit.ifPresent(metrics::limited);
                                },
                                clock))));
        // What the first request and the first webhook would otherwise wait for.
        executor.execute(webhookHttp::warmUp);
        executor.execute(() -> numbers.warmUp(regions()));
        return new Service(url(api.port()), store.apiKeys(), reloader::reload, parts);
    }

    /// Kept for the API, if they are.
    private Optional<RecentLadders> ladders() {
        long bytes = config.engine().capture().ladderBytes();
        return bytes == 0 ? Optional.empty() : Optional.of(part(RecentLadders.start(bytes)));
    }

    private static Map<String, CaptureCounters> captures(Engine engine, Optional<RecentLadders> ladders) {
        var captures = new TreeMap<>(engine.snapshot().captures());
        ladders.ifPresent(recent -> captures.put("ladders", recent.counters()));
        return captures;
    }

    /// Where providers report of messages.
    private ReceiptDoor receiptDoor(Receipts receipts, SqlStore store, Metrics metrics) {
        var channels = config.outgoing().channels().stream()
                .filter(HttpChannelConfig.class::isInstance)
                .map(HttpChannelConfig.class::cast)
                .toList();
        return new ReceiptDoor(new ReceiptDesk(
                channels,
                receipts,
                store.sessions(),
                (channel, reason) -> metrics.receiptRejected(channel.value(), reason),
                clock));
    }

    /// Whose numbers may be written without their country code.
    private List<String> regions() {
        return config.declared().apps().stream()
                .flatMap(app -> app.access().defaultRegion().stream())
                .distinct()
                .toList();
    }

    private static void onChange(
            Session session, List<TimelineEntry> events, SessionFeed feed, Metrics metrics, Dispatcher dispatcher) {
        feed.onChange(session, events);
        metrics.onChange(session, events);
        dispatcher.wake();
    }

    private static List<String> obstacles(SqlStore store) {
        try {
            store.probe();
            return List.of();
        } catch (RuntimeException e) {
            return List.of("The store cannot be read.");
        }
    }

    private HttpSettings settings() {
        var http = config.http();
        return new HttpSettings(
                http.listen(),
                http.trustedProxies(),
                http.bodyLimit(),
                http.requestTimeout(),
                REQUESTS,
                config.outgoing().webhooks().network().allowHttp());
    }

    private static ExecutorService newThreads(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }

    private Channel ruled(Channel channel, SessionChanges changes) {
        return new RuledChannel(channel, config.outgoing().rulesOf(channel.name()), changes, clock);
    }

    /// How long users have on channels whose rules say so.
    private Map<ChannelName, Duration> usualTimes() {
        return config.outgoing().rules().entrySet().stream()
                .filter(rules -> rules.getValue().time().isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, rules -> rules.getValue().time().orElseThrow()));
    }

    private Set<ChannelName> channelNames() {
        var names =
                config.outgoing().channels().stream().map(ChannelConfig::name).collect(Collectors.toSet());
        names.add(ChannelName.FLASH_CALL);
        return names;
    }

    private URI url(int port) {
        var address = config.http().listen().getAddress();
        var host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.addLast(part);
        return part;
    }
}
