package io.flashcall.verification.routing;

import io.flashcall.verification.Price;
import java.util.Optional;

/// One way to destinations that begin with a prefix.
///
/// @param prefix      `+` and up to 15 digits; `+` alone is every destination
/// @param trunk       of the engine
/// @param pool        caller ids are drawn from
/// @param price       of one call
/// @param sameCountry whether only caller ids of the destination's own country may be shown
public record Route(String prefix, String trunk, String pool, Optional<Price> price, boolean sameCountry) {

    public Route {
        if (!prefix.matches("\\+\\d{0,15}")) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: + and digits, such as +44)");
        }
    }
}
