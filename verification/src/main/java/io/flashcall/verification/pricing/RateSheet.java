package io.flashcall.verification.pricing;

import io.flashcall.engine.E164;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What attempts cost by prefix, route, time and volume. Of the rows of a route, those that are valid
/// count; of these, those of the longest prefix of the number; of these, those that are valid since last;
/// and of these, the one whose tier the month's volume has reached. Immutable.
public final class RateSheet {

    /// Knows no price.
    public static final RateSheet EMPTY = new RateSheet(List.of());

    // By route, by digits of the prefix, by the first moment.
    private final Map<String, Map<String, NavigableMap<Instant, Tiers>>> routes = new HashMap<>();

    /// @throws IllegalArgumentException when two rows would hold at once, or none holds for a month's first
    ///                                  attempt
    public RateSheet(List<SheetRow> rows) {
        for (var row : rows) {
            var tiers = routes.computeIfAbsent(row.route(), _ -> new HashMap<>())
                    .computeIfAbsent(row.prefix().substring(1), _ -> new TreeMap<>())
                    .computeIfAbsent(row.validFrom(), _ -> new Tiers(new TreeMap<>()));
            if (tiers.rates.putIfAbsent(row.fromAttempt(), row.rate()) != null) {
                throw new IllegalArgumentException(row.rate().name() + ": " + row.prefix() + " " + row.route()
                        + " has a price for the same time and volume already (expected: one)");
            }
        }
        for (var row : rows) {
            if (!tiersOf(row).containsKey(1L)) {
                throw new IllegalArgumentException(row.rate().name() + ": " + row.prefix() + " " + row.route()
                        + " begins at attempt " + row.fromAttempt() + " (expected: also a row from attempt 1)");
            }
        }
    }

    private NavigableMap<Long, Rate> tiersOf(SheetRow row) {
        return Optional.ofNullable(routes.get(row.route()))
                .map(prefixes -> prefixes.get(row.prefix().substring(1)))
                .map(versions -> versions.get(row.validFrom()))
                .map(tiers -> tiers.rates)
                .orElseThrow();
    }

    private record Tiers(NavigableMap<Long, Rate> rates) {}

    /// The prices of one prefix over one route at one time.
    ///
    /// @param name  what their volume is counted under: route and prefix, such as `carrier-a +44`
    /// @param rates by the attempt of the month that they hold from
    public record Family(String name, NavigableMap<Long, Rate> rates) {

        /// Whether the volume makes a difference.
        public boolean isTiered() {
            return rates.size() > 1;
        }

        /// @param made how many attempts of the month there were before this one
        public Rate rate(long made) {
            return rates.floorEntry(made + 1).getValue();
        }
    }

    /// @param route name of a trunk or channel
    /// @param to    the number that is to be reached
    public Optional<Family> find(String route, E164 to, Instant at) {
        var prefixes = routes.get(route);
        if (prefixes == null) {
            return Optional.empty();
        }
        for (int length = to.digits().length(); length >= 0; length--) {
            var prefix = to.digits().substring(0, length);
            var versions = prefixes.get(prefix);
            var valid = versions == null ? null : versions.floorEntry(at);
            if (valid != null) {
                return Optional.of(new Family(route + " +" + prefix, valid.getValue().rates));
            }
        }
        return Optional.empty();
    }

    /// Names of all trunks and channels that it has prices for.
    public Set<String> routes() {
        return Set.copyOf(routes.keySet());
    }
}
