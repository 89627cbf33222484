package io.flashcall.engine.agent;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlainE164;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.agent.AgentContext.AgentStores;
import io.flashcall.engine.agent.UserAgent.Rooms;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.NumberFormat;
import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.sip.RequestTemplate.IdentityHeaders;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Offer;
import io.flashcall.engine.sip.RequestTemplate.Options;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.transaction.Timers;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.DatagramTransport;
import io.flashcall.engine.trunk.AddressText;
import io.flashcall.engine.trunk.LocalAddress;
import io.flashcall.engine.trunk.Sources;
import io.flashcall.engine.trunk.Trunk;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts a user agent together: its socket, its templates, its tables.
final class AgentFactory {

    /// The port in the offer: nobody listens there, since no call is meant to be answered.
    private static final int MEDIA_PORT = 40_000;

    private static final int EXTRA_RELEASES = 1024;

    /// Room grows on demand. Not a multiple of the slots: how many calls end within the linger is a matter of the rate.
    private static final int MOST_ENDED = 1 << 21;

    private static final long LONGEST_SPAN = 200_000_000_000L;

    private final EngineConfig config;
    private final List<Trunk> trunks;
    private final TraceListener trace;
    private final Sources anyTrunk;
    private final Timers timers;

    AgentFactory(EngineConfig config, List<Trunk> trunks, TraceListener trace) {
        this.config = config;
        this.trunks = trunks;
        this.trace = trace;
        anyTrunk = new Sources(allSources(trunks));
        timers = Timers.of(config.timers());
    }

    /// Binds the socket of agent `index` and starts it.
    ///
    /// @throws IOException naming the address that cannot be bound, or the trunk without a route
    AgentHandle create(int index, DatagramTransport transport, EventLoop thread, Runnable wakeConsumer)
            throws IOException {
        var local = config.userAgents().local();
        var bind = new InetSocketAddress(local.getAddress(), config.userAgents().port(index));
        var loop = new AgentLoop(thread);
        var io = transport.open(thread, bind, config.userAgents().receiveBufferBytes(), loop);
        boolean started = false;
        try {
            var made = assemble(index, io, System.nanoTime(), wakeConsumer);
            loop.drive(made.agent());
            var handle = new AgentHandle(thread, loop, made.calls(), io, made.context());
            started = true;
            return handle;
        } finally {
            if (!started) {
                AgentHandle.close(thread, io);
            }
        }
    }

    /// A user agent and what others need of it.
    record Assembly(UserAgent agent, CallTable calls, Releases releases, AgentContext context) {}

    /// Everything but the loop: who drives the user agent, a loop or a simulation, gives it the time.
    ///
    /// @param now phase of its wheel
    Assembly assemble(int index, DatagramIo io, long now, Runnable wakeConsumer) throws IOException {
        int size = config.userAgents().maxCalls();
        int most = size + EXTRA_RELEASES;
        int slotTimers = size * CallSlot.TIMERS;
        int releaseTimers = most * Releases.TIMERS_EACH;
        int allTimers = slotTimers + releaseTimers + ServerTransactions.MOST * ServerTransactions.TIMERS_EACH;
        var telemetry = new AgentTelemetry();
        var sender = new Sender(io, templates(index, io.localAddress()), trunks, trace, telemetry);
        var stores = new AgentStores(
                new TimerWheel(allTimers, timers.tick(), LONGEST_SPAN, now),
                new EventQueue(config.userAgents().eventCapacity()),
                new EndedCalls(timers.linger(), MOST_ENDED, telemetry));
        var context = new AgentContext(index, timers, sender, stores, telemetry);
        var releases = new Releases(context, slotTimers, most);
        var calls = new CallTable(size, context, releases, trunks.getFirst());
        var served = new ServerTransactions(context, slotTimers + releaseTimers);
        var requests = new PeerRequests(context, calls, served, new SecureRandom().nextLong());
        var faults = new Faults(context);
        var responses = new Responses(context, trunks, calls, releases, faults);
        var rooms = new Rooms(calls, releases, responses, served, requests, faults);
        return new Assembly(new UserAgent(context, anyTrunk, rooms, wakeConsumer), calls, releases, context);
    }

    private List<RequestTemplate> templates(int index, InetSocketAddress bound) throws IOException {
        var templates = new ArrayList<RequestTemplate>();
        for (var trunk : trunks) {
            var seen = LocalAddress.towards(trunk.config().target(), bound.getAddress());
            templates.add(template(trunk, seen, advertised(index, seen, bound.getPort())));
        }
        return templates;
    }

    private static RequestTemplate template(Trunk trunk, InetAddress seen, Advertised advertised) {
        var numbers = trunk.config().numbers();
        var format = format(numbers.format());
        var target = trunk.config().target();
        var identity = new IdentityHeaders(numbers.pAssertedIdentity(), numbers.remotePartyId(), numbers.userPhone());
        String mediaHost = advertised.isAddress() ? unbracketed(advertised.host()) : AddressText.of(seen);
        return new RequestTemplate(new Parts(
                advertised.host(),
                advertised.port(),
                AddressText.literal(target.getAddress()) + ":" + target.getPort(),
                numbers.fromDomain().isEmpty() ? advertised.host() : numbers.fromDomain(),
                new Numbers(format, format),
                new Options(identity, Optional.of(new Offer(mediaHost, MEDIA_PORT)))));
    }

    /// What Via, Contact and SDP tell the peer.
    private record Advertised(String host, int port) {

        boolean isAddress() {
            return host.startsWith("[") || host.matches("[0-9.]+");
        }
    }

    private Advertised advertised(int index, InetAddress seen, int boundPort) {
        var configured = config.userAgents().advertised();
        if (configured.isEmpty()) {
            return new Advertised(AddressText.literal(seen), boundPort);
        }
        String text = configured.get(index);
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        return hasPort
                ? new Advertised(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
                : new Advertised(text, boundPort);
    }

    private static NumberFormat format(NumberPolicy.Format format) {
        return switch (format) {
            case PlusE164() -> NumberFormat.plusE164();
            case PlainE164() -> NumberFormat.e164();
            case National(String country, String national, String international) ->
                NumberFormat.national(country, national, international);
        };
    }

    private static List<Cidr> allSources(List<Trunk> trunks) {
        return trunks.stream()
                .flatMap(trunk -> trunk.config().sources().stream())
                .distinct()
                .toList();
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
