package io.flashcall.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.transaction.NonInviteTransaction.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 3261 §17.1.2, with the RFC's own numbers. Lines read: milliseconds since the start, what happened.
@DisplayNameGeneration(ReplaceUnderscores.class)
class NonInviteTransactionTest implements NonInviteTransaction.Port {

    private final Wire the =
            new Wire(now -> transaction().onTimerE(now), _ -> transaction().onTimerF());
    private final NonInviteTransaction bye = new NonInviteTransaction(this, Wire.RFC);

    private boolean taken = true;

    private NonInviteTransaction transaction() {
        return bye;
    }

    @Test
    void timer_E_doubles_from_T1_up_to_T2_until_timer_F_at_64_T1() {
        bye.start(false, the.now());
        the.passesUntil(100_000);
        the.saw(
                "0 request",
                "500 again",
                "1500 again",
                "3500 again",
                "7500 again",
                "11500 again",
                "15500 again",
                "19500 again",
                "23500 again",
                "27500 again",
                "31500 again");
        assertThat(bye.state()).isEqualTo(State.TERMINATED);
        the.hasNoTimers();
    }

    @Test
    void in_proceeding_it_is_sent_again_every_T2() {
        bye.start(false, the.now());
        the.passesUntil(600);
        assertThat(bye.onResponse(100)).isFalse();
        the.passesUntil(14_000);
        the.saw("0 request", "500 again", "1500 again", "5500 again", "9500 again", "13500 again");
        the.passesUntil(40_000);
        assertThat(bye.state()).isEqualTo(State.TERMINATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 302, 404, 481, 487, 500, 603})
    void any_final_completes_it_and_says_so_once(int status) {
        bye.start(false, the.now());
        the.passesUntil(700);
        assertThat(bye.onResponse(status)).isTrue();
        assertThat(bye.onResponse(status)).isFalse();
        assertThat(bye.onResponse(100)).isFalse();
        the.passesUntil(60_000);
        the.saw("0 request", "500 again");
        assertThat(bye.state()).isEqualTo(State.COMPLETED);
        the.hasNoTimers();
    }

    @Test
    void a_final_after_a_provisional_completes_it() {
        bye.start(false, the.now());
        bye.onResponse(100);
        assertThat(bye.state()).isEqualTo(State.PROCEEDING);
        assertThat(bye.onResponse(200)).isTrue();
        assertThat(bye.state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void timer_F_ends_it_once() {
        bye.start(false, the.now());
        assertThat(bye.onTimerF()).isTrue();
        assertThat(bye.onTimerF()).isFalse();
        the.hasNoTimers();
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"IDLE", "COMPLETED", "TERMINATED"})
    void outside_trying_and_proceeding_nothing_has_an_effect(State state) {
        switch (state) {
            case COMPLETED -> {
                bye.start(false, the.now());
                bye.onResponse(200);
            }
            case TERMINATED -> {
                bye.start(false, the.now());
                bye.onTimerF();
            }
            case IDLE, TRYING, PROCEEDING -> {}
        }
        assertThat(bye.onResponse(100)).isFalse();
        assertThat(bye.onResponse(200)).isFalse();
        assertThat(bye.onTimerF()).isFalse();
        bye.onTimerE(the.now());
        assertThat(bye.state()).isEqualTo(state);
        if (state == State.IDLE) {
            the.saw();
        } else {
            the.saw("0 request");
        }
        the.hasNoTimers();
    }

    @Test
    void reset_makes_it_as_new_without_a_word() {
        bye.start(false, the.now());
        bye.reset();
        assertThat(bye.state()).isEqualTo(State.IDLE);
        assertThat(bye.onResponse(200)).isFalse();
        bye.start(false, the.now());
        the.passesUntil(1_500);
        the.saw("0 request", "0 request", "500 again", "1500 again");
    }

    @Test
    void what_a_reliable_transport_has_taken_is_not_sent_again() {
        bye.start(true, the.now());
        the.passesUntil(31_999);
        the.saw("0 request");
        the.passesUntil(32_000);
        assertThat(bye.state()).isEqualTo(State.TERMINATED);
        the.hasNoTimers();
    }

    @Test
    void what_it_does_not_take_is_offered_again_until_it_does() {
        taken = false;
        bye.start(true, the.now());
        the.passesUntil(1_000);
        taken = true;
        the.passesUntil(60_000);
        the.saw("0 request", "500 again", "1500 again");
        assertThat(bye.state()).isEqualTo(State.TERMINATED);
        the.hasNoTimers();
    }

    @Test
    void on_a_new_connection_it_is_sent_again_once() {
        taken = false;
        bye.start(true, the.now());
        the.passesUntil(100);
        taken = true;
        bye.onReconnected();
        the.passesUntil(10_000);
        the.saw("0 request", "100 again");
        bye.onResponse(200);
        bye.onReconnected();
        the.saw("0 request", "100 again");
        the.hasNoTimers();
    }

    @Override
    public boolean sendRequest(boolean again) {
        the.write(again ? "again" : "request");
        return taken;
    }

    @Override
    public void retransmitRequestAt(long nanos) {
        the.retransmitAt(nanos);
    }

    @Override
    public void timeOutRequestAt(long nanos) {
        the.timeOutAt(nanos);
    }
}
