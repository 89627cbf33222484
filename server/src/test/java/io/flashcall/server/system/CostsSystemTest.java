package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What verifications cost in the end, in the whole service.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CostsSystemTest {

    private static final String BUSY = "+447400123006";
    private static final String RINGS = "+447400123000";

    @Test
    void a_busy_line_costs_nothing_its_message_does_and_a_call_that_rang_saves_the_difference(@TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("prices.csv"), """
                prefix,route,price,currency,increment
                +44,one,0.004,EUR,reached
                +44,sms,0.05,EUR,part
                """);
        try (var stage = new Stage(folder, "by-number", "prices: {sheets: [prices.csv]}\n")) {
            stage.started(BUSY);
            await().atMost(Duration.ofSeconds(10)).until(() -> !stage.messages.isEmpty());
            var rang = stage.started(RINGS).path("id").asString();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.session(rang).at("/attempts/0/outcome").asString(), "rang"::equals);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.get("/v1/costs").at("/totals/unsettled").asInt(), unsettled -> unsettled == 0);

            var costs = stage.get("/v1/costs?group_by=channel");
            assertThat(costs.at("/data/0/channel").asString()).isEqualTo("flash_call");
            assertThat(costs.at("/data/0/attempts").asInt()).isEqualTo(2);
            assertThat(costs.at("/data/0/costs/0/cost").asString()).isEqualTo("0.004");
            assertThat(costs.at("/data/1/channel").asString()).isEqualTo("sms");
            assertThat(costs.at("/data/1/costs/0/cost").asString()).isEqualTo("0.05");
            // Two sends by SMS would have been 0.10; they were 0.004 and 0.05.
            assertThat(costs.at("/totals/costs/0").toString())
                    .isEqualTo("{\"currency\":\"EUR\",\"cost\":\"0.054\",\"unsettled_cost\":\"0\","
                            + "\"alternative\":\"0.1\",\"saving\":\"0.046\"}");
            assertThat(stage.get("/v1/stats").at("/costs/0/saving").asString()).isEqualTo("0.046");
            assertThat(stage.session(rang).at("/attempts/0/cost/amount").asString())
                    .isEqualTo("0.004");
            assertThat(stage.text("/metrics"))
                    .containsPattern("flashcall_cost_total\\{app=\"shop\",channel=\"sms\",currency=\"EUR\"} 0\\.05");
        }
    }

    @Test
    void an_answered_call_is_billed_by_the_minute(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("prices.yaml"), """
                rates:
                  - {prefix: "+", route: flash_call, price: 0.06, currency: EUR, increment: 30/6}
                """);
        try (var stage = new Stage(folder, "by-number", "prices: {sheets: prices.yaml}\n")) {
            var id = stage.started("+447400123003").path("id").asString();
            await().atMost(Duration.ofSeconds(5))
                    .until(
                            () -> stage.session(id).at("/attempts/0/outcome").asString(""),
                            "answered_after_ringing"::equals);

            assertThat(stage.session(id).at("/attempts/0/cost/amount").asString())
                    .isEqualTo("0.03");
        }
    }

    @Test
    void a_spent_budget_stops_starts_and_is_told_once(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "by-number", "", "budget: {day: 0.008 EUR, warn_at: 50}, ")) {
            // Each rings for 0.004, over trunk one.
            stage.started(RINGS);
            stage.started("+447400123007");
            var refused = stage.post("/v1/verifications", "{\"to\":\"+447400123001\",\"purpose\":\"login\"}", 429);

            assertThat(refused.path("type").asString()).isEqualTo("/docs/problems/budget-exhausted");
            assertThat(refused.path("limit").asString()).isEqualTo("budget_per_day");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> told(stage, "budget.exhausted") == 1 && told(stage, "budget.warning") == 1);
            assertThat(stage.text("/metrics")).contains("flashcall_budget_used_ratio{app=\"shop\",period=\"day\"} 1.0");

            stage.stop();
            stage.start();
            stage.post("/v1/verifications", "{\"to\":\"+447400123001\",\"purpose\":\"login\"}", 429);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> stage.text("/metrics").contains("flashcall_budget_used_ratio{app=\"shop\""));
            assertThat(told(stage, "budget.exhausted")).isEqualTo(1);
        }
    }

    private static long told(Stage stage, String type) {
        return stage.webhooks.stream()
                .map(hook -> Stage.JSON.readTree(hook).path("type").asString())
                .filter(type::equals)
                .count();
    }
}
