package io.flashcall.verification;

import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.channel.Secret;
import io.flashcall.verification.store.LeaseTakenException;
import io.flashcall.verification.store.OutboxEvent;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Sessions.Change;
import io.flashcall.verification.store.Write;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves what happens to sessions, and then does what their steps ask for: prepares attempts, dispatches them, hangs
/// up.
/// Every change of a session that exists goes through here. Thread-safe.
public final class SessionChanges implements AttemptListener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionChanges.class);
    private static final int STRIPES = 2048;
    private static final int DRAWS = 10;

    private final Sessions sessions;
    private final Journal journal;
    private final SessionWatcher watcher;
    private final World world;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /// @param watcher hears of every change, in order for each session
    public SessionChanges(Sessions sessions, Journal journal, SessionWatcher watcher, World world) {
        this.sessions = sessions;
        this.journal = journal;
        this.watcher = watcher;
        this.world = world;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /// @param channels by name; may be filled after this was made, before the first session
    /// @param executor for what may block
    public record World(Map<ChannelName, Channel> channels, Executor executor, InstantSource clock) {}

    /// One event, saved and acted upon.
    ///
    /// @return empty when there is no such session
    public Optional<Change> apply(SessionId id, SessionEvent event) {
        return apply(id, _ -> event, UnaryOperator.identity());
    }

    /// The same, where the event depends on the session as it is when it is saved, and more is saved with it.
    ///
    /// @param event pure
    /// @param more  pure: adds to what is saved
    public Optional<Change> apply(SessionId id, Function<Session, SessionEvent> event, UnaryOperator<Write> more) {
        var stripe = stripes[Math.floorMod(id.hashCode(), STRIPES)];
        var saved = new AtomicReference<Write>();
        Optional<Change> change;
        stripe.lock();
        try {
            var now = world.clock().instant();
            change = sessions.update(id, session -> {
                var write = more.apply(write(session.on(event.apply(session), now)));
                saved.set(write);
                return write;
            });
            Optional.ofNullable(saved.get()).ifPresent(this::watch);
        } finally {
            stripe.unlock();
        }
        change.ifPresent(done -> perform(done.step()));
        return change;
    }

    /// What a step comes to in the store.
    public Write write(Step step) {
        return Write.of(
                step,
                step.published().stream()
                        .map(event -> journal.write(step.session(), event))
                        .toList());
    }

    /// Tells the watcher of what was just saved.
    void watch(Write saved) {
        if (!saved.events().isEmpty()) {
            watcher.onChange(
                    saved.step().session(),
                    saved.events().stream().map(OutboxEvent::entry).toList());
        }
    }

    /// Does what a saved step asks for. A dispatch is not among it: only who prepared the attempt knows its secret.
    void perform(Step step) {
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Launch launch ->
                    world.executor().execute(() -> launch(step.session().id(), launch));
                case Effect.HangUp(int attempt) -> hangUp(step.session(), attempt);
                case Effect.Dispatch _, Effect.Publish _ -> {}
            }
        }
    }

    /// Sends what was prepared, after it was saved.
    void dispatch(Session session, Attempt attempt, Secret secret) {
        world.executor().execute(() -> {
            try {
                channel(attempt.plan().channel())
                        .orElseThrow(() -> new IllegalStateException(
                                "no channel " + attempt.plan().channel()))
                        .dispatch(session, attempt, secret);
            } catch (RuntimeException e) {
                // Whether it was sent is unknown: nobody tries again, its time moves the plan on.
                LOG.error("{}: attempt {} may not have been sent", session.id(), attempt.number(), e);
            }
        });
    }

    /// Prepares an attempt for a session that waits for one.
    Preparation prepare(Session session, Effect.Launch launch) {
        var name =
                session.opening().terms().channels().get(launch.channelIndex()).name();
        return channel(name)
                .map(channel -> channel.prepare(
                        session,
                        new Channel.Launch(
                                launch.send(),
                                launch.channelIndex(),
                                world.clock().instant())))
                .orElseGet(() -> new Preparation.Unavailable("channel " + name + " is not configured"));
    }

    @Override
    public void onRinging(SessionId session, int attempt) {
        apply(session, new SessionEvent.Ringing(attempt));
    }

    @Override
    public void onEnded(SessionId session, int attempt, AttemptResult result) {
        apply(session, new SessionEvent.AttemptEnded(attempt, result));
    }

    @Override
    public boolean isWanted(SessionId session, int attempt) {
        try {
            return sessions.find(session).filter(found -> found.wants(attempt)).isPresent();
        } catch (RuntimeException e) {
            LOG.warn("{}: whether attempt {} is still wanted is not known", session, attempt, e);
            return true;
        }
    }

    private void launch(SessionId id, Effect.Launch launch) {
        try {
            for (int i = 0; i < DRAWS; i++) {
                if (launched(id, launch)) {
                    return;
                }
            }
            unavailable(id, launch, "caller ids are being taken faster than they can be drawn");
        } catch (RuntimeException e) {
            // It is asked for again when its deadline passes.
            LOG.error("{}: no attempt could be prepared", id, e);
        }
    }

    /// @return whether there is nothing more to do; else another caller id is to be drawn
    private boolean launched(SessionId id, Effect.Launch launch) {
        var session = sessions.find(id);
        if (session.isEmpty() || !session.get().awaits(launch)) {
            return true;
        }
        switch (prepare(session.get(), launch)) {
            case Preparation.Ready(var attempt, var lease, var secret) -> {
                try {
                    var change = apply(
                            id,
                            _ -> new SessionEvent.Prepared(attempt),
                            write -> dispatches(write.step(), attempt)
                                    ? lease.map(write::with).orElse(write)
                                    : write);
                    change.filter(done -> dispatches(done.step(), attempt))
                            .ifPresent(done -> dispatch(done.after(), attempt, secret));
                } catch (LeaseTakenException _) {
                    return false;
                }
            }
            case Preparation.Unavailable(var reason) -> unavailable(id, launch, reason);
            case Preparation.NoSuchCode() -> unavailable(id, launch, "no caller id ends in the requested code");
        }
        return true;
    }

    private void unavailable(SessionId id, Effect.Launch launch, String reason) {
        apply(id, new SessionEvent.Unavailable(launch.send(), launch.channelIndex(), reason));
    }

    private static boolean dispatches(Step step, Attempt attempt) {
        return step.effects().contains(new Effect.Dispatch(attempt.number()));
    }

    private void hangUp(Session session, int number) {
        session.attempt(number)
                .ifPresent(attempt ->
                        channel(attempt.plan().channel()).ifPresent(channel -> channel.hangUp(session, attempt)));
    }

    private Optional<Channel> channel(ChannelName name) {
        return Optional.ofNullable(world.channels().get(name));
    }
}
