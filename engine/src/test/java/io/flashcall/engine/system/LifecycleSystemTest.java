package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.DrainReport;
import io.flashcall.engine.Engine;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Starting, stopping, and listeners that do what they like.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LifecycleSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Rang RANG = new Rang(new SipStatus(487, -1, ""));

    @Test
    void a_port_that_is_taken_is_named_and_the_ports_before_it_are_free_again() throws Exception {
        try (var taken = new DatagramSocket(0, LOOPBACK)) {
            int before = taken.getLocalPort() - 1;
            var scene = Scene.of("ring")
                    .local(new InetSocketAddress(LOOPBACK, before))
                    .agents(2);
            assertThatThrownBy(scene::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
            Stage.waitUntil(() -> isFree(before), () -> "port " + before + " to be free");
        }
    }

    @Test
    void an_engine_closed_twice_is_closed_and_its_port_is_free() throws Exception {
        int port = freePort();
        var stage =
                Scene.of("ring").local(new InetSocketAddress(LOOPBACK, port)).start();
        stage.outcome();
        stage.engine.close();
        stage.engine.close();
        stage.close();
        assertThat(isFree(port)).isTrue();
    }

    @Test
    void an_engine_closed_by_an_interrupted_thread_ends_its_calls_and_frees_its_port() throws Exception {
        int port = freePort();
        try (var stage =
                Scene.of("ring").local(new InetSocketAddress(LOOPBACK, port)).start()) {
            String call = stage.placeRinging(Duration.ofSeconds(60));
            stage.eventOf(call, Ringing.class);
            Thread.currentThread().interrupt();
            stage.engine.close();
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class);
            Stage.waitUntil(() -> isFree(port), () -> "port " + port + " to be free");
        }
    }

    @Test
    void an_engine_whose_close_is_interrupted_halfway_frees_its_port_all_the_same() throws Exception {
        int port = freePort();
        var blocked = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring"))) {
            var config = Scene.of("ring")
                    .local(new InetSocketAddress(LOOPBACK, port))
                    .ring(Duration.ofSeconds(60))
                    .engine(carrier.address());
            var rings = new CountDownLatch(1);
            var engine = Engine.start(
                    config,
                    event -> {
                        if (event instanceof Ringing) {
                            rings.countDown();
                        }
                    },
                    message -> {
                        if (message.sent() && message.bytes()[0] == 'C') {
                            blocked.countDown();
                            awaitLatch(release);
                        }
                    });
            engine.place(CallRequest.of(Stage.TRUNK, Stage.FROM, Stage.TO, "call"));
            awaitLatch(rings);
            var closer = Thread.ofPlatform().start(() -> {
                engine.close();
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            awaitLatch(blocked);
            Stage.waitUntil(
                    () -> closer.getState() == Thread.State.TIMED_WAITING || closer.getState() == Thread.State.WAITING,
                    () -> "the closer to wait for the loop, but it is " + closer.getState());
            closer.interrupt();
            release.countDown();
            closer.join();
            assertThat(isFree(port)).as("free at once").isTrue();
            assertThat(interrupted).as("still interrupted").isTrue();
        }
    }

    @Test
    void an_engine_closed_by_several_threads_at_once_is_closed() throws Exception {
        try (var stage = Stage.with("ring")) {
            String call = stage.placeRinging(Duration.ofSeconds(60));
            stage.eventOf(call, Ringing.class);
            var failures = new ConcurrentLinkedQueue<Throwable>();
            var closers = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                closers.add(Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                        .start(stage.engine::close));
            }
            for (var closer : closers) {
                closer.join();
            }
            assertThat(failures).isEmpty();
            assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class);
        }
    }

    @Test
    void what_a_closed_engine_is_asked_does_no_harm() {
        try (var stage = Stage.with("ring")) {
            String call = stage.place();
            stage.outcomeOf(call);
            stage.engine.close();
            assertThat(stage.engine.drain(Duration.ofSeconds(1))).isEqualTo(new DrainReport(0, List.of()));
            assertThat(stage.engine.hangUp(stage.idOf(call))).isFalse();
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.DRAINING);
            assertThat(stage.counted(Metric.CALLS_ENDED)).isOne();
        }
    }

    @Test
    void a_listener_that_fails_loses_its_own_event_alone() {
        var seen = new AtomicInteger();
        try (var stage = Scene.of("ring")
                .listener(event -> {
                    seen.incrementAndGet();
                    throw new QuietFault(event.getClass().getSimpleName());
                })
                .start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(stage.outcome()).isEqualTo(RANG);
            }
            stage.everythingIsOver();
            assertThat(stage.engine.drain(Duration.ofSeconds(5)).complete()).isTrue();
            assertThat(seen).hasValue(15);
        }
    }

    @Test
    void a_listener_may_place_and_hang_up() {
        var on = new AtomicReference<Stage>();
        var again = new AtomicInteger(5);
        try (var stage = Scene.of("ring")
                .ring(Duration.ofSeconds(60))
                .listener(event -> {
                    switch (event) {
                        case Ringing ringing ->
                            assertThat(on.get().engine.hangUp(ringing.stamp().call()))
                                    .isTrue();
                        case Ended _
                        when again.getAndDecrement() > 0 -> on.get().place();
                        default -> {}
                    }
                })
                .start()) {
            on.set(stage);
            stage.place();
            Stage.waitUntil(() -> stage.ended() == 6, () -> "six ends, but saw " + stage.outcomes());
            stage.everythingIsOver();
            assertThat(stage.outcomes()).containsOnlyKeys(RANG);
        }
    }

    /// Has no stack trace, to keep the build's output short.
    private static final class QuietFault extends RuntimeException {

        private static final long serialVersionUID = 1;

        QuietFault(String event) {
            super("a listener's fault, on purpose, at " + event, null, false, false);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static int freePort() throws SocketException {
        try (var probe = new DatagramSocket(0, LOOPBACK)) {
            return probe.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var probe = new DatagramSocket(port, LOOPBACK)) {
            return probe.getLocalPort() == port;
        } catch (SocketException e) {
            return false;
        }
    }
}
