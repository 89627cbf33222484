package io.flashcall.verification;

import io.flashcall.engine.E164;
import io.flashcall.verification.Verifications.StartRequest;
import io.flashcall.verification.Verifications.StartResult;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.channel.Secret;
import io.flashcall.verification.guard.AddressKey;
import io.flashcall.verification.guard.Limiter;
import io.flashcall.verification.guard.Limiter.Ask;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.guard.NumberRules;
import io.flashcall.verification.pricing.Budgets;
import io.flashcall.verification.store.Lease;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Sessions.Created;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The use case of starting a verification: judge the number, count, ask the app, choose a caller id, save, and only
/// then call.
final class Starts {

    private static final int DRAWS = 10;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Sessions sessions;
    private final SessionChanges changes;
    private final Vault vault;
    private final Gate gate;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Starts(Sessions sessions, SessionChanges changes, Vault vault, Gate gate, InstantSource clock) {
        this.sessions = sessions;
        this.changes = changes;
        this.vault = vault;
        this.gate = gate;
        this.clock = clock;
    }

    /// Who may pass.
    ///
    /// @param numbers    which numbers may be called
    /// @param limiter    how often
    /// @param limits     how often is too often
    /// @param budget     of wrong checks
    /// @param authorizer asks the app's back end
    /// @param terms      settles wishes
    /// @param budgets    what apps may spend
    record Gate(
            NumberRules numbers,
            Limiter limiter,
            Limits limits,
            CheckBudget budget,
            Authorizer authorizer,
            TermsRule terms,
            Budgets budgets) {}

    StartResult start(StartRequest request) {
        return switch (gate.numbers().judge(request.to(), request.app().access().defaultRegion())) {
            case NumberRules.Verdict.Refused(var reason, var detail) -> new StartResult.NumberRefused(reason, detail);
            case NumberRules.Verdict.Accepted(var number, var country) ->
                switch (gate.terms().settle(request)) {
                    case TermsRule.Settled.Refused(var field, var detail) -> new StartResult.WishRefused(field, detail);
                    case TermsRule.Settled.Agreed(var terms) -> start(request, intent(request, number, country), terms);
                };
        };
    }

    private StartResult start(StartRequest request, Intent intent, Terms terms) {
        var reuseKey = reuseKey(request, intent);
        var reusable = reuseKey.flatMap(this::reusable);
        if (reusable.isPresent()) {
            return new StartResult.Reused(reusable.get());
        }
        var destination = vault.numberMac(intent.to());
        var now = clock.instant();
        if (gate.budget().isUsedUp(destination, now)) {
            return new StartResult.Limited(Limits.FAILED_CHECKS, CheckBudget.untilTomorrow(now));
        }
        if (gate.limiter().take(asks(request, destination)) instanceof Limiter.Verdict.Exceeded(var limit, var wait)) {
            return new StartResult.Limited(limit, wait);
        }
        var exhausted = gate.budgets().exhausted(request.app(), now);
        if (exhausted.isPresent()) {
            return new StartResult.OverBudget(
                    exhausted.get().period().limit(), exhausted.get().left(now));
        }
        if (request.app().access().authorization().isPresent()) {
            var refusal = gate.authorizer()
                    .refusal(request.app(), intent, Optional.of(request.caller().address()));
            if (refusal.isPresent()) {
                return new StartResult.Denied(refusal.get());
            }
        }
        return save(request, intent, terms, reuseKey);
    }

    private StartResult save(StartRequest request, Intent intent, Terms terms, Optional<String> reuseKey) {
        for (int i = 0; i < DRAWS; i++) {
            var draft = draft(opening(request, intent, terms, reuseKey));
            boolean requested = request.wishes().requestedCode().isPresent();
            if (draft.noSuchCode || (requested && draft.step.session().status().isFinal())) {
                return new StartResult.NoSuchCode();
            }
            var step = draft.step;
            var write = changes.write(step);
            write = draft.lease.map(write::with).orElse(write);
            write = request.keep()
                    .map(keep -> keep.apply(step.session()))
                    .map(write::with)
                    .orElse(write);
            switch (sessions.create(write)) {
                case Created.Done() -> {
                    changes.watch(write);
                    draft.secret.ifPresent(secret -> changes.dispatch(
                            step.session(), step.session().attempts().getLast(), secret));
                    return new StartResult.Started(step.session());
                }
                case Created.Reusable(var id) -> {
                    var pending = sessions.find(id).filter(this::isOpen);
                    if (pending.isPresent()) {
                        return new StartResult.Reused(pending.get());
                    }
                    changes.apply(id, new SessionEvent.TimePassed());
                }
                case Created.LeaseTaken() -> {
                    // Somebody started for the same number at the same moment: draw again.
                }
            }
        }
        throw new IllegalStateException("a session could not be saved: its caller ids were taken " + DRAWS + " times");
    }

    /// The first step, carried on until an attempt is prepared or no channel is left; nothing is saved yet.
    private Draft draft(Opening opening) {
        var effects = new ArrayList<Effect>();
        var step = Session.start(opening);
        Optional<Lease> lease = Optional.empty();
        Optional<Secret> secret = Optional.empty();
        while (true) {
            effects.addAll(step.published());
            var session = step.session();
            if (!(session.phase() instanceof Phase.Launching launching)) {
                return new Draft(new Step(session, effects, Optional.empty()), lease, secret, false);
            }
            var launch = new Effect.Launch(launching.send(), launching.channelIndex());
            switch (changes.prepare(session, launch)) {
                case Preparation.Ready ready -> {
                    lease = ready.lease();
                    secret = Optional.of(ready.secret());
                    step = session.on(new SessionEvent.Prepared(ready.attempt()), opening.at());
                }
                case Preparation.Unavailable(var reason) ->
                    step = session.on(
                            new SessionEvent.Unavailable(launch.send(), launch.channelIndex(), reason), opening.at());
                case Preparation.NoSuchCode() -> {
                    return new Draft(step, lease, secret, true);
                }
            }
        }
    }

    private record Draft(Step step, Optional<Lease> lease, Optional<Secret> secret, boolean noSuchCode) {}

    private Opening opening(StartRequest request, Intent intent, Terms terms, Optional<String> reuseKey) {
        Instant now = clock.instant();
        var id = SessionId.next(now, random);
        var claims = new Opening.Claims(
                request.caller().clientSecret().map(Vault::hash),
                reuseKey,
                request.wishes().requestedCode().map(code -> vault.seal(code, id.value())));
        return new Opening(id, request.app().id(), intent, terms, now, claims);
    }

    private static Intent intent(StartRequest request, E164 number, String country) {
        var subject = request.subject();
        return new Intent(
                number,
                country,
                subject.purpose(),
                subject.userReference(),
                subject.transaction(),
                subject.language(),
                subject.email());
    }

    private List<Ask> asks(StartRequest request, String destination) {
        var asks = new ArrayList<Ask>();
        asks.add(new Ask(gate.limits().startsPerDestination(), destination));
        if (!request.caller().server()) {
            asks.add(new Ask(
                    gate.limits().startsPerAddress(),
                    AddressKey.of(request.caller().address())));
        }
        request.app().guard().startsPerHour().ifPresent(most -> {
            var limit = new Limit(Limits.STARTS_PER_APP, List.of(new Rate(most, HOUR)));
            asks.add(new Ask(limit, request.app().id().value()));
        });
        return asks;
    }

    /// Only a server key is given a session that somebody started before: it alone speaks for the user it names.
    private Optional<String> reuseKey(StartRequest request, Intent intent) {
        if (!request.caller().server()) {
            return Optional.empty();
        }
        return Optional.of(vault.mac(
                "reuse",
                request.app().id().value(),
                intent.userReference().map(text -> "=" + text).orElse(""),
                intent.to().digits(),
                intent.purpose(),
                intent.transaction().map(text -> "=" + text).orElse(""),
                intent.email().map(text -> "=" + text).orElse(""),
                request.wishes().requestedCode().orElse("")));
    }

    private Optional<Session> reusable(String reuseKey) {
        return sessions.findPending(reuseKey).filter(this::isOpen);
    }

    private boolean isOpen(Session session) {
        return session.status() == Status.PENDING
                && clock.instant().isBefore(session.opening().expiresAt());
    }
}
