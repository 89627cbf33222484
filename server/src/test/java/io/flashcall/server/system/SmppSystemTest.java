package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.server.channel.smpp.Smsc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A busy phone, an SMSC, and what is heard of it: in the whole service.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SmppSystemTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String BUSY = "+447400123006";
    private static final String PURPOSE =
            "purposes: {pay: {channels: [{name: flash_call, time: 3s}, {name: text, time: 30s}, sms]}}, ";

    @Test
    void a_busy_phone_gets_an_sms_and_the_app_hears_that_it_arrived(@TempDir Path folder) throws IOException {
        try (var smsc = Smsc.accepting();
                var stage = new Stage(folder, "by-number", "", PURPOSE, channel(smsc, "{code}"))) {
            var id = start(stage);
            await().atMost(SOON).until(() -> outcome(stage, id), "accepted"::equals);
            var code = new String(smsc.submits.getFirst().getShortMessage(), StandardCharsets.US_ASCII);
            assertThat(stage.text("/metrics"))
                    .contains("flashcall_smpp_bound{channel=\"text\"} 1.0")
                    .contains("flashcall_smpp_throttled_total{channel=\"text\"} 0.0");

            assertThat(smsc.report("id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:"))
                    .isZero();

            await().atMost(SOON).until(() -> told(stage, "message.delivered") == 1);
            assertThat(stage.session(id).at("/attempts/1/receipt").asString()).isEqualTo("delivered");
            assertThat(stage.check(id, code).path("status").asString()).isEqualTo("verified");
            // A receipt that comes again after the session's end tells nobody anything new.
            assertThat(smsc.report("id:1 stat:DELIVRD")).isZero();
            assertThat(told(stage, "message.delivered")).isEqualTo(1);
        }
    }

    @Test
    void a_message_that_never_arrives_moves_on_to_the_next_channel_and_costs_each_part(@TempDir Path folder)
            throws IOException {
        try (var smsc = Smsc.accepting();
                var stage = new Stage(folder, "by-number", "", PURPOSE, channel(smsc, "{code} " + "x".repeat(200)))) {
            var id = start(stage);
            await().atMost(SOON).until(() -> outcome(stage, id), "accepted"::equals);
            assertThat(stage.session(id).at("/attempts/1/cost/amount").asString())
                    .isEqualTo("0.09");

            smsc.report("id:1 stat:DELIVRD err:000");
            assertThat(stage.messages).isEmpty();
            smsc.report("id:2 stat:UNDELIV err:012");

            await().atMost(SOON).until(() -> stage.messages.size() == 1);
            await().atMost(SOON).until(() -> told(stage, "message.failed") == 1);
            assertThat(attempt(stage, id).path("receipt").asString()).isEqualTo("failed");
        }
    }

    private static String channel(Smsc smsc, String text) {
        return "text: {type: smpp, host: 127.0.0.1, port: " + smsc.port()
                + ", system_id: us, password: secret, source: Shop, price: 0.045 EUR, messages: \"" + text + "\"}";
    }

    private static String start(Stage stage) {
        return stage.post("/v1/verifications", "{\"to\":\"" + BUSY + "\",\"purpose\":\"pay\"}", 201)
                .path("id")
                .asString();
    }

    private static String outcome(Stage stage, String id) {
        return attempt(stage, id).path("outcome").asString("");
    }

    private static JsonNode attempt(Stage stage, String id) {
        return stage.session(id).path("attempts").path(1);
    }

    private static long told(Stage stage, String type) {
        return stage.webhooks.stream()
                .map(hook -> Stage.JSON.readTree(hook).path("type").asString())
                .filter(type::equals)
                .count();
    }
}
