package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.SMS_45S;
import static io.flashcall.verification.SessionPlay.VOICE_45S;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What providers report of messages later.
class ReceiptTest {

    @Test
    void a_message_that_arrived_is_noted_and_the_plan_goes_on_waiting() {
        var play = sent().receives(2, Receipt.State.DELIVERED);

        assertThat(play.effects()).isEqualTo("message.delivered");
        assertThat(play.state()).isEqualTo("delivered 2");
        assertThat(play.details()).containsEntry("channel", "sms").containsEntry("detail", "stat:DELIVERED");
        assertThat(play.session().attempts().get(1).receipt())
                .contains(new Receipt(Receipt.State.DELIVERED, "stat:DELIVERED", play.now()));
    }

    @Test
    void a_message_that_will_never_arrive_moves_the_plan_to_the_next_channel() {
        var play = sent().receives(2, Receipt.State.FAILED);

        assertThat(play.effects()).isEqualTo("message.failed, channel.fallback, launch voice");
    }

    @Test
    void a_receipt_may_be_faster_than_the_answer_that_accepted_the_message() {
        var play = sending().receives(2, Receipt.State.DELIVERED).ends(2, Verdict.DELIVERED);

        assertThat(play.story()).endsWith("message.delivered", "message.accepted");
        assertThat(play.session().attempts().get(1).receipt()).isPresent();
    }

    @Test
    void the_first_definite_word_stays() {
        var play = sent().receives(2, Receipt.State.DELIVERED).receives(2, Receipt.State.FAILED);

        assertThat(play.effects()).isEqualTo("nothing");
        assertThat(play.state()).isEqualTo("delivered 2");
    }

    @Test
    void an_unsure_word_is_replaced_by_a_definite_one() {
        var play = sent().receives(2, Receipt.State.UNKNOWN)
                .receives(2, Receipt.State.UNKNOWN)
                .receives(2, Receipt.State.DELIVERED);

        assertThat(play.story()).endsWith("message.accepted", "message.unknown", "message.delivered");
    }

    @Test
    void a_late_receipt_is_told_after_the_session_has_ended_and_changes_nothing_else() {
        var play = sent().right(2).receives(2, Receipt.State.DELIVERED);

        assertThat(play.effects()).isEqualTo("message.delivered");
        assertThat(play.state()).isEqualTo("verified");
        assertThat(play.session().status()).isEqualTo(Status.VERIFIED);
    }

    @Test
    void a_session_whose_messages_are_all_lost_fails_at_once_when_no_channel_is_left() {
        var play = SessionPlay.over(SMS_45S, VOICE_45S)
                .prepared()
                .ends(1, Verdict.DELIVERED)
                .atItsDeadline()
                .timePasses()
                .unavailable()
                .receives(1, Receipt.State.FAILED);

        assertThat(play.state()).isEqualTo("failed undeliverable");
    }

    @Test
    void a_flash_call_has_no_receipt() {
        var play = SessionPlay.over(FLASH_CALL_45S).prepared().receives(1, Receipt.State.FAILED);

        assertThat(play.effects()).isEqualTo("nothing");
    }

    private static SessionPlay sending() {
        return SessionPlay.over(FLASH_CALL_45S, SMS_45S, VOICE_45S)
                .prepared()
                .ends(1, Verdict.NEXT_CHANNEL)
                .prepared();
    }

    private static SessionPlay sent() {
        return sending().ends(2, Verdict.DELIVERED);
    }
}
