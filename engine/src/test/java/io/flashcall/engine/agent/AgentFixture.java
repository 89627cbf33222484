package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RefusalMeaning;
import io.flashcall.engine.RefusalRules;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.agent.Hops.Located;
import io.flashcall.engine.call.CallTerms;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Target;
import io.flashcall.engine.trunk.TargetSet;
import io.flashcall.engine.trunk.Trunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A whole user agent without a socket or a clock: tests hand it datagrams and time, and read what it sent and
/// told. Three trunks, `carrier`, `other` and a `wordy` one; RFC 3261's timers; the ring time is 1.5 s, the
/// setup timeout 12 s.
final class AgentFixture {

    static final Duration RING = Duration.ofMillis(1500);
    static final Duration SETUP = Duration.ofSeconds(12);
    static final Duration FAILOVER = Duration.ofSeconds(4);
    static final Endpoint US = endpoint("192.0.2.10", 5060);
    static final Endpoint CARRIER = endpoint("203.0.113.5", 5060);
    static final Endpoint CARRIER_OTHER_PORT = endpoint("203.0.113.5", 33_333);
    static final Endpoint CARRIER_OTHER_HOST = endpoint("203.0.113.77", 5062);
    static final Endpoint OTHER_TRUNK = endpoint("198.51.100.7", 5060);
    static final Endpoint STRANGER = endpoint("203.0.114.1", 5060);
    static final Endpoint KNOWN = endpoint("198.51.100.40", 5060);
    static final Endpoint FIRST_HOST = endpoint("198.51.100.51", 5060);
    static final Endpoint WORDY_HOST = endpoint("198.51.100.71", 5062);
    static final Endpoint SECOND_HOST = endpoint("198.51.100.52", 5080);

    /// Index of the trunk that has credentials.
    static final int KNOWN_TRUNK = 3;

    /// Index of the trunk that has two hosts, which know overload control.
    static final int PAIR_TRUNK = 4;

    /// Nobody connects.
    static final Streams NO_STREAMS = _ -> {
        throw new AssertionError("a connection, where all is UDP");
    };

    /// Index of the trunk whose hosts are reached by TLS and TCP.
    static final int STREAMS_TRUNK = 5;

    /// Index of the trunk whose INVITEs are long, and which allows TCP.
    static final int WORDY_TCP_TRUNK = 6;

    static final String PASSWORD = "a secret";

    static final long BRANCH_NONCE = 0x1111_2222_3333_4444L;
    static final long TAG_NONCE = 0x5555_6666_7777_8888L;

    private static final long START = 1_000_000_000_000L;

    final RecordingIo io = new RecordingIo(new InetSocketAddress("192.0.2.10", 5060));
    final HandStreams streams = new HandStreams();
    final List<Trunk> trunks;
    final UserAgent agent;
    final CallTable calls;
    final AgentContext context;
    private final AgentFactory factory;
    private final List<CallEvent> events = new ArrayList<>();
    private int eventCapacity;
    private long now = START;
    private int placed;

    AgentFixture() {
        this(64, TraceListener.NONE);
    }

    AgentFixture(int slots, TraceListener trace) {
        this(slots, trace, SipTimers.STANDARD);
    }

    AgentFixture(int slots, TraceListener trace, SipTimers timers) {
        this(config(slots, timers), AgentFixture::trunks, trace);
    }

    /// @param change makes trunks others than they usually are
    AgentFixture(UnaryOperator<TrunkConfig> change) {
        this(config(64, SipTimers.STANDARD, change), AgentFixture::trunks, TraceListener.NONE);
    }

    /// With other trunks than those above.
    AgentFixture(EngineConfig config, Function<EngineConfig, List<Trunk>> made, TraceListener trace) {
        trunks = made.apply(config);
        try {
            factory = new AgentFactory(config, trunks, anySource(trunks), trace);
            var whole = factory.assemble(0, io, streams, START, () -> {});
            agent = whole.agent();
            calls = whole.calls();
            context = whole.context();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        eventCapacity = context.events.credits();
        io.onSendError(agent::onSendError);
    }

    private static EngineConfig config(int slots, SipTimers timers, UnaryOperator<TrunkConfig> change) {
        var usual = config(slots, timers);
        return new EngineConfig(
                usual.userAgents(), timers, usual.trunks().stream().map(change).toList());
    }

    static EngineConfig config(int slots, SipTimers timers) {
        return new EngineConfig(
                new UserAgentConfig(
                        1, new InetSocketAddress("192.0.2.10", 5060), List.of(), slots, slots * 5 + 8, 1 << 20),
                timers,
                List.of(
                        trunk("carrier", CARRIER, List.of(Cidr.parse("203.0.113.0/24"), Cidr.parse("2001:db8::/32"))),
                        trunk("other", OTHER_TRUNK, List.of()),
                        wordy(trunk("wordy", OTHER_TRUNK, List.of())),
                        known(trunk("known", KNOWN, List.of())),
                        heeding(trunk("pair", FIRST_HOST, List.of())),
                        byStreams(trunk("streams", FIRST_HOST, List.of())),
                        byStreams(wordy(trunk("wordy-tcp", WORDY_HOST, List.of())))));
    }

    static List<Trunk> plainTrunks(EngineConfig config) {
        var trunks = new ArrayList<Trunk>();
        for (var trunk : config.trunks()) {
            trunks.add(new Trunk(trunks.size(), trunk, START));
        }
        return trunks;
    }

    static List<Trunk> trunks(EngineConfig config) {
        var trunks = plainTrunks(config);
        var hosts = List.of(host(FIRST_HOST, 1), host(SECOND_HOST, 2));
        trunks.get(PAIR_TRUNK).targets(new TargetSet(hosts));
        var tls = new Target(endpoint("198.51.100.61", 5061).toSocketAddress(), SipTransport.TLS, 1, 1);
        var tcp = new Target(endpoint("198.51.100.62", 5070).toSocketAddress(), SipTransport.TCP, 2, 1);
        trunks.get(STREAMS_TRUNK).targets(new TargetSet(List.of(tls, tcp)));
        return trunks;
    }

    static Target host(Endpoint endpoint, int priority) {
        return new Target(endpoint.toSocketAddress(), SipTransport.UDP, priority, 1);
    }

    /// The carrier there knows overload control.
    private static TrunkConfig heeding(TrunkConfig plain) {
        return new TrunkConfig(
                plain.name(),
                plain.peer(),
                plain.callerIds(),
                plain.numbers(),
                plain.calls(),
                plain.options().withOverloadControl(true));
    }

    private static TrunkConfig byStreams(TrunkConfig plain) {
        return new TrunkConfig(
                plain.name(),
                plain.peer().withTransports(EnumSet.allOf(SipTransport.class)),
                plain.callerIds(),
                plain.numbers(),
                plain.calls());
    }

    /// The carrier there asks who we are.
    private static TrunkConfig known(TrunkConfig plain) {
        var ours = new Credentials("flash\"call", new Password.Text(PASSWORD));
        return new TrunkConfig(
                        plain.name(),
                        plain.peer().withCredentials(ours),
                        plain.callerIds(),
                        plain.numbers(),
                        plain.calls())
                .withOptions(TrunkOptions.STANDARD.withRefusals(
                        new RefusalRules(Map.of("403", RefusalMeaning.NOT_AUTHORIZED))));
    }

    static AnySource anySource(List<Trunk> trunks) {
        var any = new AnySource();
        any.of(trunks);
        return any;
    }

    /// Its INVITEs are longer than RFC 3261 §18.1.1 wants them over UDP.
    private static TrunkConfig wordy(TrunkConfig plain) {
        String domain = "a-rather-long-label-of-a-host-name.".repeat(7) + "example";
        return new TrunkConfig(
                plain.name(),
                plain.peer(),
                plain.callerIds(),
                new NumberPolicy(new NumberPolicy.PlusE164(), true, true, true, domain),
                plain.calls());
    }

    private static TrunkConfig trunk(String name, Endpoint target, List<Cidr> sources) {
        return new TrunkConfig(
                name,
                PeerConfig.at(target.toSocketAddress(), sources),
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(new Only180(), RING, SETUP, 100_000, 100_000));
    }

    static Endpoint endpoint(String address, int port) {
        return Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    /// A trunk's hosts as the loop would be given them.
    List<Located> located(int trunk) {
        return located(trunks.get(trunk));
    }

    List<Located> located(Trunk trunk) {
        try {
            return factory.locate(0, trunk, io.localAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The clock.

    long now() {
        return now;
    }

    /// Time passes; the user agent is given each tick that it waits for.
    void passes(Duration time) {
        passesTo(now + time.toNanos());
    }

    private void passesTo(long until) {
        while (agent.nextTickAt() <= until) {
            now = agent.nextTickAt();
            agent.beginCycle(now);
            agent.endCycle();
        }
        now = until;
        drainEvents();
    }

    // Calls.

    /// Places a call over the first trunk.
    CallSlot place() {
        return place(0, RING, SETUP);
    }

    CallSlot place(int trunk, Duration ring, Duration setup) {
        return place(trunk, ring, setup, Duration.ZERO);
    }

    CallSlot place(int trunk, Duration ring, Duration setup, Duration wait) {
        var slot = reserve();
        long key = calls.nextKey(slot);
        assertThat(trunks.get(trunk).acquireChannel()).isTrue();
        var wire = new CallPlan.Wire(
                Digits.pack("12025550123"), Digits.pack("442079460123"), BRANCH_NONCE + placed, TAG_NONCE + placed);
        slot.prepare(
                new CallPlan(
                                trunks.get(trunk),
                                "call-" + placed++,
                                wire,
                                new CallTerms(
                                        trunks.get(trunk).ringRule(),
                                        trunks.get(trunk).refusals(),
                                        ring.toNanos(),
                                        setup.toNanos(),
                                        FAILOVER.toNanos()),
                                now + wait.toNanos())
                        .signed(now),
                key);
        run(slot);
        return slot;
    }

    private CallSlot reserve() {
        assertThat(context.events.reserve()).as("credits").isTrue();
        var slot = calls.acquire();
        if (slot == null) {
            throw new AssertionError("no slot is free");
        }
        return slot;
    }

    /// Something happens to the agent, outside of the other cycles.
    void cycle(Consumer<UserAgent> step) {
        agent.beginCycle(now);
        step.accept(agent);
        agent.endCycle();
        drainEvents();
    }

    void run(Command command) {
        agent.beginCycle(now);
        agent.run(command);
        agent.endCycle();
        drainEvents();
    }

    /// The loop's look at the hosts.
    void probes() {
        agent.beginCycle(now);
        agent.probe();
        agent.endCycle();
    }

    void hangUp(CallSlot slot) {
        run(new Command.HangUp(slot.liveKey()));
    }

    // The wire.

    /// A datagram from the first trunk.
    void receives(String message) {
        receives(message, CARRIER);
    }

    void receives(String message, Endpoint source) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        receives(bytes, bytes.length, source);
    }

    void receives(byte[] bytes, int length, Endpoint source) {
        agent.beginCycle(now);
        agent.onDatagram(bytes, length, source);
        agent.endCycle();
        drainEvents();
    }

    /// What was sent since the last time this was asked.
    List<Sent> sent() {
        return io.taken();
    }

    Sent sentOne() {
        var all = sent();
        assertThat(all).as("one datagram").hasSize(1);
        return all.getFirst();
    }

    /// Start lines of what was sent since the last time, as far as the method or the status.
    List<String> methodsSent() {
        return sent().stream().map(Sent::method).toList();
    }

    void sentNothing() {
        assertThat(methodsSent()).isEmpty();
    }

    // What it tells.

    private void drainEvents() {
        for (var cell = context.events.poll(); cell != null; cell = context.events.poll()) {
            events.add(cell.toEvent());
            context.events.recycle(cell);
        }
    }

    List<CallEvent> events() {
        return events;
    }

    /// The kinds of all events so far.
    List<String> story() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /// The outcome of the last call that ended.
    CallOutcome outcome() {
        CallOutcome outcome = null;
        for (var event : events) {
            outcome = event instanceof Ended ended ? ended.outcome() : outcome;
        }
        return required(outcome);
    }

    long counted(Metric metric) {
        return context.telemetry.get(metric);
    }

    /// Slots, channels, credits: all are back.
    void nothingIsLeft() {
        assertThat(calls.live()).as("live slots").isZero();
        assertThat(context.events.credits()).as("event credits").isEqualTo(eventCapacity);
        for (var trunk : trunks) {
            assertThat(trunk.channelsInUse()).as("channels").isZero();
        }
    }

    static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("nothing there");
        }
        return value;
    }

    /// A datagram that was sent.
    record Sent(String text, Endpoint to) {

        /// `INVITE`, or `200` of a response.
        String method() {
            return text.startsWith("SIP/2.0 ") ? text.substring(8, 11) : text.substring(0, text.indexOf(' '));
        }

        String startLine() {
            return text.substring(0, text.indexOf("\r\n"));
        }

        /// The values of a header, each as it stands.
        List<String> all(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }

        String header(String name) {
            assertThat(all(name)).as(name).hasSize(1);
            return all(name).getFirst();
        }

        String branch() {
            String via = header("Via");
            return via.substring(via.indexOf("branch=") + 7, via.indexOf(";rport"));
        }

        /// A response to it, as a stack that none of us wrote might put it.
        ///
        /// @param status `180 Ringing`
        /// @param toTag  empty for none; not used if To has one already
        /// @param more   header lines
        String answer(String status, String toTag, String... more) {
            String to = header("To");
            boolean tagged = to.contains(";tag=") || toTag.isEmpty();
            var lines = new ArrayList<String>(List.of(
                    "SIP/2.0 " + status,
                    "Via: " + header("Via").replace(";rport", ";rport=5060;received=192.0.2.10"),
                    "From: " + header("From"),
                    "To: " + to + (tagged ? "" : ";tag=" + toTag),
                    "Call-ID: " + header("Call-ID"),
                    "CSeq: " + header("CSeq")));
            lines.addAll(Arrays.asList(more));
            lines.add("Content-Length: 0");
            return String.join("\r\n", lines) + "\r\n\r\n";
        }
    }
}
