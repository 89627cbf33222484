package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Query;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.AppId;
import io.flashcall.verification.pricing.Money;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Costs.Counts;
import io.flashcall.verification.store.Costs.Grouping;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/costs`: what attempts cost, by day, country, channel and purpose.
public final class CostsResource {

    private static final Duration USUAL_PERIOD = Duration.ofDays(30);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);
    private static final String GROUPINGS =
            Arrays.stream(Grouping.values()).map(Grouping::label).collect(Collectors.joining(", "));

    private final Costs costs;
    private final InstantSource clock;

    public CostsResource(Costs costs, InstantSource clock) {
        this.costs = costs;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("GET", "/v1/costs", Set.of(Scope.SERVER, Scope.ADMIN), this::costs));
    }

    private Reply costs(Call call) {
        var query = call.query();
        var app = AppScope.of(call, query);
        var to = query.time("to").orElseGet(clock::instant);
        var from = query.time("from").orElse(to.minus(USUAL_PERIOD));
        var by = groupings(query);
        query.done();
        if (!from.isBefore(to) || from.isBefore(to.minus(LONGEST_PERIOD))) {
            throw Query.wrong(
                    "from",
                    from.toString(),
                    "a time before “to”, which is " + Json.time(to) + ", by at most " + LONGEST_PERIOD.toDays()
                            + " days");
        }
        var rows = costs.rows(new Costs.Query(app, from, to, by));
        var node = Json.object();
        node.put("from", Json.time(from));
        node.put("to", Json.time(to));
        Json.put(node, "app", app.map(AppId::value));
        var groups = node.putArray("group_by");
        by.forEach(grouping -> groups.add(grouping.label()));
        var data = node.putArray("data");
        for (var row : rows) {
            var one = data.addObject();
            by.forEach(grouping -> one.put(grouping.label(), row.group().get(grouping)));
            put(one, row.counts(), row.money());
        }
        put(
                node.putObject("totals"),
                rows.stream().map(Costs.Row::counts).reduce(Counts.NONE, Counts::plus),
                Money.sum(rows.stream().flatMap(row -> row.money().stream()).toList()));
        return Reply.json(200, node);
    }

    private static void put(ObjectNode node, Counts counts, List<Money> money) {
        node.put("attempts", counts.attempts());
        node.put("unpriced", counts.unpriced());
        node.put("unsettled", counts.unsettled());
        MoneyView.put(node, money);
    }

    private static Set<Grouping> groupings(Query query) {
        var groupings = EnumSet.noneOf(Grouping.class);
        var text = query.text("group_by").orElse("");
        for (var word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            groupings.add(Arrays.stream(Grouping.values())
                    .filter(grouping -> grouping.label().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(
                            () -> Query.wrong("group_by", text, "some of " + GROUPINGS + ", with commas between")));
        }
        return groupings;
    }
}
