package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The whole service against a carrier that behaves by number: API, session, lease, engine, SIP, events, webhooks.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class ServiceSystemTest {

    @Test
    void a_phone_number_becomes_a_verified_one(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "ring:pdd=20ms")) {
            var phone = "+447400123456";
            var id = stage.started(phone).path("id").asString();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !stage.rings(phone).isEmpty());
            var callerId = stage.rings(phone).getFirst();
            assertThat(stage.text("/v1/verifications/" + id)).doesNotContain(callerId.substring(1));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.session(id).at("/attempts/0/outcome").asString(), "rang"::equals);
            assertThat(stage.check(id, callerId.substring(callerId.length() - 4))
                            .path("status")
                            .asString())
                    .isEqualTo("verified");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.webhooks.stream().anyMatch(hook -> hook.contains("verification.verified")));
            assertThat(stage.webhooks.stream()
                            .map(hook -> Stage.JSON.readTree(hook).path("type").asString()))
                    .containsExactly("verification.started", "call.ringing", "call.delivered", "verification.verified");
            var ladder = stage.get("/v1/verifications/" + id + "/events").at("/ladders/0/steps");
            assertThat(messages(ladder))
                    .anyMatch(line -> line.startsWith("INVITE"))
                    .anyMatch("CANCEL"::equals);
            assertThat(stage.carrier().violations()).isEmpty();
        }
    }

    /// Gate 5: whatever becomes of the call, the session is where it should be within a second of the outcome.
    @ParameterizedTest
    @CsvSource({
        "002, no_ringing, 1",
        "004, answered, 1",
        "006, busy, 1",
        "008, no_response, 2",
        "009, no_ringing, 1",
        "404, invalid_number, 1",
        "480, unavailable, 1",
        "403, blocked, 1",
        "407, not_authorized, 1",
        "408, unreachable, 2",
        "488, media_refused, 1",
        "500, unreachable, 2",
        "501, protocol, 2",
        "503, overloaded, 2",
        "603, blocked, 1"
    })
    void a_call_that_fails_is_followed_by_the_next_channel_within_a_second(
            String ending, String outcome, int calls, @TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "by-number")) {
            var phone = "+447400123" + ending;
            var id = stage.started(phone).path("id").asString();
            await().atMost(Duration.ofSeconds(10)).until(() -> !stage.messages.isEmpty());
            assertThat(stage.messages.getFirst()).startsWith(phone);
            var attempts = stage.session(id).path("attempts");
            assertThat(attempts.size()).isEqualTo(calls + 1);
            var failed = attempts.get(calls - 1);
            assertThat(failed.path("outcome").asString()).isEqualTo(outcome);
            var message = attempts.get(calls);
            assertThat(message.path("channel").asString()).isEqualTo("sms");
            assertThat(Duration.between(instant(failed, "ended_at"), instant(message, "began_at")))
                    .isLessThan(Duration.ofSeconds(1));
            assertThat(stage.check(id, stage.messages.getFirst().substring(phone.length() + 1))
                            .path("status")
                            .asString())
                    .isEqualTo("verified");
        }
    }

    @ParameterizedTest
    @CsvSource({"000, rang", "003, answered_after_ringing", "005, answered_after_ringing", "007, rang"})
    void a_phone_that_rang_is_waited_for_until_the_channels_time_is_up(
            String ending, String outcome, @TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "by-number")) {
            var id = stage.started("+447400123" + ending).path("id").asString();
            await().atMost(Duration.ofSeconds(2).plusMillis(500))
                    .until(() -> stage.session(id).at("/attempts/0/outcome").asString(""), outcome::equals);
            assertThat(stage.messages).isEmpty();
            await().atMost(Duration.ofSeconds(5)).until(() -> !stage.messages.isEmpty());
            var attempts = stage.session(id).path("attempts");
            assertThat(attempts.size()).isEqualTo(2);
            assertThat(Duration.between(instant(attempts.get(0), "began_at"), instant(attempts.get(1), "began_at")))
                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
        }
    }

    @Test
    void a_network_that_says_the_phone_was_alerted_is_waited_for_too(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "status-480:reason=19")) {
            var id = stage.started("+447400123456").path("id").asString();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> stage.session(id).at("/attempts/0/outcome").asString(""), "rang_unseen"::equals);
            assertThat(stage.messages).isEmpty();
            assertThat(stage.session(id).path("attempts").size()).isEqualTo(1);
        }
    }

    @Test
    void a_session_that_ends_hangs_up_its_call(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "trying-only")) {
            var id = stage.started("+447400123456").path("id").asString();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> stage.carrier().counters().requests().invites() == 1);
            stage.post("/v1/verifications/" + id + "/cancel", "{}", 200);
            await().atMost(Duration.ofMillis(900))
                    .until(() -> stage.carrier().counters().requests().cancels() == 1);
        }
    }

    private static Instant instant(JsonNode attempt, String field) {
        return Instant.parse(attempt.path(field).asString());
    }

    private static List<String> messages(JsonNode steps) {
        return StreamSupport.stream(steps.spliterator(), false)
                .map(step -> step.path("message").asString())
                .toList();
    }
}
