package io.flashcall.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One event's way through a [Session]. Lives for that event alone; not thread-safe.
final class Transition {

    /// How long a launch may take before it is asked for again, say because we were killed in between.
    static final Duration LAUNCH_PATIENCE = Duration.ofSeconds(5);

    private static final String UNDELIVERABLE = "undeliverable";
    private static final String TOO_MANY_CHECKS = "too_many_checks";

    private final Session before;
    private final Instant now;
    private final List<Attempt> attempts;
    private final List<Effect> effects = new ArrayList<>();
    private int checks;
    private int sends;
    private int events;
    private Phase phase;

    Transition(Session before, Instant now) {
        this.before = before;
        this.now = now;
        this.attempts = new ArrayList<>(before.attempts());
        this.checks = before.tally().checks();
        this.sends = before.tally().sends();
        this.events = before.tally().events();
        this.phase = before.phase();
    }

    Step start() {
        publish(EventType.VERIFICATION_STARTED, 0, Map.of());
        launch(1, 0);
        return step();
    }

    Step on(SessionEvent event) {
        if (!(phase instanceof Phase.Ended) && !now.isBefore(before.opening().expiresAt())) {
            end(Status.EXPIRED, "", Map.of());
        }
        if (phase instanceof Phase.Ended) {
            return onEnded(event);
        }
        return switch (event) {
            case SessionEvent.Prepared(var attempt) -> onPrepared(attempt);
            case SessionEvent.Unavailable(int send, int channel, var reason) -> onUnavailable(send, channel, reason);
            case SessionEvent.Ringing(int attempt) -> onRinging(attempt);
            case SessionEvent.AttemptEnded(int attempt, var result) -> onAttemptEnded(attempt, result);
            case SessionEvent.Received(int attempt, var state, var detail) -> onReceived(attempt, state, detail);
            case SessionEvent.Checked(int attempt, var source) -> onChecked(attempt, source);
            case SessionEvent.ResendAsked(var channel) -> onResend(channel);
            case SessionEvent.CancelAsked() -> ended(Status.CANCELED, "", Map.of());
            case SessionEvent.TimePassed() -> onTimePassed();
        };
    }

    /// What was under way still ends, for the record; nothing else happens to a session that is over.
    private Step onEnded(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Ringing(int number) -> {
                silent(number).ifPresent(attempt -> replace(attempt.ringing(now)));
                yield step();
            }
            case SessionEvent.AttemptEnded(int number, var told) -> {
                underWay(number).ifPresent(attempt -> {
                    var result = AttemptNews.judged(attempt, told);
                    replace(attempt.ended(result, now));
                    publish(EventType.CALL_ENDED, number, AttemptNews.outcome(attempt, result));
                });
                yield step();
            }
            case SessionEvent.Received(int number, var state, var detail) -> {
                note(number, state, detail);
                yield step();
            }
            case SessionEvent.Checked _, SessionEvent.ResendAsked _, SessionEvent.CancelAsked _ -> denied(Denial.ENDED);
            case SessionEvent.Prepared _, SessionEvent.Unavailable _, SessionEvent.TimePassed _ -> step();
        };
    }

    private Step onPrepared(Attempt attempt) {
        var plan = attempt.plan();
        if (!awaits(plan.send(), plan.channelIndex()) || plan.number() != attempts.size() + 1) {
            return step();
        }
        attempts.add(attempt);
        enter(new Phase.Trying(
                plan.number(), now.plus(channel(plan.channelIndex()).time())));
        publish(EventType.ATTEMPT_STARTED, plan.number(), AttemptNews.started(plan));
        effects.add(new Effect.Dispatch(plan.number()));
        return step();
    }

    private Step onUnavailable(int send, int channelIndex, String reason) {
        if (awaits(send, channelIndex)) {
            publish(
                    EventType.CHANNEL_UNAVAILABLE,
                    0,
                    Map.of("channel", channel(channelIndex).name().value(), "reason", reason));
            moveOn(send, channelIndex, reason);
        }
        return step();
    }

    private Step onRinging(int number) {
        silent(number).ifPresent(attempt -> {
            replace(attempt.ringing(now));
            publish(EventType.CALL_RINGING, number, Map.of());
        });
        return step();
    }

    private Step onAttemptEnded(int number, AttemptResult told) {
        var attempt = underWay(number).orElse(null);
        if (attempt == null) {
            return step();
        }
        var result = AttemptNews.judged(attempt, told);
        replace(attempt.ended(result, now));
        publish(AttemptNews.typeOf(attempt, result), number, AttemptNews.outcome(attempt, result));
        if (phase instanceof Phase.Trying trying && trying.attempt() == number) {
            switch (result.verdict()) {
                case DELIVERED, PERHAPS -> {}
                case NEXT_ROUTE -> launch(attempt.plan().send(), attempt.plan().channelIndex());
                case NEXT_CHANNEL ->
                    moveOn(attempt.plan().send(), attempt.plan().channelIndex(), result.outcome());
            }
        } else if (phase instanceof Phase.Spent && nothingWasSeen()) {
            end(Status.FAILED, UNDELIVERABLE, Map.of());
        }
        return step();
    }

    /// What will never arrive is not waited for, unless it rang.
    private Step onReceived(int number, Receipt.State state, String detail) {
        if (note(number, state, detail) && state == Receipt.State.FAILED) {
            var attempt = attempts.get(number - 1);
            if (phase instanceof Phase.Trying trying && trying.attempt() == number) {
                if (!attempt.mayHaveShown()) {
                    moveOn(attempt.plan().send(), attempt.plan().channelIndex(), "not_delivered");
                }
            } else if (phase instanceof Phase.Spent && nothingWasSeen()) {
                end(Status.FAILED, UNDELIVERABLE, Map.of());
            }
        }
        return step();
    }

    /// @return whether it is news
    private boolean note(int number, Receipt.State state, String detail) {
        var attempt = known(number).filter(message -> !message.isFlashCall()).orElse(null);
        if (attempt == null
                || attempt.receipt().filter(known -> !known.yieldsTo(state)).isPresent()) {
            return false;
        }
        replace(attempt.with(new Receipt(state, detail, now)));
        publish(AttemptNews.typeOf(state), number, AttemptNews.received(attempt, detail));
        return true;
    }

    private Step onChecked(int attempt, String source) {
        if (attempt < 0 || attempt > attempts.size()) {
            throw new IllegalStateException("the code of attempt " + attempt + " of " + attempts.size());
        }
        checks++;
        if (attempt > 0) {
            return ended(Status.VERIFIED, "", Map.of("attempt", String.valueOf(attempt), "source", source));
        }
        int left = before.opening().terms().checks() - checks;
        publish(EventType.CHECK_WRONG, 0, Map.of("checks_left", String.valueOf(left), "source", source));
        return left > 0 ? step() : ended(Status.FAILED, TOO_MANY_CHECKS, Map.of());
    }

    private Step onResend(Optional<ChannelName> wanted) {
        if (phase instanceof Phase.Launching || isCalling()) {
            return denied(Denial.CALL_IN_PROGRESS);
        }
        if (sends >= before.opening().terms().sends()) {
            return denied(Denial.SENDS_USED_UP);
        }
        int channelIndex = wanted.map(this::indexOf)
                .orElseGet(() -> before.latest()
                        .map(attempt -> attempt.plan().channelIndex())
                        .orElse(0));
        if (channelIndex < 0) {
            return denied(Denial.NO_SUCH_CHANNEL);
        }
        sends++;
        launch(sends, channelIndex);
        return step();
    }

    /// Calls of former attempts were hung up when their time was up; their outcome may never come, after a crash.
    private boolean isCalling() {
        return phase instanceof Phase.Trying trying
                && underWay(trying.attempt()).filter(Attempt::isFlashCall).isPresent();
    }

    private Step onTimePassed() {
        switch (phase) {
            case Phase.Launching launching -> {
                if (!now.isBefore(launching.since().plus(LAUNCH_PATIENCE))) {
                    launch(launching.send(), launching.channelIndex());
                }
            }
            case Phase.Trying trying -> {
                if (!now.isBefore(trying.until())) {
                    var plan = attempts.get(trying.attempt() - 1).plan();
                    hangUp();
                    moveOn(plan.send(), plan.channelIndex(), "time_up");
                }
            }
            case Phase.Spent(), Phase.Ended _ -> {}
        }
        return step();
    }

    private void moveOn(int send, int from, String reason) {
        int next = from + 1;
        if (next < before.opening().terms().channels().size()) {
            publish(
                    EventType.CHANNEL_FALLBACK,
                    0,
                    Map.of(
                            "from", channel(from).name().value(),
                            "to", channel(next).name().value(),
                            "reason", reason));
            launch(send, next);
        } else if (nothingWasSeen()) {
            end(Status.FAILED, UNDELIVERABLE, Map.of());
        } else {
            enter(new Phase.Spent());
        }
    }

    private boolean nothingWasSeen() {
        return attempts.stream().noneMatch(Attempt::mayHaveShown);
    }

    private void launch(int send, int channelIndex) {
        enter(new Phase.Launching(send, channelIndex, now));
        effects.add(new Effect.Launch(send, channelIndex));
    }

    private Step ended(Status status, String reason, Map<String, String> details) {
        end(status, reason, details);
        return step();
    }

    private void end(Status status, String reason, Map<String, String> details) {
        enter(new Phase.Ended(status, reason, now));
        var type = switch (status) {
            case VERIFIED -> EventType.VERIFICATION_VERIFIED;
            case FAILED -> EventType.VERIFICATION_FAILED;
            case EXPIRED -> EventType.VERIFICATION_EXPIRED;
            case CANCELED -> EventType.VERIFICATION_CANCELED;
            case PENDING -> throw new IllegalStateException("a session does not end as pending");
        };
        var all = new LinkedHashMap<>(details);
        if (!reason.isEmpty()) {
            all.put("reason", reason);
        }
        publish(type, 0, all);
        hangUp();
    }

    private void hangUp() {
        for (var attempt : attempts) {
            if (attempt.isFlashCall() && attempt.isUnderWay()) {
                effects.add(new Effect.HangUp(attempt.number()));
            }
        }
    }

    /// The one place where the phase changes.
    private void enter(Phase next) {
        phase = next;
    }

    private void publish(EventType type, int attempt, Map<String, String> details) {
        events++;
        effects.add(new Effect.Publish(type, events, now, attempt, details));
    }

    private boolean awaits(int send, int channelIndex) {
        return before.awaits(new Effect.Launch(send, channelIndex));
    }

    private Optional<Attempt> known(int number) {
        return number >= 1 && number <= attempts.size() ? Optional.of(attempts.get(number - 1)) : Optional.empty();
    }

    private Optional<Attempt> underWay(int number) {
        return known(number).filter(Attempt::isUnderWay);
    }

    /// The attempt of that number, if it is under way and has not rung yet.
    private Optional<Attempt> silent(int number) {
        return underWay(number).filter(attempt -> attempt.times().rang().isEmpty());
    }

    private void replace(Attempt attempt) {
        attempts.set(attempt.number() - 1, attempt);
    }

    private PlannedChannel channel(int index) {
        return before.opening().terms().channels().get(index);
    }

    private int indexOf(ChannelName name) {
        var channels = before.opening().terms().channels();
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Step denied(Denial why) {
        var step = step();
        return new Step(step.session(), step.effects(), Optional.of(why));
    }

    private Step step() {
        var next = new Session(before.opening(), attempts, new Session.Tally(checks, sends, events), phase);
        return new Step(next, effects, Optional.empty());
    }
}
