package io.flashcall.verification.pricing;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.store.Volumes;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// Knows the rates of a sheet, and flat prices where the sheet says nothing: of a flash call, the trunk's
/// own rows come before those of all flash calls. Thread-safe.
///
/// @param sheet      of all trunks and channels
/// @param comparison what the costs of other channels are held against; empty: nothing
/// @param volumes    how far the tiers are
public record SheetRates(RateSheet sheet, Optional<Comparison> comparison, Volumes volumes) implements Rates {

    /// @param channel whose price would be due instead, SMS as a rule
    /// @param flat    its own price, for numbers that the sheet has none for
    public record Comparison(ChannelName channel, Optional<Price> flat) {}

    @Override
    public Optional<Quote> quote(Asked asked) {
        return own(asked).map(quote -> new Quote(quote.rate(), alternative(asked), quote.family()));
    }

    private Optional<Quote> own(Asked asked) {
        return asked.trunk()
                .flatMap(trunk -> sheet(trunk, asked))
                .or(() -> sheet(asked.channel().value(), asked))
                .or(() -> Rates.FLAT.quote(asked));
    }

    private Optional<Quote> sheet(String route, Asked asked) {
        var at = asked.whom().at();
        return sheet.find(route, asked.whom().to(), at)
                .map(family -> new Quote(rate(family, at), Optional.empty(), Optional.of(family.name())));
    }

    private Optional<Price> alternative(Asked asked) {
        return comparison
                .filter(_ -> asked.whom().first())
                .flatMap(other -> own(new Asked(asked.whom(), other.channel(), Optional.empty(), other.flat()))
                        .map(quote -> quote.rate().usual()));
    }

    private Rate rate(RateSheet.Family family, Instant at) {
        long made =
                family.isTiered() ? volumes.attempts(family.name(), YearMonth.from(at.atOffset(ZoneOffset.UTC))) : 0;
        return family.rate(made);
    }
}
