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

/// What a provider posts becomes an event and a webhook.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReceiptsSystemTest {

    @Test
    void a_receipt_that_proves_itself_becomes_an_event_and_a_webhook(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "status-486")) {
            var phone = "+447400123456";
            var id = stage.started(phone).path("id").asString();
            await().atMost(Duration.ofSeconds(10)).until(() -> !stage.messages.isEmpty());
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.session(id).at("/attempts/1/outcome").asString(""), "accepted"::equals);
            var receipt = "[{\"ref\":\"" + id + "/2\",\"state\":\"arrived\"}]";

            stage.post("/v1/receipts/sms", receipt, 401);
            stage.post("/v1/receipts/sms/" + "x".repeat(30), receipt, 401);
            stage.post("/v1/receipts/pigeon", receipt, 404);
            assertThat(stage.text("/v1/verifications/" + id + "/events")).doesNotContain("message.delivered");

            stage.post(Stage.RECEIPTS, receipt.replace("/2", "/1"), 200);
            stage.post(Stage.RECEIPTS, "not json", 200);
            stage.post(Stage.RECEIPTS, receipt, 200);
            stage.post(Stage.RECEIPTS, receipt, 200);

            assertThat(stage.session(id).at("/attempts/1/receipt").asString()).isEqualTo("delivered");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.webhooks.stream().anyMatch(hook -> hook.contains("message.delivered")));
            assertThat(stage.webhooks.stream().filter(hook -> hook.contains("message.delivered")))
                    .hasSize(1);
            assertThat(stage.text("/metrics"))
                    .contains("flashcall_message_receipts_rejected_total{channel=\"sms\",reason=\"not_authentic\"} 2.0")
                    .contains("flashcall_message_receipts_rejected_total{channel=\"sms\",reason=\"unreadable\"} 1.0")
                    .contains(
                            "flashcall_message_receipts_rejected_total{channel=\"sms\",reason=\"unknown_message\"} 1.0")
                    .doesNotContain(Stage.RECEIPTS.substring(17));
        }
    }

    @Test
    void a_channel_that_is_not_offered_in_the_country_is_passed_over(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "ring:pdd=20ms")) {
            var id = stage.started("+33612345678").path("id").asString();

            await().atMost(Duration.ofSeconds(5)).until(() -> !stage.messages.isEmpty());
            assertThat(stage.text("/v1/verifications/" + id + "/events")).contains("not offered in FR");
            assertThat(stage.rings("+33612345678")).isEmpty();
        }
    }
}
