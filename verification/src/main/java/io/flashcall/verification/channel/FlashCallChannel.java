package io.flashcall.verification.channel;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.E164;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Session;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.number.CallerIdPools;
import io.flashcall.verification.number.CallerIdPools.Draw;
import io.flashcall.verification.number.CallerIdPools.Wish;
import io.flashcall.verification.number.Strength;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.routing.Routing;
import io.flashcall.verification.routing.Routing.Choice;
import io.flashcall.verification.routing.TrunkHealth;
import io.flashcall.verification.routing.Verdicts;
import io.flashcall.verification.store.Lease;
import io.flashcall.verification.store.Leases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The missed call itself: a route, a caller id from its pool, and a call of the engine. The caller id's last
/// digits are the code. Thread-safe.
public final class FlashCallChannel implements Channel {

    private static final AttemptResult NOT_PLACED = new AttemptResult(Verdict.NEXT_CHANNEL, "abandoned", "", false);

    private final Ways ways;
    private final Leases leases;
    private final Vault vault;
    private final Outgoing outgoing;
    private final Rules rules;

    /// @param ways     which way, and from which number
    /// @param leases   what the destination must not see
    /// @param outgoing the engine, and who hears what becomes of a call
    /// @param rules    what holds for all flash calls
    public FlashCallChannel(Ways ways, Leases leases, Vault vault, Outgoing outgoing, Rules rules) {
        this.ways = ways;
        this.leases = leases;
        this.vault = vault;
        this.outgoing = outgoing;
        this.rules = rules;
    }

    /// @param rates what a call over each of them costs
    public record Ways(Routing routing, CallerIdPools pools, Rates rates) {}

    public record Outgoing(LiveCalls calls, TrunkHealth health, AttemptListener listener, InstantSource clock) {}

    /// @param apps     looks an app up
    /// @param coolDown how long a number is not shown again to the same destination
    public record Rules(Function<AppId, Optional<App>> apps, Duration coolDown) {}

    @Override
    public ChannelName name() {
        return ChannelName.FLASH_CALL;
    }

    @Override
    public Preparation prepare(Session session, Launch launch) {
        var to = session.opening().intent().to();
        var tried = tried(session, launch);
        var taken = taken(session, to, launch);
        String why = "";
        boolean noSuchCode = false;
        for (var choice : ways.routing().routesTo(to)) {
            if (tried.contains(wayOf(choice))) {
                continue;
            }
            switch (draw(session, choice, taken)) {
                case Draw.Drawn drawn
                when tooEasy(session, drawn.strength()) ->
                    why = "too few numbers left for this destination in pool "
                            + choice.route().pool();
                case Draw.Drawn drawn -> {
                    return ready(session, launch, choice, drawn);
                }
                case Draw.Nothing(var reason) -> why = reason;
                case Draw.NoSuchCode() -> noSuchCode = true;
            }
        }
        if (noSuchCode) {
            return new Preparation.NoSuchCode();
        }
        String none = tried.isEmpty() ? ways.routing().whyNone(to) : "no further route";
        return new Preparation.Unavailable(why.isEmpty() ? none : why);
    }

    @Override
    public void dispatch(Session session, Attempt attempt, Secret secret) {
        var way = attempt.plan().route().orElseThrow(() -> new IllegalStateException("a flash call has a route"));
        var callerId = secret.callerId().orElseThrow(() -> new IllegalStateException("a flash call has a caller id"));
        var to = "+" + session.opening().intent().to().digits();
        var reference = reference(session, attempt);
        var request = CallRequest.of(way.trunk(), callerId, to, reference)
                .withRingTime(session.opening().terms().ringTime());
        var admission = outgoing.calls().place(request);
        if (admission.isEmpty()) {
            outgoing.listener().onEnded(session.id(), attempt.number(), NOT_PLACED);
        } else if (admission.get() instanceof Admission.Refused(var reason)) {
            outgoing.health().onRefusal(way.trunk(), reason, outgoing.clock().instant());
            outgoing.listener().onEnded(session.id(), attempt.number(), Verdicts.of(reason));
        }
    }

    @Override
    public void hangUp(Session session, Attempt attempt) {
        outgoing.calls().hangUp(reference(session, attempt));
    }

    private Draw draw(Session session, Choice choice, Set<E164> taken) {
        var route = choice.route();
        var claims = session.opening().claims();
        return ways.pools()
                .draw(new Wish(
                        route.pool(),
                        route.trunk(),
                        session.opening().terms().codeLength(),
                        taken,
                        claims.requestedCode()
                                .map(kept -> vault.open(kept, session.id().value())),
                        route.sameCountry()
                                ? Optional.of(session.opening().intent().country())
                                : Optional.empty()));
    }

    private Preparation ready(Session session, Launch launch, Choice choice, Draw.Drawn drawn) {
        var route = choice.route();
        var intent = session.opening().intent();
        int codeLength = session.opening().terms().codeLength();
        var digits = drawn.number().digits();
        var code = digits.substring(digits.length() - codeLength);
        var destination = vault.numberMac(intent.to());
        int number = session.attempts().size() + 1;
        var plan = new Attempt.Plan(
                number,
                launch.send(),
                launch.channelIndex(),
                name(),
                Optional.of(new Attempt.Way(route.trunk(), route.pool(), reason(choice, drawn))),
                ways.rates()
                        .quote(Rates.Asked.of(session, launch.send(), launch.now())
                                .by(name(), Optional.of(route.trunk()), route.price())));
        var carried = new Attempt.Code(
                vault.codeMac(session.id(), code),
                Optional.of(vault.seal(digits, session.id().value())),
                drawn.prefix());
        var lease = new Lease(
                number, destination, vault.numberMac(drawn.number()), vault.seal(digits, destination), launch.now());
        return new Preparation.Ready(
                Attempt.begin(plan, carried, launch.now()),
                Optional.of(lease),
                new Secret(code, Optional.of("+" + digits)));
    }

    /// Whether the codes of this session would be too easy to guess, were this one among them. Its own numbers count as
    /// possible ones, since whoever guesses cannot tell them apart from the rest.
    private boolean tooEasy(Session session, Strength eligible) {
        if (session.opening().claims().requestedCode().isPresent()) {
            return false;
        }
        int own = (int) session.attempts().stream().filter(Attempt::isFlashCall).count();
        double most = rules.apps()
                .apply(session.opening().app())
                .map(app -> app.guard().mostGuessChance())
                .orElse(App.RiskGuard.DEFAULT.mostGuessChance());
        var strength = new Strength(eligible.distinct() + own);
        return !strength.keeps(session.checksLeft(), own + 1, most);
    }

    private Set<E164> taken(Session session, E164 to, Launch launch) {
        var destination = vault.numberMac(to);
        var taken = new HashSet<E164>();
        for (var kept : leases.taken(destination, launch.now().minus(rules.coolDown()))) {
            taken.add(new E164(vault.open(kept, destination)));
        }
        for (var attempt : session.attempts()) {
            attempt.code()
                    .callerId()
                    .ifPresent(kept ->
                            taken.add(new E164(vault.open(kept, session.id().value()))));
        }
        return taken;
    }

    /// With how hard the code is to guess, as the destination stands.
    private static String reason(Choice choice, Draw.Drawn drawn) {
        return String.format(
                Locale.ROOT,
                "%s; code of %.1f bits",
                choice.reason(),
                drawn.strength().bits());
    }

    private static Set<String> tried(Session session, Launch launch) {
        var tried = new HashSet<String>();
        for (var attempt : session.attempts()) {
            var plan = attempt.plan();
            if (plan.send() == launch.send() && plan.channelIndex() == launch.channelIndex()) {
                plan.route().ifPresent(way -> tried.add(way.trunk() + "/" + way.pool()));
            }
        }
        return tried;
    }

    private static String wayOf(Choice choice) {
        return choice.route().trunk() + "/" + choice.route().pool();
    }

    private static String reference(Session session, Attempt attempt) {
        return new CallReference(session.id(), attempt.number()).toString();
    }
}
