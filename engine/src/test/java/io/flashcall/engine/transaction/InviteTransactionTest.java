package io.flashcall.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.transaction.InviteTransaction.State;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 3261 §17.1.1 and RFC 6026 §7.2, with the RFC's own numbers. Lines read: milliseconds since the start, what
/// happened.
@DisplayNameGeneration(ReplaceUnderscores.class)
class InviteTransactionTest implements InviteTransaction.Port, InviteTransaction.User {

    private final Wire the =
            new Wire(now -> transaction().onTimerA(now), now -> transaction().onTimerB(now));
    private final InviteTransaction invite = new InviteTransaction(this, this, Wire.RFC);

    private InviteTransaction transaction() {
        return invite;
    }

    // Calling (§17.1.1.2).

    @Test
    void timer_A_doubles_from_T1_without_bound_until_timer_B_at_64_T1() {
        invite.start(false, the.now());
        the.passesUntil(100_000);
        the.saw(
                "0 INVITE",
                "500 INVITE again",
                "1500 INVITE again",
                "3500 INVITE again",
                "7500 INVITE again",
                "15500 INVITE again",
                "31500 INVITE again",
                "32000 no final");
        assertThat(invite.state()).isEqualTo(State.TERMINATED);
        the.hasNoTimers();
    }

    @Test
    void a_late_wheel_puts_off_what_follows_but_loses_nothing() {
        invite.start(false, the.now());
        invite.onTimerA(the.now() + 600_000_000L);
        the.passesUntil(1599);
        the.saw("0 INVITE", "0 INVITE again");
        the.passesUntil(1600);
        the.saw("0 INVITE", "0 INVITE again", "1600 INVITE again");
    }

    @Test
    void stopping_retransmission_leaves_timer_B_to_go_on() {
        invite.start(false, the.now());
        the.passesUntil(12_000);
        invite.stopRetransmitting();
        the.passesUntil(40_000);
        the.saw(
                "0 INVITE",
                "500 INVITE again",
                "1500 INVITE again",
                "3500 INVITE again",
                "7500 INVITE again",
                "32000 no final");
    }

    @Test
    void after_retransmission_stopped_a_response_still_counts() {
        invite.start(false, the.now());
        invite.stopRetransmitting();
        the.passesUntil(20_000);
        invite.onResponse(180, -1, the.now());
        the.saw("0 INVITE", "20000 provisional 180");
        the.hasNoTimers();
    }

    @Test
    void if_the_first_INVITE_cannot_be_sent_that_is_a_transport_error() {
        invite.start(false, the.now());
        invite.onSendError(the.now());
        the.saw("0 INVITE", "0 transport error");
        assertThat(invite.state()).isEqualTo(State.TERMINATED);
        the.hasNoTimers();
    }

    @Test
    void a_retransmission_that_cannot_be_sent_is_like_one_lost_on_the_way() {
        invite.start(false, the.now());
        the.passesUntil(500);
        invite.onSendError(the.now());
        the.passesUntil(1500);
        the.saw("0 INVITE", "500 INVITE again", "1500 INVITE again");
    }

    // Proceeding.

    @Test
    void in_proceeding_nothing_is_sent_again_and_there_is_no_timer_B() {
        invite.start(false, the.now());
        the.passesUntil(700);
        invite.onResponse(100, -1, the.now());
        the.passesUntil(180_000);
        the.saw("0 INVITE", "500 INVITE again", "700 provisional 100");
        assertThat(invite.state()).isEqualTo(State.PROCEEDING);
    }

    @Test
    void each_provisional_goes_to_the_user() {
        invite.start(false, the.now());
        for (int status : new int[] {100, 183, 180, 180, 199}) {
            invite.onResponse(status, -1, the.now());
        }
        the.saw(
                "0 INVITE",
                "0 provisional 100",
                "0 provisional 183",
                "0 provisional 180",
                "0 provisional 180",
                "0 provisional 199");
    }

    @Test
    void a_send_error_that_comes_after_a_provisional_says_nothing() {
        invite.start(false, the.now());
        invite.onResponse(100, -1, the.now());
        invite.onSendError(the.now());
        the.saw("0 INVITE", "0 provisional 100");
    }

    // Completed.

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 401, 404, 486, 487, 503, 603, 699})
    void each_copy_of_a_final_above_299_is_acknowledged_and_the_first_goes_to_the_user(int status) {
        invite.start(false, the.now());
        invite.onResponse(180, -1, the.now());
        the.passesUntil(2_000);
        invite.onResponse(status, 16, the.now());
        the.passesUntil(2_500);
        invite.onResponse(status, 16, the.now());
        the.passesUntil(3_500);
        invite.onResponse(status, 16, the.now());
        the.saw(
                "0 INVITE",
                "0 provisional 180",
                "2000 ACK",
                "2000 failure " + status + " q850 16",
                "2500 ACK",
                "3500 ACK");
        assertThat(invite.state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_final_without_a_provisional_stops_the_retransmission() {
        invite.start(false, the.now());
        the.passesUntil(600);
        invite.onResponse(486, -1, the.now());
        the.passesUntil(60_000);
        the.saw("0 INVITE", "500 INVITE again", "600 ACK", "600 failure 486 q850 -1");
        the.hasNoTimers();
    }

    @Test
    void a_completed_transaction_hears_neither_provisional_nor_2xx() {
        invite.start(false, the.now());
        invite.onResponse(486, -1, the.now());
        invite.onResponse(180, -1, the.now());
        invite.onResponse(200, -1, the.now());
        the.saw("0 INVITE", "0 ACK", "0 failure 486 q850 -1");
    }

    // Accepted (RFC 6026).

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 299})
    void each_2xx_goes_to_the_user_who_acknowledges_it(int status) {
        invite.start(false, the.now());
        invite.onResponse(status, -1, the.now());
        the.passesUntil(500);
        invite.onResponse(status, -1, the.now());
        the.passesUntil(1_500);
        invite.onResponse(status, -1, the.now());
        the.saw("0 INVITE", "0 answer " + status, "500 answer " + status, "1500 answer " + status);
        assertThat(invite.state()).isEqualTo(State.ACCEPTED);
        the.hasNoTimers();
    }

    @Test
    void an_accepted_transaction_hears_nothing_but_2xx() {
        invite.start(false, the.now());
        invite.onResponse(200, -1, the.now());
        invite.onResponse(180, -1, the.now());
        invite.onResponse(487, -1, the.now());
        the.saw("0 INVITE", "0 answer 200");
    }

    // Any state.

    /// The rows are the RFC's states, each reached by its input; the columns what a further input does in it.
    @ParameterizedTest(name = "{0}: 1xx → {1}, 2xx → {2}, 3xx-6xx → {3}, A → {4}, B → {5}, send error → {6}")
    @CsvSource(delimiter = '|', textBlock = """
                    IDLE       | IDLE       | IDLE       | IDLE       | IDLE       | IDLE       | IDLE
                    CALLING    | PROCEEDING | ACCEPTED   | COMPLETED  | CALLING    | TERMINATED | TERMINATED
                    PROCEEDING | PROCEEDING | ACCEPTED   | COMPLETED  | PROCEEDING | PROCEEDING | PROCEEDING
                    COMPLETED  | COMPLETED  | COMPLETED  | COMPLETED  | COMPLETED  | COMPLETED  | COMPLETED
                    ACCEPTED   | ACCEPTED   | ACCEPTED   | ACCEPTED   | ACCEPTED   | ACCEPTED   | ACCEPTED
                    TERMINATED | TERMINATED | TERMINATED | TERMINATED | TERMINATED | TERMINATED | TERMINATED
                    """)
    void every_input_leads_every_state_to(
            State from, State on1xx, State on2xx, State onFailure, State onA, State onB, State onSendError) {
        expect(from, on1xx, it -> it.onResponse(180, -1, the.now()));
        expect(from, on2xx, it -> it.onResponse(200, -1, the.now()));
        expect(from, onFailure, it -> it.onResponse(487, -1, the.now()));
        expect(from, onA, it -> it.onTimerA(the.now()));
        expect(from, onB, it -> it.onTimerB(the.now()));
        expect(from, onSendError, it -> it.onSendError(the.now()));
        expect(from, State.TERMINATED, InviteTransaction::close);
    }

    @Test
    void a_closed_transaction_sends_and_tells_nothing_more() {
        invite.start(false, the.now());
        invite.close();
        invite.onResponse(180, -1, the.now());
        invite.onResponse(200, -1, the.now());
        invite.onResponse(486, -1, the.now());
        invite.onSendError(the.now());
        the.passesUntil(40_000);
        the.saw("0 INVITE");
        the.hasNoTimers();
    }

    @Test
    void a_transaction_may_be_used_again() {
        invite.start(false, the.now());
        the.passesUntil(4_000);
        invite.stopRetransmitting();
        invite.close();
        the.passesUntil(10_000);
        invite.start(false, the.now());
        the.passesUntil(11_500);
        the.saw(
                "0 INVITE",
                "500 INVITE again",
                "1500 INVITE again",
                "3500 INVITE again",
                "10000 INVITE",
                "10500 INVITE again",
                "11500 INVITE again");
    }

    private void expect(State from, State to, Consumer<InviteTransaction> input) {
        var transaction = new InviteTransaction(this, this, Wire.RFC);
        switch (from) {
            case IDLE -> {}
            case CALLING -> transaction.start(false, the.now());
            case PROCEEDING -> {
                transaction.start(false, the.now());
                transaction.onResponse(100, -1, the.now());
            }
            case COMPLETED -> {
                transaction.start(false, the.now());
                transaction.onResponse(486, -1, the.now());
            }
            case ACCEPTED -> {
                transaction.start(false, the.now());
                transaction.onResponse(200, -1, the.now());
            }
            case TERMINATED -> {
                transaction.start(false, the.now());
                transaction.close();
            }
        }
        assertThat(transaction.state()).isEqualTo(from);
        input.accept(transaction);
        assertThat(transaction.state()).isEqualTo(to);
    }

    @Override
    public void sendInvite(boolean again) {
        the.write(again ? "INVITE again" : "INVITE");
    }

    @Override
    public void sendAck() {
        the.write("ACK");
    }

    @Override
    public void retransmitInviteAt(long nanos) {
        the.retransmitAt(nanos);
    }

    @Override
    public void timeOutInviteAt(long nanos) {
        the.timeOutAt(nanos);
    }

    @Override
    public void onProvisional(int status, long now) {
        the.write("provisional " + status);
    }

    @Override
    public void onAnswer(int status, long now) {
        the.write("answer " + status);
    }

    @Override
    public void onFailure(int status, int q850, long now) {
        the.write("failure " + status + " q850 " + q850);
    }

    @Override
    public void onNoFinal(long now) {
        the.write("no final");
    }

    @Override
    public void onTransportError(long now) {
        the.write("transport error");
    }

    @Override
    public void onConnectionLost(long now) {
        the.write("connection lost");
    }

    @Test
    void over_a_reliable_transport_an_INVITE_is_sent_once() {
        invite.start(true, the.now());
        the.passesUntil(100_000);
        the.saw("0 INVITE", "32000 no final");
    }

    @Test
    void an_INVITE_whose_connection_is_lost_is_over_and_its_user_knows() {
        invite.start(true, the.now());
        invite.onResponse(180, -1, the.now());
        invite.onConnectionLost(the.now());
        assertThat(invite.state()).isEqualTo(State.TERMINATED);
        invite.onConnectionLost(the.now());
        the.saw("0 INVITE", "0 provisional 180", "0 connection lost");
        the.hasNoTimers();
    }

    @Test
    void after_its_final_a_lost_connection_is_no_news() {
        invite.start(true, the.now());
        invite.onResponse(486, -1, the.now());
        invite.onConnectionLost(the.now());
        the.saw("0 INVITE", "0 ACK", "0 failure 486 q850 -1");
    }

    @Test
    void an_INVITE_that_did_not_arrive_is_sent_again_and_may_arrive_then() {
        invite.start(false, the.now());
        assertThat(invite.onUndelivered()).isTrue();
        assertThat(invite.isUndelivered()).isTrue();
        the.passesUntil(500);
        assertThat(invite.isUndelivered()).isFalse();
        invite.onResponse(180, -1, the.now());
        the.saw("0 INVITE", "500 INVITE again", "500 provisional 180");
    }

    @Test
    void once_there_is_a_response_it_is_no_news_that_an_INVITE_did_not_arrive() {
        invite.start(false, the.now());
        invite.onResponse(100, -1, the.now());
        assertThat(invite.onUndelivered()).isFalse();
        assertThat(invite.isUndelivered()).isFalse();
    }
}
