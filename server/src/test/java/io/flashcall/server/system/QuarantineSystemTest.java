package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the carrier's 608 to the caller id that is not shown any more: the whole service.
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuarantineSystemTest {

    private static final String RULE = "limits: {quarantine: {destinations: 2, within: 1h, for: 2h}}";
    private static final String NUMBER = "+442079460123";
    private static final String QUARANTINE = "/v1/pools/drama/quarantine";

    @Test
    void a_caller_id_that_networks_block_is_quarantined_through_restarts_until_it_is_released(@TempDir Path folder)
            throws IOException {
        try (var stage = new Stage(folder, "by-number", RULE)) {
            assertThat(outcome(stage, "+447400120608")).isEqualTo("blocked_by_analytics");
            assertThat(stage.getAsAdmin(QUARANTINE).path("data")).isEmpty();

            assertThat(outcome(stage, "+447400121608")).isEqualTo("blocked_by_analytics");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> stage.webhooks.stream().anyMatch(body -> body.contains("caller_id.quarantined")));
            assertThat(stage.webhooks)
                    .filteredOn(body -> body.contains("caller_id.quarantined"))
                    .singleElement()
                    .asString()
                    .contains("\"pool\":\"drama\"", "\"trunk\":\"one\"", "\"number\":\"+4420********\"")
                    .doesNotContain("79460123");
            assertThat(stage.getAsAdmin(QUARANTINE).at("/data/0/number").asString())
                    .isEqualTo(NUMBER);
            assertThat(stage.text("/metrics"))
                    .contains("flashcall_callerid_pool_quarantined{pool=\"drama\"} 1.0")
                    .contains("flashcall_callerid_quarantines_total{pool=\"drama\"} 1.0");
            stage.post("/v1/verifications", start("+447400122000"), 409);

            stage.stop();
            stage.start();
            stage.post("/v1/verifications", start("+447400123000"), 409);

            stage.postAsAdmin(QUARANTINE + "/release", "{\"number\":\"" + NUMBER + "\"}", 204);
            stage.post("/v1/verifications", start("+447400124000"), 201);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> stage.rings("+447400124000").contains(NUMBER));
        }
    }

    @Test
    void what_a_callee_or_a_carrier_does_not_want_quarantines_nothing(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "by-number", RULE)) {
            assertThat(outcome(stage, "+447400120607")).isEqualTo("unwanted");
            assertThat(outcome(stage, "+447400121607")).isEqualTo("unwanted");
            assertThat(outcome(stage, "+447400120603")).isEqualTo("blocked");
            assertThat(outcome(stage, "+447400121603")).isEqualTo("blocked");
            assertThat(outcome(stage, "+447400122607")).isEqualTo("unwanted");
            assertThat(stage.getAsAdmin(QUARANTINE).path("data")).isEmpty();
        }
    }

    /// How its flash call ended, once the next channel has been asked.
    private static String outcome(Stage stage, String phone) {
        var id = stage.post("/v1/verifications", start(phone), 201).path("id").asString();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> stage.messages.stream().anyMatch(message -> message.startsWith(phone)));
        return stage.session(id).at("/attempts/0/outcome").asString();
    }

    private static String start(String phone) {
        return "{\"to\":\"" + phone + "\",\"purpose\":\"login\",\"requested_code\":\"0123\"}";
    }
}
