package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.Admission;
import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.Admission.Refused;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.Engine;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.TraceLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/// An engine with one trunk or more, and who stands at the other end: a carrier of the testbed, or any address.
/// Usually T1 is 100 ms, so that 64·T1 passes in 6.4 s and a busy machine is not taken for a lost datagram.
final class Stage implements AutoCloseable {

    static final Duration T1 = Duration.ofMillis(100);
    static final Duration RING = Duration.ofMillis(60);
    static final Duration SETUP = Duration.ofMillis(500);
    static final String TRUNK = "peer";
    static final String FROM = "+12025550123";
    static final String TO = "+442079460123";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Engine engine;
    private final Carrier carrier;
    private final Duration ring;
    private final Map<String, List<CallEvent>> events = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<TraceLine> wire = new ConcurrentLinkedQueue<>();
    private final Map<String, CallId> ids = new ConcurrentHashMap<>();
    private final Map<CallOutcome, AtomicLong> outcomes = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final boolean recorded;
    private final AtomicInteger references = new AtomicInteger();

    /// A carrier with this behaviour at the other end.
    static Stage with(String behaviour) {
        return Scene.of(behaviour).start();
    }

    Stage(Scene scene) {
        ring = scene.ring();
        recorded = scene.isRecorded();
        carrier = Carrier.start(recorded ? scene.carrier().withTrace(wire::add) : scene.carrier());
        try {
            engine = Engine.start(
                    scene.engine(carrier.address()),
                    event -> {
                        record(event);
                        scene.listener().onEvent(event);
                    },
                    scene.shown());
        } catch (IOException e) {
            carrier.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            carrier.close();
            throw e;
        }
    }

    /// For load only the endings are kept, counted.
    private void record(CallEvent event) {
        if (event instanceof Ended ended) {
            outcomes.computeIfAbsent(ended.outcome(), _ -> new AtomicLong()).incrementAndGet();
        }
        if (!recorded) {
            return;
        }
        events.computeIfAbsent(event.stamp().reference(), _ -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    // Placing calls.

    /// Places one call.
    ///
    /// @return its reference
    String place() {
        return place(request());
    }

    /// Places one call that rings this long.
    String placeRinging(Duration ringTime) {
        return place(request().withRingTime(ringTime));
    }

    String place(CallRequest request) {
        assertThat(ask(request)).isInstanceOf(Accepted.class);
        return request.reference();
    }

    Admission ask(CallRequest request) {
        var admission = engine.place(request);
        if (admission instanceof Accepted(CallId id)) {
            accepted.incrementAndGet();
            if (recorded) {
                ids.put(request.reference(), id);
            }
        }
        return admission;
    }

    /// Places calls at an even rate, whether or not earlier ones have ended, from calling numbers that differ.
    void placeMany(int count, int perSecond) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var from = "+1202555%04d".formatted(i % 10_000);
            place(CallRequest.of(TRUNK, from, TO, "call-" + references.incrementAndGet()));
        }
    }

    /// How many calls ended in each way.
    Map<CallOutcome, Long> outcomes() {
        var counts = new HashMap<CallOutcome, Long>();
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.get()));
        return counts;
    }

    long accepted() {
        return accepted.get();
    }

    long ended() {
        return outcomes.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /// Waits until all that was accepted has ended.
    void everyCallHasEnded() {
        waitUntil(() -> ended() >= accepted.get(), () -> accepted + " ends, but saw " + outcomes());
        assertThat(ended()).as("one end each").isEqualTo(accepted.get());
    }

    Reason refusal(CallRequest request) {
        var admission = ask(request);
        assertThat(admission).isInstanceOf(Refused.class);
        return ((Refused) admission).reason();
    }

    /// A call over the first trunk, with a reference of its own.
    CallRequest request() {
        return request(TO);
    }

    CallRequest request(String to) {
        return CallRequest.of(TRUNK, FROM, to, "call-" + references.incrementAndGet());
    }

    CallId idOf(String reference) {
        return ids.get(reference);
    }

    // What we report.

    CallOutcome outcomeOf(String reference) {
        waitUntil(() -> hasEnded(reference), () -> "the end of " + reference + ", but saw " + storyOf(reference));
        return ((Ended) eventsOf(reference).getLast()).outcome();
    }

    /// The outcome of one call placed now.
    CallOutcome outcome() {
        return outcomeOf(place());
    }

    <E extends CallEvent> E eventOf(String reference, Class<E> kind) {
        waitUntil(
                () -> eventsOf(reference).stream().anyMatch(kind::isInstance),
                () -> kind.getSimpleName() + " of " + reference + ", but saw " + storyOf(reference));
        return eventsOf(reference).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    List<CallEvent> eventsOf(String reference) {
        return events.getOrDefault(reference, List.of());
    }

    /// The kinds of a call's events, as a sentence.
    List<String> storyOf(String reference) {
        return eventsOf(reference).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    /// How long it took from one event to another.
    Duration between(String reference, Class<? extends CallEvent> first, Class<? extends CallEvent> then) {
        return Duration.ofNanos(eventOf(reference, then).stamp().nanos()
                - eventOf(reference, first).stamp().nanos());
    }

    long counted(Metric metric) {
        return engine.snapshot().count(metric);
    }

    // What they saw.

    Carrier carrier() {
        return carrier;
    }

    /// All messages that the carrier received whose start line begins so, in order.
    List<TraceLine> received(String start) {
        return wire.stream()
                .filter(line -> !line.sent() && line.text().startsWith(start))
                .toList();
    }

    /// All messages that the carrier sent whose start line begins so, in order.
    List<TraceLine> sent(String start) {
        return wire.stream()
                .filter(line -> line.sent() && line.text().startsWith(start))
                .toList();
    }

    /// All that the carrier received, one character for each byte.
    String receivedBytes() {
        return String.join(
                "",
                wire.stream().filter(line -> !line.sent()).map(TraceLine::text).toList());
    }

    // The end.

    /// Nothing is left: no slot taken at ours, no call open or answered at theirs, each final acknowledged, no rule
    /// broken.
    void everythingIsOver() {
        nothingIsLeft();
        waitUntil(
                () -> carrier.counters().calls().open() == 0,
                () -> "no INVITE open at theirs, but there are "
                        + carrier.counters().calls().open());
        nothingIsLeft();
    }

    /// The same where the carrier never ends a call, and so keeps it open for a time.
    void nothingIsLeft() {
        waitUntil(
                () -> engine.snapshot().live() == 0,
                () -> "our slots, of which are taken " + engine.snapshot().live());
        waitUntil(
                () -> carrier.counters().calls().up() == 0,
                () -> "nobody up at theirs, but there are "
                        + carrier.counters().calls().up());
        everyCallHasEnded();
        assertThat(carrier.violations()).isEmpty();
        assertThat(counted(Metric.FAULTS)).isZero();
        assertThat(counted(Metric.CALLS_ENDED)).as("calls ended").isEqualTo(accepted.get());
        events.forEach((reference, seen) -> assertThat(seen)
                .as("%s has one end and no gap", reference)
                .satisfies(all -> {
                    assertThat(all.getLast()).isInstanceOf(Ended.class);
                    assertThat(all.stream().filter(Ended.class::isInstance)).hasSize(1);
                    assertThat(all)
                            .extracting(event -> event.stamp().sequence())
                            .isEqualTo(firstNumbers(all.size()));
                }));
    }

    private static List<Integer> firstNumbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    boolean hasEnded(String reference) {
        var seen = eventsOf(reference);
        return !seen.isEmpty() && seen.getLast() instanceof Ended;
    }

    /// Polls; says what there was instead when patience is over.
    static void waitUntil(BooleanSupplier condition, Supplier<String> expectation) {
        waitUntil(PATIENCE, condition, expectation);
    }

    static void waitUntil(Duration patience, BooleanSupplier condition, Supplier<String> expectation) {
        try {
            await().pollInterval(Duration.ofMillis(5)).atMost(patience).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("waited " + patience + " for " + expectation.get(), e);
        }
    }

    Duration ring() {
        return ring;
    }

    @Override
    public void close() {
        engine.close();
        carrier.close();
    }
}
