package io.flashcall.server.http;

import io.flashcall.engine.E164;
import io.flashcall.verification.App;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Effect;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Phase;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.SessionWatcher;
import io.flashcall.verification.Step;
import io.flashcall.verification.Terms;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.Verifications;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.store.SessionQuery;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.TimelineEntry;
import io.flashcall.verification.store.Write;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The use cases on real sessions in memory. Every flash call comes from [#CALLER], whose last digits are
/// [#CODE].
final class FakeVerifications implements Verifications, Sessions {

    static final String CALLER = "+442079460123";
    static final String CODE = "0123";

    /// Taken instead of starting, once; for the results that take a whole domain to bring about.
    Optional<StartResult> instead = Optional.empty();

    /// What happens while a start is under way.
    Runnable meanwhile = () -> {};

    /// Thrown by the next start, once.
    Optional<RuntimeException> fault = Optional.empty();

    Optional<CheckResult> insteadOfCheck = Optional.empty();
    Optional<ActionResult> insteadOfResend = Optional.empty();
    final List<StartRequest> asked = new ArrayList<>();
    final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();

    private volatile boolean here = true;
    private final Map<SessionId, List<TimelineEntry>> timelines = new ConcurrentHashMap<>();
    private final Random random = new Random(1);
    private final InstantSource clock;
    private final Vault vault;
    private final MemoryRequests requests;
    private final SessionWatcher watcher;

    FakeVerifications(InstantSource clock, Vault vault, MemoryRequests requests, SessionWatcher watcher) {
        this.clock = clock;
        this.vault = vault;
        this.requests = requests;
        this.watcher = watcher;
    }

    @Override
    public StartResult start(StartRequest request) {
        asked.add(request);
        meanwhile.run();
        if (fault.isPresent()) {
            var thrown = fault.get();
            fault = Optional.empty();
            throw thrown;
        }
        if (instead.isPresent()) {
            var result = instead.get();
            instead = Optional.empty();
            return result;
        }
        var number = request.to().replaceAll("[ ().-]", "");
        if (!E164.isE164(number)) {
            return new StartResult.NumberRefused("no_region", "The number " + E164.mask(number) + " has no +.");
        }
        var id = SessionId.next(clock.instant(), random);
        var step = Session.start(opening(id, request, E164.parse(number)));
        var launched = step.session().on(new SessionEvent.Prepared(attempt(step.session())), clock.instant());
        request.keep().ifPresent(keep -> requests.keep(keep.apply(launched.session())));
        save(step);
        save(launched);
        return new StartResult.Started(launched.session());
    }

    private static Opening opening(SessionId id, StartRequest request, E164 to, App app, Instant now) {
        var policy = app.policyFor(request.subject().purpose());
        var terms = new Terms(
                request.wishes().codeLength().orElse(policy.codeLength().usual()),
                request.wishes().timeToLive().orElse(policy.timeToLive().usual()),
                policy.checks().usual(),
                policy.sends().usual(),
                policy.channels(),
                policy.ringTime().usual());
        var subject = request.subject();
        var intent = new Intent(
                to,
                "GB",
                subject.purpose(),
                subject.userReference(),
                subject.transaction(),
                subject.language(),
                subject.email());
        var secret = request.caller().clientSecret().map(Vault::hash);
        return new Opening(
                id, app.id(), intent, terms, now, new Opening.Claims(secret, Optional.empty(), Optional.empty()));
    }

    private Opening opening(SessionId id, StartRequest request, E164 to) {
        return opening(id, request, to, request.app(), clock.instant());
    }

    private Attempt attempt(Session session) {
        var launching = (Phase.Launching) session.phase();
        var channel = session.opening()
                .terms()
                .channels()
                .get(launching.channelIndex())
                .name();
        boolean call = channel.equals(ChannelName.FLASH_CALL);
        var plan = new Attempt.Plan(
                session.attempts().size() + 1,
                launching.send(),
                launching.channelIndex(),
                channel,
                call ? Optional.of(new Attempt.Way("carrier-a", "uk", "prefix +44, 1 of 1")) : Optional.empty(),
                Optional.of(new Quote(
                        new Rate(new Price(new BigDecimal("0.004"), "EUR"), new Increment.Reached(), "route"),
                        Optional.empty())));
        var code = new Attempt.Code(
                vault.codeMac(session.id(), CODE),
                call ? Optional.of(vault.seal(CALLER, session.id().value())) : Optional.empty(),
                call ? "+44207946" : "");
        return Attempt.begin(plan, code, clock.instant());
    }

    Session session(SessionId id) {
        return find(id).orElseThrow();
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public CheckResult check(SessionId id, String entered, String source, boolean whole) {
        if (insteadOfCheck.isPresent()) {
            var result = insteadOfCheck.get();
            insteadOfCheck = Optional.empty();
            return result;
        }
        var session = session(id);
        var digits = entered.replaceAll("\\D", "");
        if (digits.length() < (whole ? 7 : 4)) {
            return new CheckResult.Unreadable(
                    whole ? "the whole number that called" : "the last 4 digits of the number that called");
        }
        if (session.status().isFinal()) {
            return new CheckResult.Over(session);
        }
        boolean right = digits.equals(CALLER.substring(1)) || (!whole && digits.equals(CODE));
        var step = apply(id, new SessionEvent.Checked(right ? 1 : 0, source));
        return right ? new CheckResult.Right(step.session()) : new CheckResult.Wrong(step.session());
    }

    @Override
    public ActionResult resend(SessionId id, Optional<ChannelName> channel) {
        if (insteadOfResend.isPresent()) {
            var result = insteadOfResend.get();
            insteadOfResend = Optional.empty();
            return result;
        }
        var step = apply(id, new SessionEvent.ResendAsked(channel));
        if (step.denial().isPresent()) {
            return new ActionResult.Denied(step.session(), step.denial().get());
        }
        return new ActionResult.Done(
                apply(id, new SessionEvent.Prepared(attempt(step.session()))).session());
    }

    @Override
    public ActionResult cancel(SessionId id) {
        var step = apply(id, new SessionEvent.CancelAsked());
        return step.denial()
                .<ActionResult>map(why -> new ActionResult.Denied(step.session(), why))
                .orElseGet(() -> new ActionResult.Done(step.session()));
    }

    @Override
    public List<TimelineEntry> timeline(SessionId id) {
        return List.copyOf(timelines.getOrDefault(id, List.of()));
    }

    /// The phone rings, then stops.
    void ring(SessionId id) {
        int attempt = session(id).attempts().size();
        apply(id, new SessionEvent.Ringing(attempt));
    }

    void rang(SessionId id) {
        int attempt = session(id).attempts().size();
        apply(
                id,
                new SessionEvent.AttemptEnded(
                        attempt, new AttemptResult(Verdict.DELIVERED, "rang", "487 Request Terminated", true)));
    }

    Step apply(SessionId id, SessionEvent event) {
        var step = session(id).on(event, clock.instant());
        save(step);
        return step;
    }

    /// What changes meanwhile changes at another node.
    void elsewhere(Runnable changes) {
        here = false;
        changes.run();
        here = true;
    }

    private void save(Step step) {
        var session = step.session();
        sessions.put(session.id(), session);
        var entries = step.published().stream().map(FakeVerifications::entry).toList();
        timelines.computeIfAbsent(session.id(), _ -> new ArrayList<>()).addAll(entries);
        if (here) {
            watcher.onChange(session, entries);
        }
    }

    private static TimelineEntry entry(Effect.Publish event) {
        var details = event.details().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(detail -> "\"" + detail.getKey() + "\":\"" + detail.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return new TimelineEntry(event.type(), event.sequence(), event.at(), event.attempt(), details);
    }

    @Override
    public List<Session> list(SessionQuery query) {
        return sessions.values().stream()
                .filter(session -> query.app().isEmpty()
                        || session.opening().app().equals(query.app().get()))
                .filter(session -> query.status().isEmpty()
                        || session.status() == query.status().get())
                .filter(session -> query.destinationMac().isEmpty()
                        || vault.numberMac(session.opening().intent().to())
                                .equals(query.destinationMac().get()))
                .filter(session -> query.after().isEmpty()
                        || session.id().value().compareTo(query.after().get().value()) < 0)
                .sorted(Comparator.comparing((Session session) -> session.id().value())
                        .reversed())
                .limit(query.most())
                .toList();
    }

    @Override
    public Optional<Session> findPending(String reuseKey) {
        return Optional.empty();
    }

    @Override
    public Created create(Write write) {
        throw new UnsupportedOperationException("the API creates through the use cases");
    }

    @Override
    public Optional<Change> update(SessionId id, Function<Session, Write> fold) {
        throw new UnsupportedOperationException("the API updates through the use cases");
    }

    @Override
    public List<Standing> standings(Collection<SessionId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SessionId> due(Instant now, int most) {
        return List.of();
    }

    @Override
    public int anonymize(Instant endedBefore, int most) {
        return 0;
    }

    @Override
    public int erase(String destinationMac) {
        return 0;
    }
}
