package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.Admission;
import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine with one trunk, and who stands at its other end: a carrier of the testbed, or any address. T1 is 40 ms, so
/// that 64·T1 passes in 2.6 s.
final class Stage implements AutoCloseable {

    static final Duration T1 = Duration.ofMillis(40);
    static final Duration RING = Duration.ofMillis(60);
    static final Duration SETUP = Duration.ofMillis(1200);
    static final String FROM = "+12025550123";
    static final String TO = "+442079460123";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Engine engine;
    private final Carrier carrier;
    private final Map<String, List<CallEvent>> events = new ConcurrentHashMap<>();
    private final AtomicInteger references = new AtomicInteger();

    /// A carrier with this behaviour at the other end.
    static Stage with(String behaviour) {
        return with(behaviour, new RingPolicy.Only180());
    }

    static Stage with(String behaviour, RingPolicy policy) {
        var carrier = Carrier.start(CarrierConfig.loopback(behaviour).withTimers(CarrierTimers.withT1(T1)));
        return new Stage(carrier, carrier.address(), policy);
    }

    /// Somebody else at the other end.
    static Stage towards(InetSocketAddress peer) {
        var unused = Carrier.start(CarrierConfig.loopback("silent"));
        return new Stage(unused, peer, new RingPolicy.Only180());
    }

    private Stage(Carrier carrier, InetSocketAddress target, RingPolicy policy) {
        this.carrier = carrier;
        try {
            engine = Engine.start(config(target, policy), this::record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EngineConfig config(InetSocketAddress target, RingPolicy policy) {
        return new EngineConfig(
                new UserAgentConfig(
                        1,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(),
                        4096,
                        32_768,
                        1 << 22),
                SipTimers.ofT1(T1),
                List.of(trunk("peer", target, policy)));
    }

    static TrunkConfig trunk(String name, InetSocketAddress target, RingPolicy policy) {
        return new TrunkConfig(
                name,
                target,
                List.of(),
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(policy, RING, SETUP, 100_000, 100_000));
    }

    private void record(CallEvent event) {
        events.computeIfAbsent(event.stamp().reference(), _ -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    /// Places one call.
    ///
    /// @return its reference
    String place() {
        return place(request());
    }

    String place(CallRequest request) {
        assertThat(engine.place(request)).isInstanceOf(Accepted.class);
        return request.reference();
    }

    Admission ask(CallRequest request) {
        return engine.place(request);
    }

    CallRequest request() {
        return CallRequest.of("peer", FROM, TO, "call-" + references.incrementAndGet());
    }

    CallOutcome outcomeOf(String reference) {
        await("the end of " + reference).atMost(PATIENCE).until(() -> hasEnded(reference));
        return ((Ended) eventsOf(reference).getLast()).outcome();
    }

    /// The outcome of one call placed now.
    CallOutcome outcome() {
        return outcomeOf(place());
    }

    void waitFor(String reference, Class<? extends CallEvent> kind) {
        await(kind.getSimpleName() + " of " + reference)
                .atMost(PATIENCE)
                .until(() -> eventsOf(reference).stream().anyMatch(kind::isInstance));
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

    Carrier carrier() {
        return carrier;
    }

    long counted(Metric metric) {
        return engine.snapshot().count(metric);
    }

    /// Nothing is left: no slot taken at ours, no call open or answered at theirs, and they saw no rule broken.
    void everythingIsOver() {
        await("our slots").atMost(PATIENCE).until(() -> engine.snapshot().live() == 0);
        await("their answered calls")
                .atMost(PATIENCE)
                .until(() -> carrier.counters().calls().up() == 0);
        assertThat(carrier.violations()).isEmpty();
        assertThat(counted(Metric.FAULTS)).isZero();
    }

    private boolean hasEnded(String reference) {
        var seen = eventsOf(reference);
        return !seen.isEmpty() && seen.getLast() instanceof Ended;
    }

    @Override
    public void close() {
        engine.close();
        carrier.close();
    }
}
