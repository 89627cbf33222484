package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class FreeSlotsTest {

    private static final int SIZE = 8;

    private final FreeSlots free = new FreeSlots(SIZE);

    @Test
    void each_slot_is_taken_once() {
        var taken = new HashSet<Integer>();
        for (int i = 0; i < SIZE; i++) {
            assertThat(taken.add(free.take())).isTrue();
        }
        assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(free.take()).isEqualTo(FreeSlots.NONE);
        assertThat(free.taken()).isEqualTo(SIZE);
    }

    @Test
    void what_was_given_back_last_is_taken_first() {
        assertThat(free.take()).isZero();
        assertThat(free.take()).isOne();
        assertThat(free.take()).isEqualTo(2);
        free.giveBack(0);
        free.giveBack(2);
        assertThat(free.take()).isEqualTo(2);
        assertThat(free.take()).isZero();
        assertThat(free.take()).isEqualTo(3);
        assertThat(free.taken()).isEqualTo(4);
    }

    /// Threads that take and give back all the time, of few slots: what two of them had at once would show.
    @Test
    void no_slot_is_had_by_two_threads() throws Exception {
        var holders = new AtomicIntegerArray(SIZE);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<Boolean>>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(threads.submit((Callable<Boolean>) () -> takeAndGiveBack(holders)));
            }
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(free.taken()).isZero();
    }

    private boolean takeAndGiveBack(AtomicIntegerArray holders) {
        boolean alone = true;
        for (int i = 0; i < 300_000; i++) {
            int first = free.take();
            int second = free.take();
            alone &= first == FreeSlots.NONE || holders.incrementAndGet(first) == 1;
            alone &= second == FreeSlots.NONE || holders.incrementAndGet(second) == 1;
            giveBack(holders, first);
            giveBack(holders, second);
        }
        return alone;
    }

    private void giveBack(AtomicIntegerArray holders, int slot) {
        if (slot != FreeSlots.NONE) {
            holders.decrementAndGet(slot);
            free.giveBack(slot);
        }
    }
}
