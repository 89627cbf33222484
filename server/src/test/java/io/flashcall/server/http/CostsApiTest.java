package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.pricing.Money;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Costs.Counts;
import io.flashcall.verification.store.Costs.Grouping;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CostsApiTest {

    private final ApiScene scene = new ApiScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void rows_and_totals_tell_exact_amounts_for_each_currency() {
        scene.costs.add(row("flash_call", new Counts(100, 2, 1), money("EUR", "0.40000000", "4", "0.4", true)));
        scene.costs.add(row(
                "sms",
                new Counts(10, 0, 0),
                money("EUR", "0.5", "0", "0.5", true),
                money("JPY", "12", "0", "0", true)));

        var answer =
                scene.client.get("/v1/costs?group_by=channel", scene.server).is(200);

        assertThat(answer.at("/data/0/channel")).isEqualTo("flash_call");
        assertThat(answer.at("/data/0/costs/0/cost")).isEqualTo("0.4");
        assertThat(answer.at("/data/0/costs/0/saving")).isEqualTo("3.6");
        assertThat(answer.at("/data/1/costs/0/saving")).isEqualTo("-0.5");
        assertThat(answer.at("/totals/attempts")).isEqualTo("110");
        assertThat(answer.at("/totals/unpriced")).isEqualTo("2");
        assertThat(answer.at("/totals/unsettled")).isEqualTo("1");
        assertThat(answer.at("/totals/costs/0/cost")).isEqualTo("0.9");
        assertThat(answer.at("/totals/costs/0/alternative")).isEqualTo("4");
        assertThat(answer.at("/totals/costs/0/saving")).isEqualTo("3.1");
        assertThat(answer.at("/totals/costs/1/currency")).isEqualTo("JPY");
        assertThat(answer.body())
                .contains(
                        "\"currency\":\"JPY\",\"cost\":\"12\",\"unsettled_cost\":\"0\",\"alternative\":\"0\",\"saving\":null");
    }

    @Test
    void costs_of_several_currencies_save_nothing_that_could_be_told() {
        scene.costs.add(row("sms", new Counts(3, 0, 0), money("EUR", "0.5", "2", "0.5", false)));

        assertThat(scene.client.get("/v1/costs", scene.server).is(200).body()).contains("\"saving\":null");
    }

    @Test
    void a_server_key_sees_its_own_app_and_an_admin_key_whichever_it_names() {
        scene.client.get("/v1/costs", scene.server).is(200);
        scene.client.get("/v1/costs", scene.admin).is(200);
        scene.client.get("/v1/costs?app=bank", scene.admin).is(200);
        scene.client.get("/v1/costs?app=bank", scene.server).is(400);
        scene.client.get("/v1/costs", scene.publishable).is(403);

        assertThat(scene.costQueries)
                .extracting(Costs.Query::app)
                .containsExactly(Optional.of(ApiScene.SHOP), Optional.empty(), Optional.of(ApiScene.BANK));
    }

    @Test
    void a_period_is_thirty_days_unless_told_otherwise_and_at_most_a_year() {
        scene.client.get("/v1/costs", scene.admin).is(200);
        scene.client
                .get("/v1/costs?from=2026-01-01&to=2026-02-01&group_by=purpose,day", scene.admin)
                .is(200);
        scene.client.get("/v1/costs?from=2024-01-01&to=2026-01-01", scene.admin).is(400);
        scene.client.get("/v1/costs?from=2026-02-01&to=2026-02-01", scene.admin).is(400);

        assertThat(scene.costQueries)
                .containsExactly(
                        new Costs.Query(Optional.empty(), scene.now.minus(Duration.ofDays(30)), scene.now, Set.of()),
                        new Costs.Query(
                                Optional.empty(),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2026-02-01T00:00:00Z"),
                                Set.of(Grouping.DAY, Grouping.PURPOSE)));
    }

    @Test
    void an_unknown_grouping_is_named_with_those_that_there_are() {
        assertThat(scene.client
                        .get("/v1/costs?group_by=day,trunk", scene.admin)
                        .is(400)
                        .body())
                .contains("day,trunk", "day, country, channel, purpose");
    }

    private static Costs.Row row(String channel, Counts counts, Money... money) {
        return new Costs.Row(Map.of(Grouping.CHANNEL, channel), counts, List.of(money));
    }

    private static Money money(String currency, String cost, String alternative, String compared, boolean comparable) {
        return new Money(
                currency,
                new BigDecimal(cost),
                BigDecimal.ZERO,
                new BigDecimal(alternative),
                new BigDecimal(compared),
                comparable);
    }
}
