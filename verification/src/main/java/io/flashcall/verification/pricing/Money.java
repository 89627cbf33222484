package io.flashcall.verification.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What some attempts cost in one currency. Nothing is converted: there is one of these for each currency.
///
/// @param cost        of all of them, `open` included
/// @param open        set aside for those whose outcome is not known: their ceilings
/// @param alternative what their sends would have cost by the channel that costs are compared with
/// @param compared    what the attempts of these sends cost, in this currency
/// @param comparable  whether all that these sends cost is in this currency
public record Money(
        String currency,
        BigDecimal cost,
        BigDecimal open,
        BigDecimal alternative,
        BigDecimal compared,
        boolean comparable) {

    /// Nothing of a currency.
    public static Money none(String currency) {
        return new Money(currency, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, true);
    }

    /// By how much the sends were cheaper than by the channel that they are compared with; negative where
    /// they were dearer. Empty where nothing can be compared: no price to compare with, or costs in several
    /// currencies.
    public Optional<BigDecimal> saving() {
        boolean something = alternative.signum() != 0 || compared.signum() != 0;
        return comparable && something ? Optional.of(alternative.subtract(compared)) : Optional.empty();
    }

    /// Both together.
    ///
    /// @param other of the same currency
    public Money plus(Money other) {
        return new Money(
                currency,
                cost.add(other.cost),
                open.add(other.open),
                alternative.add(other.alternative),
                compared.add(other.compared),
                comparable && other.comparable);
    }

    /// One for each currency, in their order.
    public static List<Money> sum(Collection<Money> all) {
        var sums = new TreeMap<String, Money>();
        all.forEach(money -> sums.merge(money.currency(), money, Money::plus));
        return new ArrayList<>(sums.values());
    }

    /// An amount without zeros that say nothing, such as `0.004`, `12` or `-0.1`.
    public static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
