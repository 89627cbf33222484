package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.SMS_45S;
import static io.flashcall.verification.SessionPlay.START;
import static io.flashcall.verification.SessionPlay.VOICE_45S;
import static io.flashcall.verification.SessionPlay.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// How a session goes from route to route and from channel to channel.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionPlanTest {

    @Test
    void take_the_next_route_of_the_same_send_and_channel() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared().ends(1, Verdict.NEXT_ROUTE);
        assertThat(play.effects()).isEqualTo("call.failed, launch flash_call");
        play.prepared().rings(2);
        assertThat(play.session().latest().orElseThrow().plan().send()).isEqualTo(1);
        assertThat(play.session().sendsLeft()).isEqualTo(2);
    }

    @Test
    void send_a_message_once_since_it_has_no_routes() {
        var play = SessionPlay.over(SMS_45S, VOICE_45S).prepared().ends(1, Verdict.NEXT_ROUTE);
        assertThat(play.effects()).isEqualTo("message.refused, channel.fallback, launch voice");
    }

    @Test
    void move_on_when_no_route_is_left() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().ends(1, Verdict.NEXT_ROUTE);
        assertThat(play.unavailable().effects()).isEqualTo("channel.unavailable, channel.fallback, launch sms");
        assertThat(play.details()).isEqualTo(Map.of("from", "flash_call", "to", "sms", "reason", "no_caller_id"));
    }

    @Test
    void move_on_at_once_when_a_call_did_not_get_through() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().ends(1, result(Verdict.NEXT_CHANNEL, "busy"));
        assertThat(play.effects()).isEqualTo("call.failed, channel.fallback, launch sms");
        assertThat(play.details()).isEqualTo(Map.of("from", "flash_call", "to", "sms", "reason", "busy"));
    }

    @Test
    void never_call_again_on_account_of_a_phone_that_rang() {
        for (var verdict : Verdict.values()) {
            var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S)
                    .prepared()
                    .rings(1)
                    .ends(1, verdict);
            assertThat(play.effects()).as(verdict.name()).isEqualTo("call.delivered");
            assertThat(play.session().attempt(1).orElseThrow().mayHaveShown()).isTrue();
        }
    }

    @Test
    void wait_when_the_network_says_that_it_rang_unseen() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().ends(1, Verdict.PERHAPS);
        assertThat(play.effects()).isEqualTo("call.delivered");
        assertThat(play.details()).containsEntry("confirmed", "false");
        assertThat(play.session().deadline()).contains(START.plusSeconds(45));
        assertThat(play.atItsDeadline().timePasses().effects()).isEqualTo("channel.fallback, launch sms");
    }

    @Test
    void move_on_after_ringing_only_when_the_channels_time_is_up() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S).prepared().rings(1).ends(1, Verdict.DELIVERED);
        play.atItsDeadline().after(Duration.ofMillis(-1)).timePasses();
        assertThat(play.effects()).isEqualTo("nothing");
        play.after(Duration.ofMillis(1)).timePasses();
        assertThat(play.effects()).isEqualTo("channel.fallback, launch sms");
        assertThat(play.details()).containsEntry("reason", "time_up");
    }

    @Test
    void hang_up_a_call_whose_time_is_up() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S)
                .prepared()
                .atItsDeadline()
                .timePasses();
        assertThat(play.effects()).isEqualTo("hang up 1, channel.fallback, launch sms");
    }

    @Test
    void are_not_disturbed_by_what_comes_of_such_a_call() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S)
                .prepared()
                .atItsDeadline()
                .timePasses();
        play.prepared().ends(1, Verdict.NEXT_CHANNEL);
        assertThat(play.effects()).isEqualTo("call.failed");
        assertThat(play.state()).isEqualTo("sending 2");
    }

    @Test
    void fail_when_nothing_can_be_sent_at_all() {
        var play = SessionPlay.over(FLASH_CALL_45S, SMS_45S, VOICE_45S);
        play.unavailable().unavailable().unavailable();
        assertThat(play.state()).isEqualTo("failed undeliverable");
        assertThat(play.story())
                .containsExactly(
                        "verification.started",
                        "channel.unavailable",
                        "channel.fallback",
                        "channel.unavailable",
                        "channel.fallback",
                        "channel.unavailable",
                        "verification.failed");
    }

    @Test
    void fail_when_nothing_got_through() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared().ends(1, Verdict.NEXT_CHANNEL);
        assertThat(play.state()).isEqualTo("failed undeliverable");
    }

    @Test
    void fail_when_it_turns_out_after_the_last_channel_that_nothing_got_through() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared().atItsDeadline().timePasses();
        assertThat(play.state()).isEqualTo("spent, call 1 in the air");
        assertThat(play.ends(1, Verdict.NEXT_CHANNEL).state()).isEqualTo("failed undeliverable");
    }

    @Test
    void wait_for_the_expiry_when_something_may_have_been_seen() {
        var play = SessionPlay.over(SMS_45S)
                .prepared()
                .ends(1, Verdict.DELIVERED)
                .atItsDeadline()
                .timePasses();
        assertThat(play.state()).isEqualTo("spent");
        assertThat(play.session().deadline()).contains(play.session().opening().expiresAt());
    }

    @Test
    void count_a_message_that_was_accepted_as_seen_though_it_shows_no_caller_id() {
        var play = SessionPlay.over(SMS_45S).prepared();
        play.ends(1, new AttemptResult(Verdict.DELIVERED, "accepted", "", false));
        assertThat(play.atItsDeadline().timePasses().state()).isEqualTo("spent");
    }
}
