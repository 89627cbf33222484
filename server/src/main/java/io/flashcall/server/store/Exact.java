package io.flashcall.server.store;

import io.flashcall.verification.pricing.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;

/// Amounts as the database keeps them: whole numbers of 10^-8 of a currency's unit. A sum is asked for in
/// two parts, so that it cannot overflow: that of the whole units, and that of the rest.
final class Exact {

    private Exact() {}

    /// The two parts of the sum of a column.
    static String sumOf(String column) {
        return "coalesce(sum(" + column + " / 100000000), 0), coalesce(sum(" + column + " % 100000000), 0)";
    }

    /// Reads the two parts of a sum.
    static BigDecimal sum(Rows rows) throws SQLException {
        var units = BigDecimal.valueOf(rows.number());
        return units.add(BigDecimal.valueOf(rows.number(), Rate.SCALE));
    }

    /// An amount has no more digits than are kept.
    static long units(BigDecimal amount) {
        return amount.setScale(Rate.SCALE, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }
}
