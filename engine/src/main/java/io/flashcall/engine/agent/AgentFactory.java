package io.flashcall.engine.agent;

import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.agent.AgentContext.AgentStores;
import io.flashcall.engine.agent.Hops.Located;
import io.flashcall.engine.agent.UserAgent.Rooms;
import io.flashcall.engine.auth.Authenticator;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.transaction.Timers;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.DatagramTransport;
import io.flashcall.engine.transport.DatagramTransport.Binding;
import io.flashcall.engine.trunk.Trunk;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Puts a user agent together: its socket, its templates, its tables.
final class AgentFactory {

    private static final int EXTRA_REQUESTS = 1024;

    /// Room grows on demand. Not a multiple of the slots: how many calls end within the linger is a matter of
    /// the rate.
    private static final int MOST_ENDED = 1 << 21;

    private static final long LONGEST_SPAN = 200_000_000_000L;
    private static final long HOP_MEMORY_NANOS = 600_000_000_000L;

    private final EngineConfig config;
    private final List<Trunk> trunks;
    private final TraceListener trace;
    private final AnySource anySource;
    private final Timers timers;
    private final HopFactory hops;
    private @Nullable SharedPort shared;

    AgentFactory(EngineConfig config, List<Trunk> trunks, AnySource anySource, TraceListener trace) {
        this.config = config;
        this.trunks = trunks;
        this.anySource = anySource;
        this.trace = trace;
        timers = Timers.of(config.timers());
        hops = new HopFactory(config.userAgents());
    }

    /// Binds the socket of agent `index` and starts it.
    ///
    /// @throws IOException naming the address that cannot be bound, or the trunk without a route
    AgentHandle create(int index, DatagramTransport transport, EventLoop thread, Runnable wakeConsumer)
            throws IOException {
        var local = config.userAgents().local();
        var port = sharedPort();
        var bind = port == null
                ? new InetSocketAddress(local.getAddress(), config.userAgents().port(index))
                : port.address();
        var loop = new AgentLoop(thread, port != null);
        var binding = new Binding(config.userAgents().receiveBufferBytes(), port != null);
        var io = transport.open(thread, bind, binding, loop);
        boolean started = false;
        try {
            var streams = new LinkStreams(thread, loop, local.getAddress());
            var made = assemble(index, io, streams, System.nanoTime(), wakeConsumer);
            if (port != null) {
                made.context().handOver = port.from(made.context().telemetry);
                port.join(loop);
            }
            loop.drive(made.agent(), io);
            streams.begin();
            var handle = new AgentHandle(thread, loop, made.agent(), made.calls(), io, made.context());
            started = true;
            return handle;
        } finally {
            if (!started) {
                AgentHandle.close(thread, io);
            }
        }
    }

    /// The port of all agents, once one of them has asked; null where each has its own.
    private @Nullable SharedPort sharedPort() throws IOException {
        if (shared == null && config.userAgents().sharedPort()) {
            shared = SharedPort.at(config.userAgents().local());
        }
        return shared;
    }

    /// A user agent and what others need of it.
    record Assembly(UserAgent agent, CallTable calls, Rooms rooms, AgentContext context) {}

    /// Everything but the loop: who drives the user agent, a loop or a simulation, gives it the time.
    ///
    /// @param now phase of its wheel
    Assembly assemble(int index, DatagramIo io, Streams streams, long now, Runnable wakeConsumer) throws IOException {
        int size = config.userAgents().maxCalls();
        int most = size + EXTRA_REQUESTS;
        int firstRequest = size * CallSlot.TIMERS;
        int firstStraggler = firstRequest + most * DialogTransactions.TIMERS_EACH;
        int firstServed = firstStraggler + size * Stragglers.TIMERS_EACH;
        int allTimers = firstServed + ServerTransactions.MOST * ServerTransactions.TIMERS_EACH;
        var telemetry = new AgentTelemetry();
        var hopsInUse = new Hops(memory(), io.localAddress(), streams);
        var stores = new AgentStores(
                new TimerWheel(allTimers, timers.tick(), LONGEST_SPAN, now),
                new EventQueue(config.userAgents().eventCapacity()),
                new EndedCalls(timers.linger(), MOST_ENDED, telemetry),
                new TrunkLines(hopsInUse),
                hopsInUse);
        var context =
                new AgentContext(index, timers, new Sender(io, trace, stores.lines(), telemetry), stores, telemetry);
        var requests = new DialogTransactions(context, firstRequest, most);
        var releases = new Releases(context, requests);
        var stragglers = new Stragglers(context, releases, firstStraggler, size);
        var dialogs = new Dialogs(releases, new Pracks(context, requests), stragglers);
        var calls = new CallTable(size, context, dialogs, trunks.getFirst());
        var served = new ServerTransactions(context, firstServed);
        var faults = new Faults(context);
        var peers = new PeerRequests(context, calls, served, new SecureRandom().nextLong());
        var responses = new Responses(context, calls, requests, dialogs, faults);
        var undelivered = new Undelivered(context, calls, faults);
        var rooms = new Rooms(calls, requests, stragglers, responses, served, peers, undelivered, faults);
        for (var trunk : trunks) {
            context.lines.add(line(trunk, context, now), hops.locate(index, trunk, io.localAddress()), null, now);
        }
        return new Assembly(new UserAgent(context, anySource, rooms, wakeConsumer), calls, rooms, context);
    }

    /// The hosts of a trunk as agent `index` will reach them.
    ///
    /// @param bound where its socket is bound
    /// @throws IOException naming a host without a route
    List<Located> locate(int index, Trunk trunk, InetSocketAddress bound) throws IOException {
        return hops.locate(index, trunk, bound);
    }

    /// A trunk as one user agent will use it. Any thread.
    ///
    /// @throws IOException naming the file whose secret cannot be read
    static TrunkLine line(Trunk trunk, AgentContext context, long now) throws IOException {
        var line = new TrunkLine(trunk, context.agent, authenticator(trunk), new SplittableRandom());
        var wanted = trunk.config().options().registration();
        if (wanted.isPresent()) {
            line.registration = new Registration(line, wanted.get(), context, now);
        }
        return line;
    }

    private static @Nullable Authenticator authenticator(Trunk trunk) throws IOException {
        var credentials = trunk.config().peer().credentials();
        var password = trunk.password();
        return credentials.isEmpty() || password.isEmpty()
                ? null
                : new Authenticator(credentials.get().username(), password.get());
    }

    /// A straggler may wait for Timer B, then for the final of its CANCEL, then linger; a late 2xx has a BYE, which
    /// may be challenged and sent anew.
    private Hops.Memory memory() {
        long rest = 2 * (timers.timeout() + timers.linger());
        return new Hops.Memory(HOP_MEMORY_NANOS + rest, rest + 2 * timers.timeout());
    }
}
