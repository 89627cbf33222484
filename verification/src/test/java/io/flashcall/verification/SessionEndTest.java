package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.START;
import static io.flashcall.verification.SessionPlay.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// How a session ends, and what still happens afterwards.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionEndTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Test
    void come_at_the_expiry_even_when_a_channels_time_is_longer() {
        var play = SessionPlay.over(new PlannedChannel(ChannelName.FLASH_CALL, Duration.ofHours(1)))
                .prepared();
        assertThat(play.session().deadline()).contains(START.plusSeconds(120));
        assertThat(play.atItsDeadline().timePasses().effects()).isEqualTo("verification.expired, hang up 1");
    }

    @Test
    void come_before_whatever_happens_at_the_expiry() {
        var play = SessionPlay.delivered().atItsExpiry().right(1);
        assertThat(play.effects()).isEqualTo("verification.expired, denied: ended");
        assertThat(play.session().checksLeft()).isEqualTo(3);
    }

    @Test
    void keep_what_was_prepared_too_late_from_being_sent() {
        var play = SessionPlay.over(FLASH_CALL_45S).atItsExpiry().prepared();
        assertThat(play.effects()).isEqualTo("verification.expired");
        assertThat(play.session().attempts()).isEmpty();
        assertThat(SessionPlay.over(FLASH_CALL_45S).cancel().prepared(1, 1, 0).effects())
                .isEqualTo("nothing");
    }

    @Test
    void are_for_ever() {
        var play = SessionPlay.delivered().right(1);
        for (var event : new SessionEvent[] {
            new SessionEvent.CancelAsked(),
            new SessionEvent.Checked(0, "manual"),
            new SessionEvent.ResendAsked(Optional.empty()),
            new SessionEvent.TimePassed()
        }) {
            var before = play.session();
            assertThat(play.happens(event).session()).isEqualTo(before);
        }
        assertThat(play.session().deadline()).isEmpty();
    }

    @Test
    void still_take_note_of_how_a_call_ended() {
        var play = SessionPlay.over(FLASH_CALL_45S)
                .prepared()
                .right(1)
                .after(A_SECOND)
                .rings(1);
        play.after(A_SECOND).rings(1).ends(1, Verdict.NEXT_ROUTE);

        assertThat(play.effects()).isEqualTo("call.ended");
        var attempt = play.session().attempt(1).orElseThrow();
        assertThat(attempt.times().rang()).contains(START.plusSeconds(1));
        assertThat(attempt.result()).map(AttemptResult::verdict).contains(Verdict.DELIVERED);
    }

    @Test
    void with_a_cancel_hang_the_call_up() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared().rings(1).cancel();
        assertThat(play.effects()).isEqualTo("verification.canceled, hang up 1");
    }

    @Test
    void with_the_first_wrong_check_where_a_session_takes_one() {
        var play = SessionPlay.with(terms(1, 1, FLASH_CALL_45S)).prepared();
        assertThat(play.resend().effects()).isEqualTo("denied: call_in_progress");
        assertThat(play.wrong().effects()).isEqualTo("check.wrong, verification.failed, hang up 1");
    }
}
