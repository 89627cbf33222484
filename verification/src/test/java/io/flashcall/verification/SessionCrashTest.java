package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Nothing is called twice, and nothing is forgotten, whatever a crash took.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionCrashTest {

    @Test
    void a_launch_that_was_lost_is_asked_for_again() {
        var play =
                SessionPlay.over(FLASH_CALL_45S).after(Duration.ofSeconds(30)).timePasses();
        assertThat(play.effects()).isEqualTo("launch flash_call");
        assertThat(play.session().deadline()).contains(play.now().plus(Transition.LAUNCH_PATIENCE));
    }

    @Test
    void one_that_was_only_slow_does_not_call_twice() {
        var play = SessionPlay.over(FLASH_CALL_45S).atItsDeadline().timePasses();
        play.prepared(1, 1, 0);
        assertThat(play.effects()).isEqualTo("attempt.started, dispatch 1");
        play.prepared(1, 1, 0);
        assertThat(play.effects()).isEqualTo("nothing");
        play.ends(1, Verdict.NEXT_ROUTE).prepared(1, 1, 0);
        assertThat(play.effects()).isEqualTo("nothing");
        assertThat(play.session().attempts()).hasSize(1);
    }

    @Test
    void a_call_that_was_in_the_air_is_never_dispatched_again() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared();
        for (int i = 0; i < 10 && play.session().status() == Status.PENDING; i++) {
            play.atItsDeadline().timePasses();
        }
        assertThat(play.state()).isEqualTo("expired, call 1 in the air");
        assertThat(play.history()).filteredOn(Effect.Dispatch.class::isInstance).hasSize(1);
    }
}
