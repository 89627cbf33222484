package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A wheel of 8 timers, a tick of 2 ms and a turn of 16 ticks, made at an odd time: its phase.
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimerWheelTest implements TimerWheel.Expiry {

    private static final int TIMERS = 8;
    private static final long MS = 1_000_000;
    private static final long TICK = 2 * MS;
    private static final long TURN = 16 * TICK;
    private static final long START = -77_777_777_777L;

    private final TimerWheel wheel = new TimerWheel(TIMERS, TICK, TURN - TICK, START);
    private final List<String> fired = new ArrayList<>();
    private Runnable onFire = () -> {};
    private long now = START;

    @Override
    public void onTimer(int timer, long time) {
        fired.add(timer + " at " + (time - START) / MS);
        onFire.run();
    }

    private void passesTo(long sinceStart) {
        now = START + sinceStart;
        wheel.advance(now, this);
    }

    @Test
    void a_timer_fires_at_the_first_tick_that_is_not_before_its_time() {
        wheel.arm(0, START + 3 * MS);
        passesTo(4 * MS - 1);
        assertThat(fired).isEmpty();
        passesTo(4 * MS);
        assertThat(fired).containsExactly("0 at 4");
        assertThat(wheel.armed()).isZero();
    }

    @Test
    void a_timer_whose_time_is_a_tick_fires_at_it() {
        wheel.arm(0, START + 4 * MS);
        passesTo(4 * MS - 1);
        assertThat(fired).isEmpty();
        passesTo(4 * MS);
        assertThat(fired).containsExactly("0 at 4");
    }

    @Test
    void the_next_tick_is_at_the_wheels_own_phase() {
        assertThat(wheel.nextTickAt()).isEqualTo(START + TICK);
        wheel.arm(0, START + 100 * MS);
        passesTo(5 * MS + 123);
        assertThat(wheel.nextTickAt()).isEqualTo(START + 3 * TICK);
    }

    @Test
    void a_time_that_has_passed_fires_at_the_next_tick() {
        wheel.arm(7, START + 100 * MS);
        passesTo(10 * MS);
        wheel.arm(0, START);
        passesTo(12 * MS - 1);
        assertThat(fired).isEmpty();
        passesTo(12 * MS);
        assertThat(fired).containsExactly("0 at 12");
    }

    @Test
    void a_timer_beyond_a_turn_stays_for_further_turns() {
        wheel.arm(0, START + 3 * TURN + TICK);
        wheel.arm(1, START + TICK);
        for (long t = TICK; t <= 3 * TURN; t += TICK) {
            passesTo(t);
        }
        assertThat(fired).containsExactly("1 at 2");
        passesTo(3 * TURN + TICK);
        assertThat(fired).containsExactly("1 at 2", "0 at 98");
    }

    @Test
    void a_loop_that_is_late_fires_all_that_was_due_in_the_order_of_their_ticks() {
        wheel.arm(0, START + 9 * MS);
        wheel.arm(1, START + 3 * MS);
        wheel.arm(2, START + 2 * TURN);
        passesTo(2 * TURN + 1);
        assertThat(fired).containsExactly("1 at 64", "0 at 64", "2 at 64");
    }

    @Test
    void disarming_and_arming_again_moves_a_timer() {
        wheel.arm(0, START + 3 * MS);
        wheel.arm(0, START + 9 * MS);
        wheel.arm(1, START + 3 * MS);
        wheel.disarm(1);
        wheel.disarm(1);
        assertThat(wheel.armed()).isEqualTo(1);
        assertThat(wheel.isArmed(1)).isFalse();
        passesTo(8 * MS);
        assertThat(fired).isEmpty();
        passesTo(10 * MS);
        assertThat(fired).containsExactly("0 at 10");
    }

    @Test
    void a_timer_that_fires_may_disarm_those_that_are_due_with_it() {
        for (int timer = 0; timer < TIMERS; timer++) {
            wheel.arm(timer, START + TICK);
        }
        onFire = () -> {
            for (int timer = 0; timer < TIMERS; timer++) {
                wheel.disarm(timer);
            }
        };
        passesTo(TICK);
        assertThat(fired).hasSize(1);
        assertThat(wheel.armed()).isZero();
        passesTo(2 * TURN);
        assertThat(fired).hasSize(1);
    }

    @Test
    void a_timer_that_fires_may_be_armed_again_and_does_not_fire_twice_in_a_tick() {
        wheel.arm(0, START + TICK);
        onFire = () -> wheel.arm(0, now);
        passesTo(TICK);
        assertThat(fired).containsExactly("0 at 2");
        passesTo(2 * TICK);
        assertThat(fired).containsExactly("0 at 2", "0 at 4");
    }

    @Test
    void a_timer_that_fires_may_move_one_that_is_due_with_it() {
        wheel.arm(0, START + TICK);
        wheel.arm(1, START + TICK);
        onFire = () -> {
            onFire = () -> {};
            wheel.arm(0, START + 3 * TICK);
            wheel.arm(1, START + 4 * TICK);
        };
        passesTo(TICK);
        assertThat(fired).hasSize(1);
        passesTo(10 * TICK);
        assertThat(fired).hasSize(3).contains("0 at 20", "1 at 20");
    }

    @Test
    void a_fault_in_one_leaves_the_others_to_fire_at_the_next_tick() {
        wheel.arm(0, START + TICK);
        wheel.arm(1, START + TICK);
        onFire = () -> {
            onFire = () -> {};
            throw new IllegalStateException("a fault of ours");
        };
        try {
            passesTo(TICK);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("a fault of ours");
        }
        assertThat(fired).hasSize(1);
        passesTo(2 * TICK);
        assertThat(fired).hasSize(2);
        assertThat(wheel.armed()).isZero();
    }

    @Test
    void after_a_long_silence_it_is_at_once_in_the_present() {
        passesTo(TICK);
        long anHour = 3_600_000 * MS;
        now = START + anHour + MS;
        wheel.catchUp(now);
        assertThat(wheel.nextTickAt()).isEqualTo(START + anHour + TICK);
        wheel.arm(0, now + MS / 2);
        passesTo(anHour + TICK);
        assertThat(fired).containsExactly("0 at 3600002");
    }

    @Test
    void while_something_is_armed_catching_up_skips_nothing() {
        wheel.arm(0, START + 5 * TICK);
        wheel.catchUp(START + 100 * TICK);
        passesTo(100 * TICK);
        assertThat(fired).containsExactly("0 at 200");
    }

    /// Against a plain array of due times: never early, at most a tick late, once each, none forgotten.
    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_260_101})
    void it_does_what_a_plain_list_of_times_would_do(long seed) {
        new Model(seed).run(100_000);
    }

    private static final class Model implements TimerWheel.Expiry {

        private static final int MANY = 64;
        private static final long NOT_ARMED = Long.MIN_VALUE;

        private final long seed;
        private final Random random;
        private final long start;
        private final TimerWheel wheel;
        private final long[] due = new long[MANY];
        private long now;
        private long before;
        private int step;

        Model(long seed) {
            this.seed = seed;
            random = new Random(seed);
            start = random.nextLong() >> 2;
            now = start;
            before = start;
            wheel = new TimerWheel(MANY, TICK, TURN - TICK, start);
            Arrays.fill(due, NOT_ARMED);
        }

        void run(int operations) {
            for (step = 0; step < operations; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> armOne();
                    case 1 -> disarmOne();
                    default -> {
                        before = now;
                        now += random.nextInt(50) == 0 ? random.nextLong(5 * TURN) : random.nextLong(2 * TICK);
                        wheel.catchUp(now);
                        wheel.advance(now, this);
                        nothingIsOverdue();
                    }
                }
                assertThat(wheel.armed()).as(where()).isEqualTo(armed());
            }
        }

        @Override
        public void onTimer(int timer, long time) {
            assertThat(due[timer]).as("%s: timer %s is armed", where(), timer).isNotEqualTo(NOT_ARMED);
            assertThat(time).as("%s: not early", where()).isGreaterThanOrEqualTo(due[timer]);
            due[timer] = NOT_ARMED;
            switch (random.nextInt(4)) {
                case 0 -> armOne();
                case 1 -> disarmOne();
                default -> {}
            }
        }

        private void armOne() {
            int timer = random.nextInt(MANY);
            due[timer] = now + random.nextLong(3 * TURN) - TICK;
            wheel.arm(timer, due[timer]);
        }

        private void disarmOne() {
            int timer = random.nextInt(MANY);
            due[timer] = NOT_ARMED;
            wheel.disarm(timer);
        }

        /// A tick late at most: what is armed lies beyond the last tick that was gone through. What a callback armed
        /// for the past waits for the tick after.
        private void nothingIsOverdue() {
            for (int timer = 0; timer < MANY; timer++) {
                if (due[timer] != NOT_ARMED && due[timer] >= before) {
                    assertThat(now - due[timer])
                            .as("%s: timer %s is overdue", where(), timer)
                            .isLessThan(2 * TICK);
                }
            }
        }

        private int armed() {
            int count = 0;
            for (long time : due) {
                count += time == NOT_ARMED ? 0 : 1;
            }
            return count;
        }

        private String where() {
            return "seed " + seed + ", step " + step;
        }
    }
}
