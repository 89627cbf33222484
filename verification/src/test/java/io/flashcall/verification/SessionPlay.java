package io.flashcall.verification;

import io.flashcall.engine.E164;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// One session on a stage: each verb is an event at the time of a hand-driven clock, [#effects] and [#state] are what
/// came of it in words.
final class SessionPlay {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final ChannelName SMS = new ChannelName("sms");
    static final ChannelName VOICE = new ChannelName("voice");
    static final PlannedChannel FLASH_CALL_45S = PlannedChannel.FLASH_CALL;
    static final PlannedChannel SMS_45S = new PlannedChannel(SMS, Duration.ofSeconds(45));
    static final PlannedChannel VOICE_45S = new PlannedChannel(VOICE, Duration.ofSeconds(45));

    private Instant now = START;
    private Step last;
    private final List<Effect> history = new ArrayList<>();

    private SessionPlay(Terms terms) {
        last = Session.start(opening(terms));
        history.addAll(last.effects());
    }

    /// With the usual terms: 120 s, 3 checks, 3 sends.
    static SessionPlay over(PlannedChannel... channels) {
        return with(terms(3, 3, channels));
    }

    /// A flash call, then SMS; the phone rang.
    static SessionPlay delivered() {
        return over(FLASH_CALL_45S, SMS_45S).prepared().rings(1).ends(1, Verdict.DELIVERED);
    }

    static SessionPlay with(Terms terms) {
        return new SessionPlay(terms);
    }

    static Terms terms(int checks, int sends, PlannedChannel... channels) {
        return new Terms(4, Duration.ofSeconds(120), checks, sends, List.of(channels), Duration.ofMillis(1500));
    }

    static Opening opening(Terms terms) {
        var intent = new Intent(
                new E164("447700900123"),
                "GB",
                "signup",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Opening(
                SessionId.next(START, new Random(1)), new AppId("shop"), intent, terms, START, Opening.Claims.NONE);
    }

    /// The attempt that a launch of this session would prepare.
    static Attempt attempt(Session session, int number, int send, int channelIndex, Instant now) {
        var channel = session.opening().terms().channels().get(channelIndex).name();
        boolean call = channel.equals(ChannelName.FLASH_CALL);
        var way = call
                ? Optional.of(new Attempt.Way("north", "uk", "prefix +44, 1 of 2"))
                : Optional.<Attempt.Way>empty();
        var rate = new Rate(Price.parse("0.004 EUR"), new Increment.Reached(), "route");
        var plan = new Attempt.Plan(
                number, send, channelIndex, channel, way, Optional.of(new Quote(rate, Optional.empty())));
        var code = new Attempt.Code("mac" + number, call ? Optional.of("sealed" + number) : Optional.empty(), "");
        return Attempt.begin(plan, code, now);
    }

    static AttemptResult result(Verdict verdict, String outcome) {
        return new AttemptResult(verdict, outcome, "", verdict.isWaitedFor());
    }

    SessionPlay happens(SessionEvent event) {
        last = session().on(event, now);
        history.addAll(last.effects());
        return this;
    }

    /// The launch that the session waits for succeeds.
    SessionPlay prepared() {
        if (!(session().phase() instanceof Phase.Launching(int send, int channelIndex, var _))) {
            throw new AssertionError("no launch is awaited: " + state());
        }
        return prepared(session().attempts().size() + 1, send, channelIndex);
    }

    SessionPlay prepared(int number, int send, int channelIndex) {
        return happens(new SessionEvent.Prepared(attempt(session(), number, send, channelIndex, now)));
    }

    /// The launch that the session waits for comes to nothing.
    SessionPlay unavailable() {
        if (!(session().phase() instanceof Phase.Launching(int send, int channelIndex, var _))) {
            throw new AssertionError("no launch is awaited: " + state());
        }
        return happens(new SessionEvent.Unavailable(send, channelIndex, "no_caller_id"));
    }

    SessionPlay rings(int attempt) {
        return happens(new SessionEvent.Ringing(attempt));
    }

    SessionPlay ends(int attempt, Verdict verdict) {
        return ends(attempt, result(verdict, verdict.name().toLowerCase(Locale.ROOT)));
    }

    SessionPlay ends(int attempt, AttemptResult result) {
        return happens(new SessionEvent.AttemptEnded(attempt, result));
    }

    /// The attempt's provider reports.
    SessionPlay receives(int attempt, Receipt.State state) {
        return happens(new SessionEvent.Received(attempt, state, "stat:" + state));
    }

    /// Somebody enters the code of that attempt.
    SessionPlay right(int attempt) {
        return happens(new SessionEvent.Checked(attempt, "manual"));
    }

    SessionPlay wrong() {
        return happens(new SessionEvent.Checked(0, "manual"));
    }

    SessionPlay resend() {
        return happens(new SessionEvent.ResendAsked(Optional.empty()));
    }

    SessionPlay resend(ChannelName channel) {
        return happens(new SessionEvent.ResendAsked(Optional.of(channel)));
    }

    SessionPlay cancel() {
        return happens(new SessionEvent.CancelAsked());
    }

    SessionPlay timePasses() {
        return happens(new SessionEvent.TimePassed());
    }

    /// The same session, had that many checks and sends been made.
    SessionPlay usedUp(int checks, int sends) {
        var session = session();
        var tally = new Session.Tally(checks, sends, session.tally().events());
        last = new Step(
                new Session(session.opening(), session.attempts(), tally, session.phase()),
                List.of(),
                Optional.empty());
        return this;
    }

    /// The clock alone moves.
    SessionPlay after(Duration span) {
        now = now.plus(span);
        return this;
    }

    /// To the session's deadline; nobody has told the session yet.
    SessionPlay atItsDeadline() {
        now = session().deadline().orElseThrow();
        return this;
    }

    SessionPlay atItsExpiry() {
        now = session().opening().expiresAt();
        return this;
    }

    Session session() {
        return last.session();
    }

    Step step() {
        return last;
    }

    Instant now() {
        return now;
    }

    /// Of the last event.
    String effects() {
        return SessionWords.effects(last);
    }

    /// Of the event published last.
    Map<String, String> details() {
        return last.published().getLast().details();
    }

    String state() {
        return SessionWords.state(session());
    }

    /// Of all events since the start.
    List<Effect> history() {
        return List.copyOf(history);
    }

    /// Labels of everything published since the start.
    List<String> story() {
        return history.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(effect -> ((Effect.Publish) effect).type().label())
                .toList();
    }
}
