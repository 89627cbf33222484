package io.flashcall.verification.usecase;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionChanges;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.TermsRule;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.VerificationService;
import io.flashcall.verification.Verifications.Caller;
import io.flashcall.verification.Verifications.StartRequest;
import io.flashcall.verification.Verifications.StartResult;
import io.flashcall.verification.Verifications.Subject;
import io.flashcall.verification.Verifications.Wishes;
import io.flashcall.verification.channel.BudgetedChannel;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.channel.FlashCallChannel;
import io.flashcall.verification.channel.LiveCalls;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.channel.Secret;
import io.flashcall.verification.guard.BucketLimiter;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.guard.PhoneNumberRules;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.Problem;
import io.flashcall.verification.number.StrengthRule;
import io.flashcall.verification.pricing.Budgets;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.routing.OutcomeHealth;
import io.flashcall.verification.routing.PrefixRouting;
import io.flashcall.verification.routing.Route;
import io.flashcall.verification.routing.Verdicts;
import io.flashcall.verification.store.FixedPools;
import io.flashcall.verification.store.OutboxEvent;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.TimelineEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The use cases with everything real but the store, the engine and the clock.
final class Scene {

    static final String PHONE = "+447400123456";
    static final AppId APP = new AppId("shop");

    Instant now = Instant.parse("2026-11-25T12:00:00Z");
    final MemoryStore store = new MemoryStore();
    final RecordingEngine engine = new RecordingEngine();
    final Vault vault = new Vault(new byte[Vault.KEY_BYTES]);
    final LiveCalls calls = new LiveCalls(engine);
    final List<Secret> messages = new ArrayList<>();
    final List<String> questions = new ArrayList<>();
    Optional<String> answer = Optional.empty();
    Rates rates = Rates.FLAT;
    final SessionChanges changes;
    final VerificationService service;
    private final OutcomeHealth health = new OutcomeHealth(List.of("one", "two"));

    Scene() {
        this(Limits.DEFAULT, "+442079460000..+442079460999");
    }

    /// @param numbers of each of the two pools
    Scene(Limits limits, String numbers) {
        var owned = CallerIds.Range.parse(numbers);
        var trunks = List.of(trunk("one", owned), trunk("two", owned));
        var routes = List.of(route("one"), route("two"));
        var routing = new PrefixRouting(routes, health, () -> now);
        var book = new PoolBook(pools(owned), trunks, new SecureRandom());
        var channels = new HashMap<ChannelName, Channel>();
        changes = new SessionChanges(
                store,
                (session, event) -> new OutboxEvent(
                        event.type(),
                        event.sequence(),
                        event.at(),
                        event.attempt(),
                        event.details().toString(),
                        "{}"),
                (_, _) -> {},
                new SessionChanges.World(channels, Runnable::run, () -> now));
        var budgets = new Budgets(store);
        var flashCall = new FlashCallChannel(
                new FlashCallChannel.Ways(routing, book, asked -> rates.quote(asked)),
                store,
                vault,
                new FlashCallChannel.Outgoing(calls, health, changes, () -> now),
                new FlashCallChannel.Rules(store::find, limits.callerIdCoolDown()));
        channels.put(flashCall.name(), new BudgetedChannel(flashCall, budgets, store::find));
        channels.put(new ChannelName("sms"), new BudgetedChannel(new Messages(), budgets, store::find));
        var strength = new StrengthRule(book);
        service = new VerificationService(
                new VerificationService.Kept(store, store, store),
                changes,
                vault,
                new VerificationService.Rules(
                        new PhoneNumberRules(),
                        new BucketLimiter(1000, () -> now.toEpochMilli() * 1_000_000),
                        limits,
                        new TermsRule(
                                (app, terms) ->
                                        strength.check(app, terms, routes).map(Problem::detail),
                                Map.of(new ChannelName("email"), Duration.ofMinutes(5))),
                        budgets),
                (_, intent, _) -> {
                    questions.add(intent.purpose());
                    return answer;
                },
                () -> now);
        store.save(app(App.Access.DEFAULT));
    }

    static App app(App.Access access) {
        var usual = Policy.DEFAULT;
        var policy = new Policy(
                usual.codeLength(),
                usual.timeToLive(),
                usual.checks(),
                usual.sends(),
                List.of(PlannedChannel.FLASH_CALL, new PlannedChannel(new ChannelName("sms"), Duration.ofSeconds(30))),
                usual.ringTime());
        return new App(APP, "Shop", policy, Map.of(), access, App.RiskGuard.DEFAULT);
    }

    StartResult start(String to, Caller caller, Subject subject, Wishes wishes) {
        var app = store.find(APP).orElseThrow();
        return service.start(new StartRequest(app, caller, to, subject, wishes, Optional.empty()));
    }

    /// A start that succeeds, with a server key and without a user.
    Session started(String to) {
        return ((StartResult.Started) start(to, server(), subject("login"), Wishes.NONE)).session();
    }

    static Caller server() {
        return new Caller(true, "192.0.2.1", Optional.empty());
    }

    static Caller publishable(String address) {
        return new Caller(false, address, Optional.of("fcs_secret"));
    }

    static Subject subject(String purpose) {
        return new Subject(purpose, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Session session(SessionId id) {
        return store.find(id).orElseThrow();
    }

    void rings(SessionId id) {
        changes.onRinging(id, session(id).attempts().size());
    }

    void ends(SessionId id, CallOutcome outcome) {
        calls.ended(engine.latest().reference());
        changes.onEnded(id, session(id).attempts().size(), Verdicts.of(outcome));
    }

    void rang(SessionId id) {
        rings(id);
        ends(id, new CallOutcome.Rang(new SipStatus(487, -1, "")));
    }

    /// Time passes, and whoever is due hears of it.
    void pass(Duration time) {
        now = now.plus(time);
        for (var id : store.due(now, 100)) {
            changes.apply(id, new SessionEvent.TimePassed());
        }
    }

    List<String> timeline(SessionId id) {
        return store.timeline(id).stream()
                .map(TimelineEntry::type)
                .map(type -> type.label())
                .toList();
    }

    private static TrunkConfig trunk(String name, CallerIds.Range owned) {
        return new TrunkConfig(
                name,
                PeerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5070)),
                new CallerIds(List.of(owned), true),
                NumberPolicy.PLUS_E164,
                CallPolicy.DEFAULT);
    }

    private static Route route(String name) {
        return new Route("+", name, name, Optional.empty(), false);
    }

    private static Pools pools(CallerIds.Range owned) {
        return new FixedPools(
                List.of("one", "two").stream().map(name -> pool(name, owned)).toList());
    }

    private static Pool pool(String name, CallerIds.Range owned) {
        return new Pool(
                name,
                new Pool.Ownership("us", "a contract", "GB"),
                Set.of("one", "two"),
                List.of(owned),
                Pool.State.ACTIVE,
                Optional.empty());
    }

    /// A provider of messages that takes everything; its code is always 8642.
    private final class Messages implements Channel {

        @Override
        public ChannelName name() {
            return new ChannelName("sms");
        }

        @Override
        public Preparation prepare(Session session, Launch launch) {
            var plan = new Attempt.Plan(
                    session.attempts().size() + 1,
                    launch.send(),
                    launch.channelIndex(),
                    name(),
                    Optional.empty(),
                    rates.quote(Rates.Asked.of(session, launch.send(), launch.now())
                            .by(name(), Optional.empty(), Optional.empty())));
            var code = new Attempt.Code(vault.codeMac(session.id(), "8642"), Optional.empty(), "");
            return new Preparation.Ready(
                    Attempt.begin(plan, code, launch.now()), Optional.empty(), new Secret("8642", Optional.empty()));
        }

        @Override
        public void dispatch(Session session, Attempt attempt, Secret secret) {
            messages.add(secret);
            changes.onEnded(session.id(), attempt.number(), new AttemptResult(Verdict.DELIVERED, "accepted", "", true));
        }

        @Override
        public void hangUp(Session session, Attempt attempt) {}
    }
}
