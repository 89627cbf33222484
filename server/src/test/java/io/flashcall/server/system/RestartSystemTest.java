package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Step;
import io.flashcall.verification.Terms;
import io.flashcall.verification.store.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RestartSystemTest {

    @Test
    void what_fell_due_while_nobody_served_is_done_by_the_channel_it_asks_for(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "ring")) {
            stage.stop();
            Session before;
            try (var store = stage.store()) {
                before = inTheAirAMinuteAgo();
                store.sessions().create(Write.of(step(before), List.of()));
            }
            stage.start();
            await().atMost(Duration.ofSeconds(3)).until(() -> !stage.messages.isEmpty());
            var after = stage.session(before.id().value());
            assertThat(after.path("status").asString()).isEqualTo("pending");
            assertThat(after.path("attempts").size()).isEqualTo(2);
            assertThat(stage.carrier().counters().requests().invites())
                    .as("nobody is called again")
                    .isZero();
        }
    }

    @Test
    void a_stop_lets_a_ringing_call_end_as_it_would_have(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "ring:pdd=20ms")) {
            var id = stage.started("+447400123456").path("id").asString();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> !stage.rings("+447400123456").isEmpty());
            stage.stop();
            stage.start();
            assertThat(stage.session(id).at("/attempts/0/outcome").asString()).isEqualTo("rang");
            assertThat(stage.session(id).path("status").asString()).isEqualTo("pending");
        }
    }

    @Test
    void a_second_service_on_the_same_database_does_nothing_but_say_so(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "ring")) {
            assertThatThrownBy(stage::start).isInstanceOf(IOException.class).hasMessageContaining("another service");
            assertThat(stage.session(stage.started("+447400123456").path("id").asString())
                            .path("status")
                            .asString())
                    .isEqualTo("pending");
        }
    }

    private static Session inTheAirAMinuteAgo() {
        var at = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
        var intent = new Intent(
                new E164("447400123456"),
                "GB",
                "login",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var sms = new PlannedChannel(new ChannelName("sms"), Duration.ofSeconds(45));
        var call = new PlannedChannel(ChannelName.FLASH_CALL, Duration.ofSeconds(45));
        var terms = new Terms(4, Duration.ofMinutes(5), 3, 3, List.of(call, sms), Duration.ofMillis(500));
        var id = SessionId.next(at, new Random(1));
        var opening = new Opening(id, new AppId("shop"), intent, terms, at, Opening.Claims.NONE);
        var plan = new Attempt.Plan(1, 1, 0, ChannelName.FLASH_CALL, Optional.empty(), Optional.empty());
        var attempt = Attempt.begin(plan, new Attempt.Code("a keyed hash", Optional.empty(), ""), at);
        return Session.start(opening)
                .session()
                .on(new SessionEvent.Prepared(attempt), at)
                .session();
    }

    private static Step step(Session session) {
        return new Step(session, List.of(), Optional.empty());
    }
}
