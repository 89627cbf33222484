package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The plain story of a session; [SessionTable] has every single step.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionStoryTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Test
    void a_user_who_reads_the_caller_id_off_the_screen_is_verified() {
        var play = SessionPlay.over(FLASH_CALL_45S);
        assertThat(play.effects()).isEqualTo("verification.started, launch flash_call");
        play.prepared().after(A_SECOND).rings(1).after(A_SECOND).ends(1, Verdict.DELIVERED);
        play.after(A_SECOND).right(1);

        assertThat(play.session().status()).isEqualTo(Status.VERIFIED);
        assertThat(play.session().reason()).isEmpty();
        assertThat(play.session().endedAt()).contains(START.plusSeconds(3));
        assertThat(play.story())
                .containsExactly(
                        "verification.started",
                        "attempt.started",
                        "call.ringing",
                        "call.delivered",
                        "verification.verified");
        assertThat(play.details()).isEqualTo(Map.of("attempt", "1", "source", "manual"));
    }

    @Test
    void an_attempt_keeps_its_times_its_way_and_its_outcome() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared();
        assertThat(play.details())
                .isEqualTo(Map.of(
                        "channel", "flash_call",
                        "send", "1",
                        "trunk", "north",
                        "pool", "uk",
                        "route", "prefix +44, 1 of 2"));
        play.after(A_SECOND).rings(1).after(A_SECOND);
        play.ends(1, new AttemptResult(Verdict.DELIVERED, "rang", "487 Request Terminated", true));

        var attempt = play.session().attempt(1).orElseThrow();
        assertThat(attempt.times())
                .isEqualTo(
                        new Attempt.Times(START, Optional.of(START.plusSeconds(1)), Optional.of(START.plusSeconds(2))));
        assertThat(attempt.result()).map(AttemptResult::outcome).contains("rang");
        assertThat(play.details())
                .isEqualTo(Map.of("channel", "flash_call", "outcome", "rang", "detail", "487 Request Terminated"));
    }
}
