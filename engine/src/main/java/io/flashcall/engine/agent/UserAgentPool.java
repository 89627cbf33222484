package io.flashcall.engine.agent;

import io.flashcall.engine.Admission;
import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.Admission.Refused;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.DrainReport;
import io.flashcall.engine.E164;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.ReloadReport;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.agent.CallPlan.Wire;
import io.flashcall.engine.capture.Capture;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.engine.transport.DatagramTransport;
import io.flashcall.engine.trunk.Pace;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The engine in this process: user agents that share nothing but their trunks' pace and channels, and one
/// thread that delivers their events.
public final class UserAgentPool implements Engine {

    private static final long POLL_NANOS = 500_000L;
    private static final long LOOP_SECONDS = 2;
    private static final long PLACING_NANOS = 5_000_000_000L;
    private static final Duration LONGEST_DRAIN = Duration.ofDays(36_500);

    private final Trunks trunks;
    private final List<AgentHandle> agents;
    private final TrunkLocators locators;
    private final Reloads reloads;
    private final LiveReferences liveReferences;
    private final Background background;
    private final Nonces nonces = new Nonces();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger placing = new AtomicInteger();
    private final AtomicLongArray refused = new AtomicLongArray(Reason.values().length);
    private volatile boolean draining;
    private final AtomicBoolean closed = new AtomicBoolean();

    private UserAgentPool(
            Trunks trunks,
            List<AgentHandle> agents,
            Reach reach,
            LiveReferences liveReferences,
            Background background) {
        this.trunks = trunks;
        this.agents = agents;
        this.locators = reach.locators();
        this.reloads = reach.reloads();
        this.liveReferences = liveReferences;
        this.background = background;
    }

    /// What finds trunks, and exchanges them.
    private record Reach(TrunkLocators locators, Reloads reloads) {}

    /// What runs beside the agents, and ends after them: the capture last, so that it has their last messages.
    private record Background(EventPump pump, EventLoopGroup loops, SignatureThread signatures, Capture capture) {}

    /// Begins to capture, binds a socket for each user agent and starts the threads.
    ///
    /// @throws IOException naming the address that cannot be bound, the trunk without a route, the file that cannot
    ///                     be used, or where messages cannot be captured to
    public static UserAgentPool start(EngineConfig config, CallEventListener listener, TraceListener trace)
            throws IOException {
        var capture = Capture.start(config.capture());
        boolean started = false;
        try {
            var pool = open(config, listener, capture.besides(trace), capture);
            started = true;
            return pool;
        } finally {
            if (!started) {
                capture.close();
            }
        }
    }

    private static UserAgentPool open(
            EngineConfig config, CallEventListener listener, TraceListener trace, Capture capture) throws IOException {
        var anySource = new AnySource();
        var trunks = new Trunks(anySource);
        var first = new ArrayList<Trunk>();
        for (var trunk : config.trunks()) {
            first.add(new Trunk(trunks.takeIndex(), trunk, System.nanoTime()));
            first.getLast().secrets(TrunkSecrets.load(trunk));
            trunks.add(first.getLast());
        }
        trunks.use(first);
        var transport = DatagramTransport.best();
        var loops = transport.newLoops(config.userAgents().count(), "flashcall-agent");
        var references = new LiveReferences();
        var pump = new EventPump(listener, references);
        var background = new Background(pump, loops, SignatureThread.start(), capture);
        var agents = new ArrayList<AgentHandle>();
        TrunkLocators locators = null;
        boolean started = false;
        try {
            var factory = new AgentFactory(config, first, anySource, trace);
            for (int i = 0; i < config.userAgents().count(); i++) {
                agents.add(factory.create(i, transport, loops.next(), pump::wake));
                agents.getLast().signBy(background.signatures());
            }
            pump.start(agents.stream().map(AgentHandle::events).toList());
            locators =
                    new TrunkLocators(config.dns(), config.userAgents().local().getAddress(), trunk -> {
                        trunks.listenAnew();
                        // Each of them is told.
                        return agents.stream()
                                .map(agent -> agent.relocate(trunk, factory))
                                .reduce(true, Boolean::logicalAnd);
                    });
            locators.watch(first);
            var all = List.copyOf(agents);
            var reloads = new Reloads(config, trunks, all, factory, locators);
            var pool = new UserAgentPool(trunks, all, new Reach(locators, reloads), references, background);
            started = true;
            return pool;
        } finally {
            if (!started) {
                if (locators != null) {
                    locators.close();
                }
                release(agents, background);
            }
        }
    }

    @Override
    public ReloadReport reload(EngineConfig config) throws IOException {
        if (draining) {
            throw new IllegalStateException("the engine comes to its end: there is nothing to reload");
        }
        return reloads.reload(config);
    }

    @Override
    public List<TrunkStatus> trunks() {
        return TrunkCensus.of(trunks, agents);
    }

    @Override
    public Admission place(CallRequest request) {
        if (draining) {
            return refused(Reason.DRAINING);
        }
        placing.incrementAndGet();
        try {
            return draining ? refused(Reason.DRAINING) : admit(request);
        } finally {
            placing.decrementAndGet();
        }
    }

    /// Cheap and stateless questions first; then what has to be given back if a later one is answered with no.
    private Admission admit(CallRequest request) {
        var trunk = trunks.find(request.trunk());
        if (trunk == null) {
            return refused(Reason.UNKNOWN_TRUNK);
        }
        if (!E164.isE164(request.from()) || !E164.isE164(request.to())) {
            return refused(Reason.BAD_NUMBER);
        }
        var from = E164.parse(request.from());
        if (!trunk.config().callerIds().owns(from)) {
            return refused(Reason.CALLER_ID_NOT_OWNED);
        }
        if (!liveReferences.add(request.reference())) {
            return refused(Reason.DUPLICATE_REFERENCE);
        }
        var admission = takeChannel(request, trunk, from);
        if (admission instanceof Refused) {
            liveReferences.remove(request.reference());
            // It has left since we asked for it: another has its place, or none.
            return trunk.isLeaving() ? admit(request) : admission;
        }
        return admission;
    }

    private Admission takeChannel(CallRequest request, Trunk trunk, E164 from) {
        if (!trunk.acquireChannel()) {
            return refused(Reason.NO_CHANNEL);
        }
        var admission = takeSlot(request, trunk, from);
        if (admission instanceof Refused) {
            trunk.releaseChannel();
        }
        return admission;
    }

    private Admission takeSlot(CallRequest request, Trunk trunk, E164 from) {
        int first = Math.floorMod(turn.getAndIncrement(), agents.size());
        for (int i = 0; i < agents.size(); i++) {
            var agent = agents.get((first + i) % agents.size());
            var slot = agent.reserve();
            if (slot != null) {
                return takeTurn(request, trunk, from, agent, slot);
            }
        }
        return refused(Reason.BUSY);
    }

    private Admission takeTurn(CallRequest request, Trunk trunk, E164 from, AgentHandle agent, CallSlot slot) {
        long now = System.nanoTime();
        var closed = trunk.gate().refusal(agent.index(), now, ThreadLocalRandom.current());
        if (closed != null) {
            agent.giveBack(slot);
            return refused(closed);
        }
        long startAt = trunk.pace().reserve(now);
        if (startAt == Pace.TOO_LONG) {
            trunk.gate().guard().giveBack();
            agent.giveBack(slot);
            return refused(Reason.PACED);
        }
        long key = agent.begin(slot, plan(request, trunk, from, startAt).signed(System.nanoTime()));
        if (draining) {
            // A drain whose time was over has not waited for this one.
            agent.hangUp(key);
        }
        return new Accepted(new CallId(key));
    }

    private CallPlan plan(CallRequest request, Trunk trunk, E164 from, long startAt) {
        var to = E164.parse(request.to());
        var wire = new Wire(Digits.pack(from.digits()), Digits.pack(to.digits()), nonces.next(), nonces.next());
        var terms = trunk.terms(request.ringTime(), request.setupTimeout());
        return new CallPlan(trunk, request.reference(), wire, terms, startAt);
    }

    @Override
    public boolean hangUp(CallId call) {
        var agent = agentOf(call);
        return agent != null && agent.hangUp(call.value());
    }

    private @Nullable AgentHandle agentOf(CallId call) {
        int index = CallKey.agent(call.value());
        return index < agents.size() ? agents.get(index) : null;
    }

    @Override
    public EngineSnapshot snapshot() {
        long now = System.nanoTime();
        return new EngineSnapshot(
                agents.stream().map(AgentHandle::snapshot).toList(),
                trunks.inUse().stream()
                        .flatMap(trunk -> trunk.registrations().stream())
                        .toList(),
                trunks.inUse().stream().map(trunk -> trunk.snapshot(now)).toList(),
                refusals(),
                background.capture().counters());
    }

    @Override
    public DrainReport drain(Duration timeout) {
        long deadline = System.nanoTime() + clamped(timeout).toNanos();
        draining = true;
        awaitPlacements(deadline);
        int live = agents.stream().mapToInt(agent -> agent.calls().live()).sum();
        agents.forEach(AgentHandle::hangUpAll);
        while (!isIdle()
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return new DrainReport(live, liveCalls());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // Half-closed, an engine would owe the end of its calls: an interrupted thread closes it whole.
        boolean interrupted = Thread.interrupted();
        try {
            draining = true;
            awaitPlacements(System.nanoTime() + PLACING_NANOS);
            drain(Duration.ZERO);
            AgentHandle.leaveRegistrars(agents);
            locators.close();
            release(agents, background);
            background.capture().close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Closes sockets, delivers what is queued, ends threads. Waits for each, and keeps an interrupt for later.
    private static void release(List<AgentHandle> agents, Background background) {
        agents.forEach(AgentHandle::close);
        background.signatures().close();
        boolean interrupted = false;
        do {
            interrupted |= Thread.interrupted();
            background.pump().stop();
        } while (Thread.currentThread().isInterrupted());
        background
                .loops()
                .shutdownGracefully(0, LOOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LOOP_SECONDS, TimeUnit.SECONDS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whoever asked before the engine began to drain has its call handed over: nothing is accepted and then
    /// forgotten.
    private void awaitPlacements(long deadline) {
        while (placing.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static Duration clamped(Duration timeout) {
        if (timeout.isNegative()) {
            return Duration.ZERO;
        }
        return timeout.compareTo(LONGEST_DRAIN) < 0 ? timeout : LONGEST_DRAIN;
    }

    private boolean isIdle() {
        return agents.stream().allMatch(AgentHandle::isIdle);
    }

    private List<CallId> liveCalls() {
        return agents.stream()
                .flatMap(agent -> agent.calls().liveKeys().stream())
                .map(CallId::new)
                .toList();
    }

    private Admission refused(Reason reason) {
        refused.incrementAndGet(reason.ordinal());
        return new Refused(reason);
    }

    private Map<Reason, Long> refusals() {
        var counts = new EnumMap<Reason, Long>(Reason.class);
        for (var reason : Reason.values()) {
            counts.put(reason, refused.get(reason.ordinal()));
        }
        return counts;
    }
}
