package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Json;
import io.flashcall.verification.pricing.Money;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Costs as the API writes them: one object for each currency, amounts as exact decimal strings.
final class MoneyView {

    private MoneyView() {}

    static void put(ObjectNode node, List<Money> costs) {
        var all = node.putArray("costs");
        for (var money : costs) {
            var one = all.addObject()
                    .put("currency", money.currency())
                    .put("cost", Money.plain(money.cost()))
                    .put("unsettled_cost", Money.plain(money.open()))
                    .put("alternative", Money.plain(money.alternative()));
            Json.put(one, "saving", money.saving().map(Money::plain));
        }
    }
}
