package io.flashcall.verification;

import io.flashcall.verification.guard.Limiter;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.guard.NumberRules;
import io.flashcall.verification.pricing.Budgets;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Sessions.Change;
import io.flashcall.verification.store.TimelineEntry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The use cases over a store and channels. Thread-safe.
public final class VerificationService implements Verifications {

    private final Sessions sessions;
    private final Apps apps;
    private final SessionChanges changes;
    private final Authorizer authorizer;
    private final Starts starts;
    private final Checks checks;

    /// @param kept    what must be kept
    /// @param changes drives sessions
    /// @param rules   who may not, and how often
    public VerificationService(
            Kept kept, SessionChanges changes, Vault vault, Rules rules, Authorizer authorizer, InstantSource clock) {
        var budget = new CheckBudget(kept.failedChecks(), rules.limits().failedChecksPerDay());
        var gate = new Starts.Gate(
                rules.numbers(), rules.limiter(), rules.limits(), budget, authorizer, rules.terms(), rules.budgets());
        this.sessions = kept.sessions();
        this.apps = kept.apps();
        this.changes = changes;
        this.authorizer = authorizer;
        this.starts = new Starts(kept.sessions(), changes, vault, gate, clock);
        this.checks = new Checks(kept.sessions(), changes, vault, budget, clock);
    }

    public record Kept(Sessions sessions, FailedChecks failedChecks, Apps apps) {}

    /// @param terms   settles what holds for a session
    /// @param budgets what apps may spend
    public record Rules(NumberRules numbers, Limiter limiter, Limits limits, TermsRule terms, Budgets budgets) {}

    @Override
    public StartResult start(StartRequest request) {
        return starts.start(request);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return sessions.find(id);
    }

    @Override
    public CheckResult check(SessionId id, String entered, String source, boolean whole) {
        return checks.check(id, entered, source, whole);
    }

    @Override
    public ActionResult resend(SessionId id, Optional<ChannelName> channel) {
        var refusal = sessions.find(id)
                .filter(session -> session.status() == Status.PENDING)
                .flatMap(this::refusal);
        return refusal.isPresent()
                ? new ActionResult.Forbidden(refusal.get())
                : result(changes.apply(id, new SessionEvent.ResendAsked(channel)));
    }

    @Override
    public ActionResult cancel(SessionId id) {
        return result(changes.apply(id, new SessionEvent.CancelAsked()));
    }

    @Override
    public List<TimelineEntry> timeline(SessionId id) {
        return sessions.timeline(id);
    }

    private Optional<String> refusal(Session session) {
        return apps.find(session.opening().app())
                .filter(app -> app.access().authorization().isPresent())
                .flatMap(app -> authorizer.refusal(app, session.opening().intent(), Optional.empty()));
    }

    private static ActionResult result(Optional<Change> change) {
        if (change.isEmpty()) {
            return new ActionResult.NotFound();
        }
        var after = change.get().after();
        return change.get()
                .step()
                .denial()
                .<ActionResult>map(why -> new ActionResult.Denied(after, why))
                .orElseGet(() -> new ActionResult.Done(after));
    }
}
