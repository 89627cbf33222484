package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Query;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.AppId;
import io.flashcall.verification.pricing.Money;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Statistics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// `GET /v1/stats`: how well verifications work, by country, trunk and channel.
public final class StatsResource {

    private static final Duration USUAL_PERIOD = Duration.ofDays(1);
    private static final double DECIMALS = 10_000;

    private final Statistics statistics;
    private final InstantSource clock;

    public StatsResource(Statistics statistics, InstantSource clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("GET", "/v1/stats", Set.of(Scope.SERVER, Scope.ADMIN), this::stats));
    }

    private Reply stats(Call call) {
        var query = call.query();
        var app = AppScope.of(call, query);
        var to = query.time("to").orElseGet(clock::instant);
        var from = query.time("from").orElse(to.minus(USUAL_PERIOD));
        query.done();
        if (!from.isBefore(to)) {
            throw Query.wrong("from", from.toString(), "a time before “to”, which is " + Json.time(to));
        }
        var node = Json.object();
        node.put("from", Json.time(from));
        node.put("to", Json.time(to));
        Json.put(node, "app", app.map(AppId::value));
        var data = node.putArray("data");
        var rows = statistics.rows(app, from, to);
        for (var row : rows) {
            var one = data.addObject()
                    .put("country", row.country())
                    .put("trunk", row.trunk())
                    .put("channel", row.channel())
                    .put("started", row.started())
                    .put("rang", row.rang())
                    .put("verified", row.verified())
                    .put("conversion", Math.round(row.conversion() * DECIMALS) / DECIMALS)
                    .put("time_to_verify_ms", row.timeToVerify().toMillis());
            MoneyView.put(one, row.money());
        }
        MoneyView.put(
                node,
                Money.sum(rows.stream().flatMap(row -> row.money().stream()).toList()));
        return Reply.json(200, node);
    }
}
