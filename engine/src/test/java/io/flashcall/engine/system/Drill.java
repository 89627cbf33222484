package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.FailoverPolicy;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/// An engine with one trunk while something breaks: what becomes of its calls, and what an operator reads meanwhile.
/// T1 is 50 ms; hosts are left after 1 s of silence, and probed each 500 ms.
final class Drill implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration RING = Duration.ofMillis(100);

    private static final FailoverPolicy FAILOVER = new FailoverPolicy(Duration.ofSeconds(1), Duration.ofMillis(500));

    final Engine engine;
    private final Map<String, CallOutcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Long> endedAt = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> ringing = new ConcurrentLinkedQueue<>();
    private final Log log = new Log();
    private int placed;

    private Drill(EngineConfig config) throws IOException {
        log.start();
        log.logger().addAppender(log);
        engine = Engine.start(config, this::onEvent);
    }

    /// A carrier that needs no look-up.
    static Drill towards(PeerConfig peer, InetAddress local) throws IOException {
        return towards(peer, local, DnsConfig.SYSTEM);
    }

    static Drill towards(PeerConfig peer, InetAddress local, DnsConfig dns) throws IOException {
        var callerIds = new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true);
        var calls = new CallPolicy(new Only180(), RING, Duration.ofSeconds(12), 100, 1_000);
        var trunk = new TrunkConfig("carrier", peer.withFailover(FAILOVER), callerIds, NumberPolicy.PLUS_E164, calls);
        var agents = UserAgentConfig.of(1, new InetSocketAddress(local, 0));
        return new Drill(new EngineConfig(agents, SipTimers.ofT1(Duration.ofMillis(50)), dns, List.of(trunk)));
    }

    /// Places a call.
    ///
    /// @return its reference
    String place(Duration ring) {
        String reference = "call-" + ++placed;
        var request = CallRequest.of("carrier", "+12025550123", "+442079460123", reference);
        assertThat(engine.place(request.withRingTime(ring))).isInstanceOf(Accepted.class);
        return reference;
    }

    /// Calls that ring.
    List<String> placeRinging(int count, Duration ring) {
        var calls = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            calls.add(place(ring));
        }
        Stage.waitUntil(() -> ringing.containsAll(calls), () -> calls + " ringing, but saw " + ringing);
        return calls;
    }

    CallOutcome outcome() {
        return outcomeOf(place(RING));
    }

    CallOutcome outcomeOf(String reference) {
        Stage.waitUntil(
                PATIENCE, () -> outcomes.containsKey(reference), () -> "the end of " + reference + "; log: " + log);
        return outcomes.get(reference);
    }

    /// When the call ended, by [System#nanoTime].
    long endOf(String reference) {
        var _ = outcomeOf(reference);
        return endedAt.get(reference);
    }

    /// Places calls, one after the other, until one ends so.
    void untilAnOutcomeIs(Class<? extends CallOutcome> kind, Duration most) {
        long until = System.nanoTime() + most.toNanos();
        CallOutcome last = outcome();
        while (!kind.isInstance(last) && System.nanoTime() - until < 0) {
            last = outcome();
        }
        assertThat(last).as("within %s; log: %s", most, log).isInstanceOf(kind);
    }

    /// Waits for a warning in the log that holds all of this.
    void logSays(String... parts) {
        Stage.waitUntil(
                PATIENCE,
                () -> log.lines.stream().anyMatch(line -> Arrays.stream(parts).allMatch(line::contains)),
                () -> "a line with " + Arrays.toString(parts) + ", but read " + log);
    }

    private void onEvent(CallEvent event) {
        String reference = event.stamp().reference();
        if (event instanceof Ringing) {
            ringing.add(reference);
        } else if (event instanceof Ended ended) {
            endedAt.put(reference, System.nanoTime());
            outcomes.put(reference, ended.outcome());
        }
    }

    @Override
    public void close() {
        engine.close();
        log.logger().detachAppender(log);
    }

    /// What the engine has warned of since, other tests' engines included.
    private static final class Log extends AppenderBase<ILoggingEvent> {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        Logger logger() {
            return (Logger) LoggerFactory.getLogger("io.flashcall.engine");
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }

        @Override
        public String toString() {
            return String.join("\n", lines);
        }
    }
}
