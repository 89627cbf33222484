package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class CaptureThreadTest {

    /// Of no call, so that it is taken while there is room.
    private final WireMessage message = Messages.of(0, true, "x".repeat(1_000));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void when_it_cannot_keep_up_messages_are_dropped_and_counted_and_nobody_waits() throws Exception {
        try (var thread = new CaptureThread("test-slow", MessageRing.SMALLEST, (_, _) -> {
                    begun.countDown();
                    waitFor(go);
                    return true;
                })
                .start()) {
            thread.offer(message, 0);
            begun.await();
            for (int i = 0; i < 1_000; i++) {
                thread.offer(message, 0);
            }
            long fits = MessageRing.SMALLEST / 1_072;
            assertThat(thread.counters()).isEqualTo(new CaptureCounters(1, 0, 1_000 - fits, 0, 0, 0));
            go.countDown();
            await().untilAsserted(() -> assertThat(thread.counters())
                    .isEqualTo(new CaptureCounters(fits + 1, fits + 1, 1_000 - fits, 0, 0, 0)));
            thread.offer(message, 0);
            await().untilAsserted(
                            () -> assertThat(thread.counters().delivered()).isEqualTo(fits + 2));
        }
    }

    @Test
    void when_it_falls_behind_some_calls_are_kept_whole_and_the_others_given_up() throws Exception {
        var counts = new HashMap<Long, Integer>();
        try (var thread = new CaptureThread("test-behind", MessageRing.SMALLEST, (taken, _) -> {
                    begun.countDown();
                    waitFor(go);
                    counts.merge(taken.call(), 1, Integer::sum);
                    return true;
                })
                .start()) {
            thread.offer(message, 0);
            begun.await();
            // Three rings full, five messages of each call, whose calls are all on at once.
            int calls = 3 * MessageRing.SMALLEST / 1_072 / 5;
            for (int round = 0; round < 5; round++) {
                for (int call = 1; call <= calls; call++) {
                    thread.offer(Messages.of(call, true, "x".repeat(1_000)), 0);
                }
            }
            var behind = thread.counters();
            assertThat(behind.dropped()).isZero();
            assertThat(behind.sampledOut()).isPositive();
            go.countDown();
            await().untilAsserted(() ->
                    assertThat(thread.counters().delivered()).isEqualTo(1 + 5L * calls - behind.sampledOut()));
            for (long call = 1; call <= calls; call++) {
                if (CallSample.keepsHalved(call, 4)) {
                    assertThat(counts).as("kept whole").containsEntry(call, 5);
                }
            }
            assertThat(counts.keySet().stream().filter(call -> CallSample.keepsHalved(call, 4)))
                    .as("calls that are kept, and the message of no call")
                    .hasSizeGreaterThan(2);
            assertThat(counts.values()).as("calls given up").contains(1);
        }
    }

    @Test
    void who_is_kept_by_a_smaller_share_is_kept_by_a_larger_and_a_share_of_a_sample_is_a_share() {
        var sample = new CallSample(0.25);
        var kept = new int[5];
        for (long call = 1; call <= 16_000; call++) {
            for (int halvings = 0; halvings <= 4; halvings++) {
                boolean keeps = CallSample.keepsHalved(call, halvings);
                assertThat(!keeps || CallSample.keepsHalved(call, Math.max(0, halvings - 1)))
                        .isTrue();
                kept[halvings] += keeps && sample.keeps(call) ? 1 : 0;
            }
        }
        for (int halvings = 0; halvings <= 4; halvings++) {
            assertThat(kept[halvings]).isCloseTo(4_000 >> halvings, Percentage.withPercentage(25));
        }
    }

    @Test
    void whatever_its_sink_throws_it_goes_on() {
        var failures = new AtomicInteger();
        try (var thread = new CaptureThread("test-failing", MessageRing.SMALLEST, (_, note) -> {
                    switch (note) {
                        case 0 -> throw new IOException("on purpose");
                        case 1 -> throw new IllegalStateException("on purpose");
                        case 2 -> throw new StackOverflowError("on purpose");
                        default -> failures.incrementAndGet();
                    }
                    return note == 3;
                })
                .start()) {
            for (int note = 0; note < 5; note++) {
                thread.offer(message, note);
            }
            await().untilAsserted(() -> assertThat(thread.counters()).isEqualTo(new CaptureCounters(4, 1, 0, 1, 3, 0)));
            assertThat(failures).hasValue(2);
        }
    }

    @Test
    void it_can_be_waited_for() {
        var taken = new AtomicInteger();
        try (var thread = new CaptureThread("test-waited", MessageRing.SMALLEST, (_, _) -> {
                    taken.incrementAndGet();
                    return true;
                })
                .start()) {
            for (int i = 1; i <= 200; i++) {
                thread.offer(message, 0);
                thread.catchUp(10_000_000_000L);
                assertThat(taken).hasValue(i);
            }
        }
    }

    /// Ends, though the message is never taken.
    @Test
    void nobody_waits_for_it_longer_than_asked() {
        try (var thread = new CaptureThread("test-stuck", MessageRing.SMALLEST, (_, _) -> {
                    waitFor(go);
                    return true;
                })
                .start()) {
            thread.offer(message, 0);
            thread.catchUp(1_000_000);
            assertThat(thread.counters().delivered()).isZero();
            go.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
