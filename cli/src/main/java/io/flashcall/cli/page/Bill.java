package io.flashcall.cli.page;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a verification cost, and all of them, and what the same would have cost by SMS.
final class Bill {

    private Bill() {}

    /// @param view  of the verification
    /// @param costs as `GET /v1/costs` tells them
    /// @return empty while nothing has a price
    static ObjectNode of(JsonNode view, JsonNode costs) {
        var bill = JsonNodeFactory.instance.objectNode();
        var all = costs.path("totals").path("costs").path(0);
        if (all.isMissingNode()) {
            return bill;
        }
        var currency = all.path("currency").asString("");
        var own = BigDecimal.ZERO;
        for (var attempt : view.path("attempts")) {
            var cost = attempt.path("cost");
            if (cost.path("currency").asString("").equals(currency)) {
                own = own.add(new BigDecimal(cost.path("amount").asString("0")));
            }
        }
        return bill.put("verification", view.path("id").asString(""))
                .put("currency", currency)
                .put("own", own.toPlainString())
                .put("all", all.path("cost").asString(""))
                .put("alternative", all.path("alternative").asString(""))
                .put("saving", all.path("saving").asString(""));
    }
}
