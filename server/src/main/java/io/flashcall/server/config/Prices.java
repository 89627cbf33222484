package io.flashcall.server.config;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.pricing.RateSheet;
import io.flashcall.verification.pricing.SheetRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What attempts cost, as the rate sheets of a configuration say.
///
/// @param sheets      as the configuration names them
/// @param rows        of all of them
/// @param compareWith the channel that costs are compared with; empty: none
public record Prices(List<String> sheets, List<SheetRow> rows, Optional<ChannelName> compareWith) {

    /// No sheet; what messages would have cost is told all the same, where their channel has a price.
    public static final Prices NONE = new Prices(List.of(), List.of(), Optional.of(new ChannelName("sms")));

    public Prices {
        sheets = List.copyOf(sheets);
        rows = List.copyOf(rows);
    }

    public RateSheet sheet() {
        return new RateSheet(rows);
    }

    /// Names of trunks and channels that have prices, each with where its first one stands.
    Map<String, String> routes() {
        var routes = new LinkedHashMap<String, String>();
        rows.forEach(row -> routes.putIfAbsent(row.route(), row.rate().name()));
        return routes;
    }

    Set<String> currencies() {
        return rows.stream().map(row -> row.rate().price().currency()).collect(Collectors.toSet());
    }
}
