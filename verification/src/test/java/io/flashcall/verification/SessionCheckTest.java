package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.SMS_45S;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What becomes of the codes that people enter.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionCheckTest {

    @Test
    void wrong_ones_are_counted_across_sends() {
        var play = SessionPlay.delivered().wrong().wrong();
        assertThat(play.details()).containsEntry("checks_left", "1");
        play.resend().prepared().rings(2).ends(2, Verdict.DELIVERED);
        assertThat(play.session().checksLeft()).isEqualTo(1);
        play.wrong();

        assertThat(play.session().status()).isEqualTo(Status.FAILED);
        assertThat(play.session().reason()).isEqualTo("too_many_checks");
        assertThat(play.details()).isEqualTo(Map.of("reason", "too_many_checks"));
    }

    @Test
    void the_last_one_may_be_the_right_one() {
        assertThat(SessionPlay.delivered().wrong().wrong().right(1).state()).isEqualTo("verified");
    }

    @Test
    void the_code_of_an_earlier_attempt_counts_until_the_session_ends() {
        var play = SessionPlay.delivered().resend().prepared().rings(2).ends(2, Verdict.DELIVERED);
        play.right(1);
        assertThat(play.state()).isEqualTo("verified");
        assertThat(play.details()).containsEntry("attempt", "1");
    }

    @Test
    void the_code_counts_while_the_phone_still_rings_and_while_another_launch_is_on_its_way() {
        assertThat(SessionPlay.over(FLASH_CALL_45S).prepared().rings(1).right(1).state())
                .isEqualTo("verified, call 1 in the air");
        assertThat(SessionPlay.delivered().resend().right(1).state()).isEqualTo("verified");
    }

    @Test
    void the_code_of_an_attempt_that_did_not_get_through_counts_too() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().ends(1, Verdict.NEXT_CHANNEL);
        assertThat(play.prepared().right(1).state()).isEqualTo("verified");
    }

    @Test
    void a_code_of_an_attempt_that_never_was_is_a_bug_of_ours() {
        var play = SessionPlay.delivered();
        assertThatThrownBy(() -> play.right(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> play.right(-1)).isInstanceOf(IllegalStateException.class);
        assertThat(play.state()).isEqualTo("delivered 1");
    }
}
