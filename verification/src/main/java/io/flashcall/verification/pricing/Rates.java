package io.flashcall.verification.pricing;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import java.time.Instant;
import java.util.Optional;

/// Knows what attempts cost. Thread-safe.
public interface Rates {

    /// The rate of an attempt that is being decided on.
    ///
    /// @return empty when no price is known; the attempt is then made all the same
    Optional<Quote> quote(Asked asked);

    /// Who is to be reached, and how.
    ///
    /// @param whom    what the session says
    /// @param channel by which
    /// @param trunk   over which, for a flash call
    /// @param flat    what the route's or channel's own configuration says; stands where no sheet says more
    record Asked(Whom whom, ChannelName channel, Optional<String> trunk, Optional<Price> flat) {

        /// The part of the question that a session answers.
        ///
        /// @param send of the attempt that is being decided on
        public static Whom of(Session session, int send, Instant at) {
            boolean first = session.attempts().stream()
                    .noneMatch(attempt -> attempt.plan().send() == send);
            var intent = session.opening().intent();
            return new Whom(session.opening().app(), intent.to(), intent.country(), first, at);
        }
    }

    /// @param app     whose attempt it is
    /// @param to      the number that is to be reached
    /// @param country ISO 3166 region of `to`
    /// @param first   whether it is the first attempt of its send
    /// @param at      now
    record Whom(AppId app, E164 to, String country, boolean first, Instant at) {

        /// The whole question.
        public Asked by(ChannelName channel, Optional<String> trunk, Optional<Price> flat) {
            return new Asked(this, channel, trunk, flat);
        }
    }

    /// Knows flat prices alone: a call that reached the user, a part of a message.
    Rates FLAT = asked -> asked.flat().map(price -> new Quote(flat(asked, price), Optional.empty()));

    /// The rate that a flat price stands for.
    static Rate flat(Asked asked, Price price) {
        return asked.trunk().isPresent()
                ? new Rate(price, new Increment.Reached(), "route")
                : new Rate(price, new Increment.Part(), "channel " + asked.channel());
    }
}
