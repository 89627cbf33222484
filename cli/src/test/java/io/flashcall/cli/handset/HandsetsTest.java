package io.flashcall.cli.handset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandsetsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String BOB = "+442079460123";

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Handsets handsets = new Handsets(now::get);

    @Test
    void a_call_that_stopped_tells_how_long_it_rang() {
        handsets.onRinging(BOB, "+12025550199");
        now.set(NOON.plusMillis(1500));
        assertThat(handsets.calls(BOB).getFirst().rang()).isEmpty();
        handsets.onRingStopped(BOB, "+12025550199");
        assertThat(handsets.calls(BOB))
                .containsExactly(new MissedCall(1, "+12025550199", NOON, Optional.of(Duration.ofMillis(1500))));
    }

    @Test
    void the_latest_call_comes_first_and_only_ten_are_kept() {
        for (int i = 0; i < 12; i++) {
            handsets.onRinging(BOB, "+120255501" + (10 + i));
        }
        assertThat(handsets.calls(BOB)).hasSize(Handsets.MOST_CALLS);
        assertThat(handsets.calls(BOB).getFirst())
                .returns(12L, MissedCall::number)
                .returns("+12025550121", MissedCall::from);
    }

    @Test
    void the_handset_that_has_been_quiet_for_longest_is_forgotten_first() {
        for (int i = 0; i <= Handsets.MOST_HANDSETS; i++) {
            handsets.onRinging("+44730" + (1_000_000 + i), "+12025550199");
        }
        assertThat(handsets.calls("+447301000000")).isEmpty();
        assertThat(handsets.calls("+447301000001")).hasSize(1);
    }

    @Test
    void a_number_is_found_however_it_is_written() {
        handsets.onRinging("442079460123", "+12025550199");
        assertThat(handsets.calls("+44 20 7946-0123")).hasSize(1);
    }

    @Test
    void who_waits_for_the_next_call_gets_it_when_it_comes() {
        handsets.onRinging(BOB, "+12025550101");
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return handsets.next(BOB, 1, Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        handsets.onRinging(BOB, "+12025550102");
        await().until(waiting::isDone);
        assertThat(waiting.join().orElseThrow().from()).isEqualTo("+12025550102");
    }

    @Test
    void who_waits_in_vain_gets_nothing() throws InterruptedException {
        assertThat(handsets.next(BOB, 0, Duration.ofMillis(5))).isEmpty();
    }

    @Test
    void a_reader_hears_every_ring_from_now_on() throws InterruptedException {
        handsets.onRinging(BOB, "+12025550101");
        try (var reader = handsets.read()) {
            handsets.onRinging(BOB, "+12025550102");
            handsets.onRinging("+442079460124", "+12025550103");
            assertThat(reader.take(Duration.ofSeconds(1)))
                    .extracting(Ring::from)
                    .containsExactly("+12025550102", "+12025550103");
            assertThat(reader.take(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void a_reader_that_does_not_read_is_told_how_much_it_lost() {
        try (var reader = handsets.read()) {
            for (int i = 0; i < 65_536 + 3; i++) {
                handsets.onRinging(BOB, "+12025550199");
            }
            assertThat(reader.lost()).isEqualTo(3);
        }
    }
}
