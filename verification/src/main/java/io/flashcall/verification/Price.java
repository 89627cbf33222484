package io.flashcall.verification;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What one attempt costs.
///
/// @param amount   not negative
/// @param currency three letters of ISO 4217
public record Price(BigDecimal amount, String currency) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Price {
        if (amount.signum() < 0 || !CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException(
                    "price: " + amount + " " + currency + " (expected: an amount and a currency, such as 0.004 EUR)");
        }
    }

    /// Reads `0.004 EUR`.
    public static Price parse(String text) {
        int space = text.indexOf(' ');
        try {
            if (space > 0) {
                return new Price(new BigDecimal(text.substring(0, space)), text.substring(space + 1));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("price: " + text + " (expected: an amount and a currency, 0.004 EUR)");
    }

    /// Such as `0.004`, without zeros that say nothing.
    public String plainAmount() {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
