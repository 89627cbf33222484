package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.CALLER;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Leads sessions whose attempts cost something through a store.
///
/// @param play what leads sessions
record Purchases(Play play) {

    /// Accepted by its provider, in so many parts.
    static AttemptResult accepted(int parts) {
        return new AttemptResult(Verdict.DELIVERED, "accepted", "", true, Usage.ofParts(parts));
    }

    /// A price for each flash call that reaches somebody, `0.01 EUR`, and what it is compared with.
    static Quote call(String price, String alternative) {
        return new Quote(
                new Rate(Price.parse(price), new Increment.Reached(), "test.csv:2"),
                Optional.of(Price.parse(alternative)),
                Optional.of("north +44"));
    }

    /// A price for each part of a message.
    static Quote message(String price) {
        return new Quote(
                new Rate(Price.parse(price), new Increment.Part(), "test.csv:3"),
                Optional.empty(),
                Optional.of("sms +"));
    }

    Session call(Sample sample, Quote quote) {
        return call(play.start(sample).id(), Optional.of(quote), sample.at());
    }

    /// The next attempt, a flash call.
    Session call(SessionId id, Optional<Quote> quote, Instant now) {
        return prepared(id, session -> Sample.flashCall(session, CALLER, now), quote, now);
    }

    /// The next attempt, an SMS.
    Session message(SessionId id, Optional<Quote> quote, Instant now) {
        return prepared(id, session -> Sample.sms(session, "482915", now), quote, now);
    }

    private Session prepared(SessionId id, Function<Session, Attempt> draft, Optional<Quote> quote, Instant now) {
        return play.change(id, session -> {
                    var attempt = draft.apply(session);
                    var plan = attempt.plan();
                    var priced = new Attempt.Plan(
                            plan.number(), plan.send(), plan.channelIndex(), plan.channel(), plan.route(), quote);
                    return Play.write(
                            session.on(new SessionEvent.Prepared(Attempt.begin(priced, attempt.code(), now)), now));
                })
                .after();
    }

    /// A flash call to a busy phone, which costs nothing, and then an SMS of so many parts.
    SessionId busyThenMessage(Sample sample, Quote call, Quote message, int parts) {
        var at = sample.at();
        var id = call(sample, call).id();
        play.end(id, 1, Sample.BUSY, at.plusSeconds(1));
        message(id, Optional.of(message), at.plusSeconds(2));
        play.end(id, 2, accepted(parts), at.plusSeconds(3));
        return id;
    }
}
