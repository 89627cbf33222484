package io.flashcall.engine.system;

import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.CarrierTimers;
import io.flashcall.testbed.TraceLine;
import io.flashcall.testbed.behaviour.Dialplan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// How a [Stage] is set: all has a usual value, a test names what it is about.
final class Scene {

    static final InetSocketAddress ANY_TARGET = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);

    private static final int RECEIVE_BUFFER = 1 << 22;

    private Dialplan dialplan = Dialplan.parse("ring");
    private long seed = 1;
    private Duration t1 = Stage.T1;
    private RingPolicy ringPolicy = new RingPolicy.Only180();
    private Duration ring = Stage.RING;
    private Duration setup = Stage.SETUP;
    private int channels = 100_000;
    private int callsPerSecond = 100_000;
    private NumberPolicy numbers = NumberPolicy.PLUS_E164;
    private TrunkOptions options = TrunkOptions.STANDARD;
    private CallerIds callerIds = new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true);
    private int agents = 1;
    private boolean sharedPort;
    private List<String> advertised = List.of();
    private int slots = 4096;
    private int eventRoom = 32_768;
    private InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private boolean recorded = true;
    private Consumer<TraceLine> trace = CarrierConfig.NO_TRACE;
    private CallEventListener listener = _ -> {};
    private TraceListener shown = TraceListener.NONE;
    private CaptureConfig captured = CaptureConfig.NONE;
    private Optional<InetSocketAddress> peer = Optional.empty();
    private CarrierTerms terms = CarrierTerms.NONE;
    private Optional<Credentials> credentials = Optional.empty();
    private Set<SipTransport> transports = Set.of(SipTransport.UDP);
    private final List<TrunkConfig> otherTrunks = new ArrayList<>();

    /// A carrier with this behaviour at the other end.
    static Scene of(String behaviour) {
        return of(Dialplan.parse(behaviour));
    }

    static Scene of(Dialplan dialplan) {
        var scene = new Scene();
        scene.dialplan = dialplan;
        return scene;
    }

    /// Somebody else at the other end.
    static Scene towards(InetSocketAddress peer) {
        var scene = of("silent");
        scene.peer = Optional.of(peer);
        return scene;
    }

    /// What the carrier asks of its callers.
    Scene terms(CarrierTerms value) {
        terms = value;
        return this;
    }

    /// With what each trunk answers challenges.
    Scene credentials(String username, String password) {
        credentials = Optional.of(new Credentials(username, new Password.Text(password)));
        return this;
    }

    Scene seed(long value) {
        seed = value;
        return this;
    }

    /// All timers, theirs too, in RFC 3261's proportion to it.
    Scene t1(Duration value) {
        t1 = value;
        return this;
    }

    Scene ringPolicy(RingPolicy value) {
        ringPolicy = value;
        return this;
    }

    Scene ring(Duration value) {
        ring = value;
        return this;
    }

    Scene setup(Duration value) {
        setup = value;
        return this;
    }

    Scene channels(int value) {
        channels = value;
        return this;
    }

    Scene callsPerSecond(int value) {
        callsPerSecond = value;
        return this;
    }

    Scene numbers(NumberPolicy value) {
        numbers = value;
        return this;
    }

    Scene options(TrunkOptions value) {
        options = value;
        return this;
    }

    Scene callerIds(CallerIds value) {
        callerIds = value;
        return this;
    }

    Scene agents(int count, String... advertise) {
        agents = count;
        advertised = List.of(advertise);
        return this;
    }

    /// How the peer may be reached.
    Scene transports(Set<SipTransport> value) {
        transports = value;
        return this;
    }

    /// All agents on one port.
    Scene sharedPort() {
        sharedPort = true;
        return this;
    }

    Scene slots(int value) {
        slots = value;
        return this;
    }

    Scene eventRoom(int value) {
        eventRoom = value;
        return this;
    }

    /// Where both ends bind.
    Scene host(InetAddress value) {
        local = new InetSocketAddress(value, 0);
        return this;
    }

    /// Where the user agents bind; the carrier takes any port of that address.
    Scene local(InetSocketAddress value) {
        local = value;
        return this;
    }

    /// For load: neither messages nor events are kept.
    Scene unrecorded() {
        recorded = false;
        return this;
    }

    /// Sees what the carrier sees, on its thread.
    Scene trace(Consumer<TraceLine> value) {
        trace = value;
        return this;
    }

    /// Hears each event after the stage has noted it, on the engine's thread.
    Scene listener(CallEventListener value) {
        listener = value;
        return this;
    }

    /// Is shown each message of the engine's, on its loops.
    Scene shown(TraceListener value) {
        shown = value;
        return this;
    }

    Scene captured(CaptureConfig value) {
        captured = value;
        return this;
    }

    Scene trunk(String name, InetSocketAddress target) {
        otherTrunks.add(trunkConfig(name, target));
        return this;
    }

    Stage start() {
        return new Stage(this);
    }

    boolean isRecorded() {
        return recorded;
    }

    CallEventListener listener() {
        return listener;
    }

    TraceListener shown() {
        return shown;
    }

    Duration ring() {
        return ring;
    }

    CarrierConfig carrier() {
        return CarrierConfig.loopback("silent")
                .withListen(new InetSocketAddress(local.getAddress(), 0))
                .withDialplan(dialplan)
                .withSeed(seed)
                .withTimers(CarrierTimers.withT1(t1))
                .withTerms(terms)
                .withTrace(trace);
    }

    /// @param carrier where the carrier listens, if it is the peer
    EngineConfig engine(InetSocketAddress carrier) {
        var trunks = new ArrayList<TrunkConfig>();
        trunks.add(trunkConfig(Stage.TRUNK, peer.orElse(carrier)));
        trunks.addAll(otherTrunks);
        return new EngineConfig(
                        new UserAgentConfig(agents, local, sharedPort, advertised, slots, eventRoom, RECEIVE_BUFFER),
                        SipTimers.ofT1(t1),
                        trunks)
                .withCapture(captured);
    }

    private TrunkConfig trunkConfig(String name, InetSocketAddress target) {
        var known = peer(target);
        return new TrunkConfig(
                name,
                credentials.map(known::withCredentials).orElse(known),
                callerIds,
                numbers,
                new CallPolicy(ringPolicy, ring, setup, channels, callsPerSecond),
                options);
    }

    /// One transport is the target's own; where there are more, UDP is.
    private PeerConfig peer(InetSocketAddress target) {
        var own = transports.contains(SipTransport.UDP)
                ? SipTransport.UDP
                : transports.iterator().next();
        var at = PeerConfig.at(target);
        var uri = new SipTarget(at.target().host(), at.target().port(), Optional.of(own));
        return PeerConfig.at(uri).withTransports(transports);
    }
}
