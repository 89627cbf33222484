package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class CaptureThreadTest {

    private final WireMessage message = Messages.of(true, "x".repeat(1_000));
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
            assertThat(thread.counters()).isEqualTo(new CaptureCounters(1, 0, 1_000 - fits, 0, 0));
            go.countDown();
            await().untilAsserted(() -> assertThat(thread.counters())
                    .isEqualTo(new CaptureCounters(fits + 1, fits + 1, 1_000 - fits, 0, 0)));
            thread.offer(message, 0);
            await().untilAsserted(
                            () -> assertThat(thread.counters().delivered()).isEqualTo(fits + 2));
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
            await().untilAsserted(() -> assertThat(thread.counters()).isEqualTo(new CaptureCounters(4, 1, 0, 1, 3)));
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
