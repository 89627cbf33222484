package io.flashcall.verification.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Effect;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Step;
import io.flashcall.verification.store.Sessions.Change;
import io.flashcall.verification.store.Sessions.Created;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Leads sessions through a store, as the use cases do.
public final class Play {

    private final Sessions sessions;

    public Play(Sessions sessions) {
        this.sessions = sessions;
    }

    /// A new session, saved.
    public Session start(Sample sample) {
        return start(sample.opening());
    }

    public Session start(Opening opening) {
        var step = Session.start(opening);
        assertThat(sessions.create(write(step))).isEqualTo(new Created.Done());
        return step.session();
    }

    /// A new session whose first flash call was decided at once, and is saved with it.
    public Created call(Sample sample, E164 caller) {
        return sessions.create(called(sample.opening(), caller));
    }

    /// What saves a new session together with its first flash call.
    public static Write called(Opening opening, E164 caller) {
        var start = Session.start(opening);
        var attempt = Sample.flashCall(start.session(), caller, opening.at());
        var next = start.session().on(new SessionEvent.Prepared(attempt), opening.at());
        var effects = new ArrayList<>(start.effects());
        effects.addAll(next.effects());
        var both = new Step(next.session(), effects, next.denial());
        return write(both).with(Sample.lease(next.session(), 1, caller, opening.at()));
    }

    /// Prepares a flash call with this caller id, and leases it.
    public Change call(SessionId id, E164 caller, Instant now) {
        return change(id, session -> {
            var attempt = Sample.flashCall(session, caller, now);
            var step = session.on(new SessionEvent.Prepared(attempt), now);
            return write(step).with(Sample.lease(session, attempt.number(), caller, now));
        });
    }

    /// Prepares an SMS with this code.
    public Change message(SessionId id, String code, Instant now) {
        return change(id, session -> write(session.on(new SessionEvent.Prepared(Sample.sms(session, code, now)), now)));
    }

    public Change ring(SessionId id, int attempt, Instant now) {
        return on(id, new SessionEvent.Ringing(attempt), now);
    }

    public Change end(SessionId id, int attempt, AttemptResult how, Instant now) {
        return on(id, new SessionEvent.AttemptEnded(attempt, how), now);
    }

    /// @param attempt whose code was entered, or 0 for a wrong one
    public Change check(SessionId id, int attempt, Instant now) {
        return on(id, new SessionEvent.Checked(attempt, "manual"), now);
    }

    public Change cancel(SessionId id, Instant now) {
        return on(id, new SessionEvent.CancelAsked(), now);
    }

    public Change on(SessionId id, SessionEvent event, Instant now) {
        return change(id, session -> write(session.on(event, now)));
    }

    public Change change(SessionId id, Function<Session, Write> fold) {
        return sessions.update(id, fold).orElseThrow();
    }

    /// What saves a step, its events as a simple journal writes them.
    public static Write write(Step step) {
        return Write.of(
                step, step.published().stream().map(event -> event(step, event)).toList());
    }

    private static OutboxEvent event(Step step, Effect.Publish event) {
        var details = new TreeMap<>(event.details())
                .entrySet().stream()
                        .map(detail -> "\"" + detail.getKey() + "\":\"" + detail.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
        var body = "{\"type\":\"" + event.type().label() + "\",\"id\":\""
                + step.session().id() + "\",\"to\":\"+"
                + step.session().opening().intent().to().digits() + "\"}";
        return new OutboxEvent(
                event.type(),
                event.sequence(),
                event.at(),
                event.attempt(),
                details,
                event.type().isWebhook() ? body : "");
    }

    /// The same so many times at once.
    public static <T> List<T> atOnce(int times, Callable<T> task) throws Exception {
        return atOnce(Collections.nCopies(times, task));
    }

    /// Runs all at once, each on a thread of its own.
    public static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
