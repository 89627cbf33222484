package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.DrainReport;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How an engine stops: what rings is hung up at once, what has had no response when one comes, and what stays silent
/// is reported.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class DrainSystemTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final SipStatus TERMINATED = new SipStatus(487, -1, "");

    @Test
    void calls_that_ring_get_their_cancel_at_once() {
        try (var stage = Stage.with("ring")) {
            var calls = place(stage, 30);
            calls.forEach(call -> stage.eventOf(call, Ringing.class));

            long begin = System.nanoTime();
            var report = stage.engine.drain(Duration.ofSeconds(5));
            assertThat(report).isEqualTo(new DrainReport(30, List.of())).matches(DrainReport::complete);
            for (var call : calls) {
                assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
                var hangingUp = stage.eventOf(call, HangingUp.class);
                assertThat(hangingUp.late()).isEmpty();
                assertThat(Duration.ofNanos(hangingUp.stamp().nanos() - begin)).isLessThan(Duration.ofMillis(500));
            }
            stage.everythingIsOver();
        }
    }

    @Test
    void calls_without_a_provisional_get_their_cancel_when_one_comes() {
        try (var stage = Scene.of("ring:pdd=400ms,trying=false").setup(LONG).start()) {
            var calls = place(stage, 10);
            calls.forEach(call -> stage.eventOf(call, Placed.class));

            assertThat(stage.engine.drain(Duration.ofSeconds(5))).isEqualTo(new DrainReport(10, List.of()));
            for (var call : calls) {
                assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
                assertThat(stage.storyOf(call)).containsExactly("Placed", "Ringing", "HangingUp", "Ended");
            }
            stage.everythingIsOver();
            var firstRinging = stage.sent("SIP/2.0 180").getFirst().at();
            assertThat(stage.received("CANCEL"))
                    .hasSize(10)
                    .allSatisfy(cancel -> assertThat(cancel.at()).isAfterOrEqualTo(firstRinging));
        }
    }

    @Test
    void silent_calls_are_left_over_and_reported_and_a_second_drain_waits_for_timer_b() {
        try (var stage = Scene.of("silent").setup(LONG).start()) {
            var calls = place(stage, 5);
            calls.forEach(call -> stage.eventOf(call, Placed.class));
            var report = stage.engine.drain(Duration.ofMillis(100));
            assertThat(report.live()).isEqualTo(5);
            assertThat(report.left())
                    .containsExactlyInAnyOrderElementsOf(
                            calls.stream().map(stage::idOf).toList());
            assertThat(stage.ended()).isZero();

            assertThat(stage.engine.drain(LONG).complete()).isTrue();
            for (var call : calls) {
                assertThat(stage.outcomeOf(call)).isEqualTo(new Abandoned(SipStatus.NONE));
            }
            stage.nothingIsLeft();
            assertThat(stage.received("CANCEL")).isEmpty();
        }
    }

    @Test
    void answered_calls_are_released_before_the_drain_is_over() {
        try (var stage = Stage.with("answer-on-cancel")) {
            var calls = place(stage, 10);
            calls.forEach(call -> stage.eventOf(call, Ringing.class));
            assertThat(stage.engine.drain(Duration.ofSeconds(5))).isEqualTo(new DrainReport(10, List.of()));
            for (var call : calls) {
                assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(true, new SipStatus(200, -1, "")));
            }
            stage.everythingIsOver();
        }
    }

    @Test
    void calls_that_wait_for_their_turn_are_never_placed() {
        try (var stage = Scene.of("ring").callsPerSecond(5).start()) {
            var calls = place(stage, 8);
            stage.eventOf(calls.getFirst(), Ringing.class);
            assertThat(stage.engine.drain(Duration.ofSeconds(5)).complete()).isTrue();
            assertThat(stage.outcomeOf(calls.getLast())).isEqualTo(new Abandoned(SipStatus.NONE));
            stage.everythingIsOver();
            assertThat(stage.received("INVITE")).hasSizeLessThan(8);
        }
    }

    @Test
    void after_close_each_accepted_call_has_ended_once_and_what_rang_was_cancelled() {
        try (var stage = Stage.with("ring:pdd=5ms");
                var silence = Scene.of("silent").setup(LONG).start()) {
            var ringing = place(stage, 20);
            ringing.forEach(call -> stage.eventOf(call, Ringing.class));
            var silent = place(silence, 20);

            stage.engine.close();
            silence.engine.close();
            for (var call : ringing) {
                endedOnce(stage, call);
                assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class);
            }
            for (var call : silent) {
                endedOnce(silence, call);
                assertThat(silence.outcomeOf(call)).isEqualTo(new Abandoned(SipStatus.NONE));
            }
            Stage.waitUntil(() -> cancelled(stage) == 20, () -> "20 CANCELs, but saw " + cancelled(stage));
        }
    }

    /// Calls for which a CANCEL came: on a slow machine it is repeated before the engine has closed.
    private static long cancelled(Stage stage) {
        return stage.received("CANCEL").stream()
                .flatMap(line -> line.text().lines().filter(header -> header.startsWith("Call-ID:")))
                .distinct()
                .count();
    }

    @Test
    void a_close_while_calls_are_being_placed_forgets_none() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            try (var stage = Stage.with("ring:pdd=1ms")) {
                var placers = new ArrayList<Thread>();
                for (int i = 0; i < 3; i++) {
                    placers.add(Thread.startVirtualThread(() -> {
                        for (int n = 0; n < 200; n++) {
                            stage.ask(stage.request());
                        }
                    }));
                }
                Stage.waitUntil(() -> stage.ended() > 0 || stage.accepted() > 50, () -> "calls in the air");
                stage.engine.close();
                for (var placer : placers) {
                    placer.join();
                }
                stage.everyCallHasEnded();
                assertThat(stage.engine.snapshot().live()).isZero();
            }
        }
    }

    @Test
    void a_drain_is_over_in_time_however_many_keep_asking() throws InterruptedException {
        try (var stage = Scene.of("silent").setup(LONG).start()) {
            stage.eventOf(place(stage, 1).getFirst(), Placed.class);
            var over = new AtomicBoolean();
            var asking = new CountDownLatch(8);
            var askers = new ArrayList<Thread>();
            for (int i = 0; i < 8; i++) {
                askers.add(Thread.ofPlatform().start(() -> {
                    var request = stage.request();
                    asking.countDown();
                    while (!over.get()) {
                        stage.ask(request);
                    }
                }));
            }
            asking.await();
            long begin = System.nanoTime();
            var report = stage.engine.drain(Duration.ofMillis(100));
            var took = Duration.ofNanos(System.nanoTime() - begin);
            over.set(true);
            for (var asker : askers) {
                asker.join();
            }
            assertThat(took).isLessThan(Duration.ofSeconds(2));
            assertThat(report.complete()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2562047788015215H30M7.999999999S", "PT876000H", "PT-1S"})
    void a_drain_takes_any_timeout(Duration timeout) {
        try (var stage = Stage.with("ring")) {
            stage.outcome();
            stage.everythingIsOver();
            stage.engine.drain(Duration.ofSeconds(5));
            assertThat(stage.engine.drain(timeout)).isEqualTo(new DrainReport(0, List.of()));
        }
    }

    private static void endedOnce(Stage stage, String call) {
        assertThat(stage.eventsOf(call).stream().filter(Ended.class::isInstance))
                .as("ends of %s", call)
                .hasSize(1);
        assertThat(stage.eventsOf(call).getLast()).isInstanceOf(Ended.class);
    }

    private static List<String> place(Stage stage, int count) {
        var calls = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            calls.add(stage.placeRinging(LONG));
        }
        return calls;
    }
}
