package io.flashcall.verification.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A channel that keeps its rules: where it is not offered, or has more to do than its pace allows, it has nothing to
/// offer and the plan moves on. An attempt waits a second for its turn at the most, after it was saved, and is not
/// begun when nobody wants it any more by then. Thread-safe.
public final class RuledChannel implements Channel {

    /// How long an attempt may wait for its turn.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Channel channel;
    private final ChannelRules rules;
    private final Optional<Pace> pace;
    private final AttemptListener listener;
    private final Time time;
    // Turns of attempts that were prepared and not dispatched yet. Some never will be.
    private final Cache<CallReference, Instant> turns = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(100_000)
            .executor(Runnable::run)
            .build();

    /// @param listener knows whether an attempt is still wanted, and hears of one that is not
    public RuledChannel(Channel channel, ChannelRules rules, AttemptListener listener, InstantSource clock) {
        this(channel, rules, listener, new Time(clock, Thread::sleep));
    }

    RuledChannel(Channel channel, ChannelRules rules, AttemptListener listener, Time time) {
        this.channel = channel;
        this.rules = rules;
        this.listener = listener;
        this.pace = rules.pace().map(perSecond -> new Pace(perSecond, LONGEST_WAIT));
        this.time = time;
    }

    /// @param pause lets time pass
    record Time(InstantSource clock, Pause pause) {}

    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    @Override
    public ChannelName name() {
        return channel.name();
    }

    @Override
    public Preparation prepare(Session session, Launch launch) {
        var country = session.opening().intent().country();
        if (!rules.countries().include(country)) {
            return new Preparation.Unavailable("not offered in " + country);
        }
        var preparation = channel.prepare(session, launch);
        return pace.isPresent() && preparation instanceof Preparation.Ready ready
                ? paced(session, ready, pace.get())
                : preparation;
    }

    @Override
    public void dispatch(Session session, Attempt attempt, Secret secret) {
        var turn = turns.asMap().remove(new CallReference(session.id(), attempt.number()));
        if (turn != null && waited(turn) && !listener.isWanted(session.id(), attempt.number())) {
            listener.onEnded(session.id(), attempt.number(), AttemptResult.withdrawn());
        } else {
            channel.dispatch(session, attempt, secret);
        }
    }

    @Override
    public void hangUp(Session session, Attempt attempt) {
        channel.hangUp(session, attempt);
    }

    private Preparation paced(Session session, Preparation.Ready ready, Pace known) {
        var turn = known.turn(time.clock().instant());
        if (turn.isEmpty()) {
            return new Preparation.Unavailable("pace");
        }
        turns.put(new CallReference(session.id(), ready.attempt().number()), turn.get());
        return ready;
    }

    /// @return whether it had to wait at all
    private boolean waited(Instant turn) {
        boolean early = left(turn).isPositive();
        try {
            for (var left = left(turn); left.isPositive(); left = left(turn)) {
                time.pause().of(left);
            }
        } catch (InterruptedException e) {
            // Shutting down: what was promised is sent all the same.
            Thread.currentThread().interrupt();
        }
        return early;
    }

    private Duration left(Instant turn) {
        return Duration.between(time.clock().instant(), turn);
    }
}
