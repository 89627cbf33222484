package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.SMS;
import static io.flashcall.verification.SessionPlay.SMS_45S;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// When a session sends again, and how.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionResendTest {

    @Test
    void make_new_attempts_until_the_sends_are_used_up() {
        var play = SessionPlay.delivered();
        for (int send = 2; send <= 3; send++) {
            play.resend();
            assertThat(play.effects()).isEqualTo("launch flash_call send " + send);
            play.prepared().rings(send).ends(send, Verdict.DELIVERED);
            assertThat(play.session().attempt(send).orElseThrow().plan().send()).isEqualTo(send);
        }
        assertThat(play.session().sendsLeft()).isZero();
        assertThat(play.resend().step().denial()).contains(Denial.SENDS_USED_UP);
        assertThat(play.state()).isEqualTo("delivered 3");
    }

    @Test
    void take_the_channel_tried_last_unless_another_is_named() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().ends(1, Verdict.NEXT_CHANNEL);
        play.prepared().ends(2, Verdict.DELIVERED);
        assertThat(play.resend().state()).isEqualTo("launching sms send 2");
        play.prepared().ends(3, Verdict.DELIVERED);
        assertThat(play.resend(ChannelName.FLASH_CALL).state()).isEqualTo("launching flash_call send 3");
    }

    @Test
    void are_no_fallback_whatever_channel_they_name() {
        assertThat(SessionPlay.delivered().resend(SMS).story()).doesNotContain("channel.fallback");
    }

    @Test
    void fall_back_like_a_start_does() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().rings(1);
        play.ends(1, Verdict.DELIVERED).resend().prepared().ends(2, Verdict.NEXT_CHANNEL);
        assertThat(play.effects()).isEqualTo("call.failed, channel.fallback, launch sms send 2");
    }

    @Test
    void that_come_to_nothing_leave_the_earlier_codes_in_force() {
        var play = SessionPlay.delivered().resend(SMS).unavailable();
        assertThat(play.state()).isEqualTo("spent");
        assertThat(play.right(1).state()).isEqualTo("verified");
    }

    @Test
    void never_ring_while_a_call_is_in_the_air_or_about_to_be() {
        var play = SessionPlay.over(FLASH_CALL_45S);
        assertThat(play.resend().step().denial()).contains(Denial.CALL_IN_PROGRESS);
        assertThat(play.prepared().resend().step().denial()).contains(Denial.CALL_IN_PROGRESS);
        assertThat(play.rings(1).resend().step().denial()).contains(Denial.CALL_IN_PROGRESS);
        assertThat(play.session().sendsLeft()).isEqualTo(2);
    }

    @Test
    void are_possible_after_a_call_whose_outcome_a_crash_took_once_its_time_is_up() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared().atItsDeadline().timePasses();
        assertThat(play.effects()).isEqualTo("hang up 1");
        assertThat(play.resend().state()).isEqualTo("launching flash_call send 2, call 1 in the air");
    }
}
