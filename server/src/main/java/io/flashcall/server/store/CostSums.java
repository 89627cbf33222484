package io.flashcall.server.store;

import io.flashcall.verification.pricing.Money;
import io.flashcall.verification.store.Costs.Counts;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What some attempts cost, gathered from rows by currency. Not thread-safe.
final class CostSums {

    /// What such a query selects of the attempts `a` besides its groups.
    static final String COLUMNS = "a.cost_currency, a.compared_currency, count(*),"
            + " count(CASE WHEN a.cost_e8 IS NULL THEN 1 END), "
            + Exact.sumOf("a.cost_e8") + ", "
            + Exact.sumOf("(CASE WHEN a.cost_e8 IS NULL THEN a.reserved_e8 END)") + ", "
            + Exact.sumOf("a.alternative_e8");

    /// What it groups by besides.
    static final String GROUPS = "a.cost_currency, a.compared_currency";

    private final List<Money> money = new ArrayList<>();
    private Counts counts = Counts.NONE;

    /// Reads the columns of one row.
    void read(Rows rows) throws SQLException {
        var currency = rows.optionalText();
        var compared = rows.optionalText();
        long attempts = rows.number();
        long open = rows.number();
        var settled = Exact.sum(rows);
        var reserved = Exact.sum(rows);
        var alternative = Exact.sum(rows);
        counts = counts.plus(new Counts(attempts, currency.isEmpty() ? attempts : 0, currency.isEmpty() ? 0 : open));
        currency.ifPresent(in -> cost(in, settled.add(reserved), reserved, compared));
        compared.ifPresent(in -> money.add(alternative(in, alternative, in.equals(currency.orElse("")))));
    }

    Counts counts() {
        return counts;
    }

    List<Money> money() {
        return Money.sum(money);
    }

    private void cost(String currency, BigDecimal cost, BigDecimal reserved, Optional<String> compared) {
        boolean counts = compared.equals(Optional.of(currency));
        money.add(new Money(currency, cost, reserved, BigDecimal.ZERO, counts ? cost : BigDecimal.ZERO, true));
    }

    private static Money alternative(String currency, BigDecimal alternative, boolean comparable) {
        return new Money(currency, BigDecimal.ZERO, BigDecimal.ZERO, alternative, BigDecimal.ZERO, comparable);
    }
}
