package io.flashcall.verification.channel;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Session;
import io.flashcall.verification.pricing.Budgets;
import java.util.Optional;
import java.util.function.Function;

/// A channel that prepares nothing for an app whose budget is used up: neither the next channel of a plan
/// nor a resend. What was prepared before goes on. Thread-safe.
///
/// @param apps looks an app up
public record BudgetedChannel(Channel channel, Budgets budgets, Function<AppId, Optional<App>> apps)
        implements Channel {

    private static final String BUDGET = "budget";

    @Override
    public ChannelName name() {
        return channel.name();
    }

    @Override
    public Preparation prepare(Session session, Launch launch) {
        boolean exhausted = apps.apply(session.opening().app())
                .flatMap(app -> budgets.exhausted(app, launch.now()))
                .isPresent();
        return exhausted ? new Preparation.Unavailable(BUDGET) : channel.prepare(session, launch);
    }

    @Override
    public void dispatch(Session session, Attempt attempt, Secret secret) {
        channel.dispatch(session, attempt, secret);
    }

    @Override
    public void hangUp(Session session, Attempt attempt) {
        channel.hangUp(session, attempt);
    }
}
