package io.flashcall.engine.agent;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A whole flash call through a user agent that has everything but a socket: INVITE, 100, 180, CANCEL, 200, 487, ACK.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WholeCallBenchmark {

    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5080);
    private static final int CALLS = 64;
    private static final long STEP = 200_000L;
    private static final long START = 1_000_000_000_000L;

    private final ReflectingIo io = new ReflectingIo(LOCAL);
    private final Trunk trunk = trunk();
    private final AgentFactory.Assembly assembly = assembly();
    private final CallPlan plan = new CallPlan(
            trunk,
            "a reference",
            new CallPlan.Wire(Digits.pack("12025550123"), Digits.pack("442079460123"), 0x1234L, 0x5678L),
            trunk.terms(Optional.empty(), Optional.empty()),
            START);
    private long now = START;

    public WholeCallBenchmark() {}

    private static Trunk trunk() {
        var calls =
                new CallPolicy(CallPolicy.DEFAULT.ringPolicy(), Duration.ZERO, Duration.ofSeconds(12), 1_000, 100_000);
        var config = new TrunkConfig(
                "peer",
                PeerConfig.at(SipTarget.parse("127.0.0.1:5070")),
                new CallerIds(List.of(CallerIds.Range.parse("+120255501xx")), true),
                NumberPolicy.PLUS_E164,
                calls);
        try {
            var trunk = new Trunk(0, config, START);
            trunk.secrets(TrunkSecrets.load(config));
            return trunk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AgentFactory.Assembly assembly() {
        var agents = new UserAgentConfig(1, LOCAL, List.of(), CALLS, 5 * CALLS, 1 << 16);
        var engine = new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk.config()));
        var anySource = new AnySource();
        anySource.of(List.of(trunk));
        try {
            return new AgentFactory(engine, List.of(trunk), anySource, TraceListener.NONE)
                    .assemble(0, io, new NoStreams(), START, () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One call from its command to the end of its events.
    @Benchmark
    public int call() {
        var slot = assembly.calls().acquire();
        if (slot == null || !assembly.context().events.reserve()) {
            throw new IllegalStateException("no room, although calls come one by one");
        }
        slot.prepare(plan, assembly.calls().nextKey(slot));
        begin();
        assembly.agent().run(slot);
        int messages = end();
        while (io.hasAnswers()) {
            begin();
            io.deliver(assembly.agent());
            messages += end();
        }
        return messages;
    }

    private void begin() {
        now += STEP;
        assembly.agent().beginCycle(now);
    }

    private int end() {
        assembly.agent().endCycle();
        int events = 0;
        for (var cell = assembly.context().events.poll();
                cell != null;
                cell = assembly.context().events.poll()) {
            assembly.context().events.recycle(cell);
            events++;
        }
        return events;
    }
}
