package io.flashcall.verification;

import io.flashcall.verification.pricing.Quote;
import java.time.Instant;
import java.util.Optional;

/// One try to reach the user: one call, or one message.
///
/// @param plan   what was decided before it began
/// @param code   what it carries, so that nobody can read it
/// @param times  when it began, rang and ended
/// @param result how it ended; empty while it is under way, and for ever if we were killed meanwhile
/// @param receipt what its provider reported later, of a message
public record Attempt(Plan plan, Code code, Times times, Optional<AttemptResult> result, Optional<Receipt> receipt) {

    /// @param number       1 for a session's first attempt, then 2, 3, …
    /// @param send         1 for the start, 2 for the first resend, …
    /// @param channelIndex which of the session's channels
    /// @param channel      its name
    /// @param route        the way it took, where the channel has routes
    /// @param quote        what it is going to cost, where that is known
    public record Plan(
            int number, int send, int channelIndex, ChannelName channel, Optional<Way> route, Optional<Quote> quote) {

        /// Of one unit, say a call or a part of a message.
        public Optional<Price> price() {
            return quote.map(known -> known.rate().price());
        }
    }

    /// The way that a flash call took.
    ///
    /// @param trunk  of the engine
    /// @param pool   the caller id is from
    /// @param reason why this one
    public record Way(String trunk, String pool, String reason) {}

    /// @param mac      HMAC of session and code, see [Vault#codeMac]
    /// @param callerId the whole caller id of a flash call, sealed by the [Vault]
    /// @param prefix   what may be shown of that caller id while the session is open: `+4420794`; else empty
    public record Code(String mac, Optional<String> callerId, String prefix) {}

    public record Times(Instant begun, Optional<Instant> rang, Optional<Instant> ended) {}

    /// The same attempt, begun now.
    public static Attempt begin(Plan plan, Code code, Instant now) {
        var times = new Times(now, Optional.empty(), Optional.empty());
        return new Attempt(plan, code, times, Optional.empty(), Optional.empty());
    }

    public int number() {
        return plan.number();
    }

    public boolean isFlashCall() {
        return plan.channel().equals(ChannelName.FLASH_CALL);
    }

    /// As the API and webhooks write it: `under_way`, `ringing` or `ended`.
    public String state() {
        if (!isUnderWay()) {
            return "ended";
        }
        return times.rang().isPresent() ? "ringing" : "under_way";
    }

    /// Whether its outcome is still to come.
    public boolean isUnderWay() {
        return result.isEmpty();
    }

    /// What it costs, with the rate that applied when it was decided on; empty until it has ended, and where no price
    /// is known.
    public Optional<Price> cost() {
        return result.flatMap(how -> plan.quote().map(quote -> quote.rate().cost(how)));
    }

    /// What counts against budgets: its cost, and until that is known, or where it never is, the most that
    /// it is likely to be.
    public Optional<Price> charge() {
        return cost().or(() -> plan.quote().map(quote -> quote.rate().ceiling()));
    }

    /// Whether its provider says that it will never arrive.
    public boolean isLost() {
        return receipt.map(Receipt::state).filter(Receipt.State.FAILED::equals).isPresent();
    }

    /// Whether the user may have seen it; until its outcome is known, yes.
    public boolean mayHaveShown() {
        if (times.rang().isPresent()) {
            return true;
        }
        return !isLost()
                && result.map(how -> how.shown() || how.verdict().isWaitedFor()).orElse(true);
    }

    Attempt ringing(Instant now) {
        return new Attempt(plan, code, new Times(times.begun, Optional.of(now), times.ended), result, receipt);
    }

    Attempt ended(AttemptResult how, Instant now) {
        return new Attempt(plan, code, new Times(times.begun, times.rang, Optional.of(now)), Optional.of(how), receipt);
    }

    Attempt with(Receipt latest) {
        return new Attempt(plan, code, times, result, Optional.of(latest));
    }
}
