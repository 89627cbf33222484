package io.flashcall.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.agent.SimulatedAgent;
import io.flashcall.engine.agent.SimulatedAgent.Order;
import io.flashcall.engine.transport.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One agent with one call and nothing left to chance: for telling what a seed found as a short story. T1 is
/// 500 ms, ring time 1 s, setup timeout 10 s.
final class Bench implements SimulatedIo.Wire {

    static final String TRUNK = "10.1.0.1";
    static final String OTHER_TRUNK = "10.2.0.1";

    private static final long MILLI = 1_000_000L;

    private final List<Message> sent = new ArrayList<>();
    private final List<CallEvent> events = new ArrayList<>();
    private final SimulatedAgent agent;
    private long now;

    Bench(RingPolicy policy) {
        var agents = new UserAgentConfig(1, Conditions.AGENT, List.of(), 4, 64, 1 << 20);
        var trunks = List.of(trunk("one", TRUNK, policy), trunk("two", OTHER_TRUNK, policy));
        agent = new SimulatedAgent(new EngineConfig(agents, SipTimers.STANDARD, trunks), new SimulatedIo(this), 0);
    }

    private static TrunkConfig trunk(String name, String host, RingPolicy policy) {
        var calls = new CallPolicy(policy, Duration.ofSeconds(1), Duration.ofSeconds(10), 100, 100);
        var callerIds = new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true);
        var target = Conditions.address(host, 5060);
        return new TrunkConfig(name, PeerConfig.at(target), callerIds, NumberPolicy.PLUS_E164, calls);
    }

    /// Places a call over the first trunk.
    Bench place() {
        var order = new Order(0, "12025550123", "442079460123", "call", 1_000 * MILLI, 10_000 * MILLI);
        assertThat(agent.place(order, 1, 2, now)).isInstanceOf(Accepted.class);
        return after(0);
    }

    /// The callee answers the INVITE.
    Bench hears(int status, String toTag) {
        return hears(Text.response(last("INVITE"), status, toTag, List.of()), TRUNK);
    }

    Bench hears(String text, String host) {
        agent.begin(now);
        agent.deliver(text.getBytes(StandardCharsets.ISO_8859_1), Endpoint.of(Conditions.address(host, 5060)));
        return end();
    }

    /// Time passes, tick by tick.
    Bench after(long millis) {
        long until = now + millis * MILLI;
        do {
            now = Math.min(until, agent.nextTickAt());
            agent.begin(now);
            agent.runCommands();
            end();
        } while (now < until);
        return this;
    }

    private Bench end() {
        agent.end();
        for (var event = agent.takeEvent(); event.isPresent(); event = agent.takeEvent()) {
            events.add(event.get());
        }
        return this;
    }

    /// All requests of that method, in order.
    List<Message> sent(String method) {
        return sent.stream().filter(message -> message.method().equals(method)).toList();
    }

    Message last(String method) {
        return sent(method).getLast();
    }

    List<String> story() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    CallEvent lastEvent() {
        return events.getLast();
    }

    @Override
    public boolean offer(Datagram datagram) {
        sent.add(Message.read(datagram.text()));
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public void refused(long token) {}
}
