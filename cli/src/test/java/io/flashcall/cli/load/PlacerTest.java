package io.flashcall.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flashcall.cli.FakeEngine;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlacerTest {

    private static final long MILLI = 1_000_000;

    /// Time passes only while somebody pauses, and each placed call takes as long as the test says.
    private static final class HandDriven implements Ticker {
        private final List<Long> pauses = new ArrayList<>();
        private long now = 5_000;
        private Runnable whilePaused = () -> {};

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(long nanos) {
            pauses.add(nanos);
            now += nanos;
            whilePaused.run();
        }
    }

    private final HandDriven ticker = new HandDriven();
    private final LoadTally tally = new LoadTally();
    private final List<Long> placedAt = new ArrayList<>();
    private long placingTakes;

    @Test
    void calls_are_placed_when_they_are_due_in_batches_of_2_ms() {
        var placer = placer(ending(this::placed), new OpenLoop(1_000, 10), 1_000);
        placer.run();
        assertThat(placedAt.stream().map(at -> (at - 5_000) / MILLI))
                .containsExactly(0L, 2L, 2L, 4L, 4L, 6L, 6L, 8L, 8L, 10L);
        assertThat(placer.accepted()).isEqualTo(10);
        assertThat(placer.rate()).isCloseTo(1_000, within(100.0));
        assertThat(placer.heldBack()).isZero();
    }

    @Test
    void at_a_low_rate_it_sleeps_until_the_next_call() {
        placer(ending(this::placed), new OpenLoop(2, 3), 1_000).run();
        assertThat(ticker.pauses).containsExactly(500 * MILLI, 500 * MILLI);
    }

    @Test
    void when_it_is_late_it_catches_up() {
        placingTakes = 5 * MILLI;
        var placer = placer(
                ending(request -> {
                    placed(request);
                    if (placedAt.size() > 3) {
                        placingTakes = 0;
                    }
                }),
                new OpenLoop(1_000, 100),
                1_000);
        placer.run();
        assertThat((placedAt.getLast() - 5_000) / MILLI).isBetween(99L, 101L);
    }

    @Test
    void a_call_beyond_the_limit_waits_for_another_to_end() {
        var engine = new FakeEngine(_ -> Optional.empty());
        engine.telling(tally);
        var placer = new Placer(plan(new OpenLoop(1_000, 10), 4), engine, tally, ticker, cpu());
        ticker.whilePaused = () -> {
            assertThat(placer.inFlight()).isLessThanOrEqualTo(4);
            if (ticker.now > 100 * MILLI) {
                engine.drain(Duration.ZERO);
            }
        };
        placer.run();
        assertThat(placer.accepted()).isEqualTo(10);
        assertThat(placer.heldBack()).isGreaterThan(Duration.ofMillis(80));
    }

    @Test
    void it_places_no_more_once_it_is_stopped() {
        var placer = placer(ending(this::placed), new OpenLoop(1_000, 1_000_000), 1_000);
        ticker.whilePaused = () -> {
            if (placedAt.size() >= 20) {
                placer.stop();
            }
        };
        placer.run();
        assertThat(placer.accepted()).isBetween(20L, 25L);
    }

    @Test
    void refusals_are_counted_by_reason_and_are_no_calls() {
        var engine = FakeEngine.ringing().refusing(Admission.Reason.BUSY);
        var placer = placer(engine, new OpenLoop(1_000, 5), 1_000);
        placer.run();
        assertThat(placer.accepted()).isZero();
        assertThat(placer.refused()).isEqualTo(Map.of(Admission.Reason.BUSY, 5L));
    }

    @Test
    void the_warm_up_is_the_first_fifth() {
        var used = new ArrayList<Long>();
        var cpu = new CpuMeter(() -> {
            used.add(tally.ended());
            return Optional.of(Duration.ofMillis(used.size()));
        });
        var engine = ending(this::placed);
        engine.telling(tally);
        new Placer(plan(new OpenLoop(1_000, 100), 1_000), engine, tally, ticker, cpu).run();
        assertThat(used).containsExactly(20L);
        var cost = cpu.cost(100);
        assertThat(cost.warm()).hasValueSatisfying(micros -> assertThat(micros).isCloseTo(12.5, within(0.01)));
        assertThat(cost.total()).hasValueSatisfying(micros -> assertThat(micros).isCloseTo(20, within(0.01)));
    }

    private void placed(CallRequest request) {
        placedAt.add(ticker.now);
        ticker.now += placingTakes;
    }

    private Placer placer(FakeEngine engine, OpenLoop loop, long maxInFlight) {
        engine.telling(tally);
        return new Placer(plan(loop, maxInFlight), engine, tally, ticker, cpu());
    }

    private static LoadPlan plan(OpenLoop loop, long maxInFlight) {
        return new LoadPlan(
                "ad-hoc", NumberPattern.parse("+120255501xx"), NumberPattern.parse("+442079460xxx"), loop, maxInFlight);
    }

    private static CpuMeter cpu() {
        return new CpuMeter(Optional::empty);
    }

    private static FakeEngine ending(Consumer<CallRequest> watcher) {
        return new FakeEngine(request -> {
            watcher.accept(request);
            return Optional.of(new CallOutcome.Rang(new SipStatus(487, -1, "")));
        });
    }
}
