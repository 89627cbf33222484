package io.flashcall.engine.agent;

import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlainE164;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.agent.Hops.Located;
import io.flashcall.engine.sip.CallerLines;
import io.flashcall.engine.sip.CallerLines.Charging;
import io.flashcall.engine.sip.CallerLines.Diversion;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.sip.NumberFormat;
import io.flashcall.engine.sip.Peering;
import io.flashcall.engine.sip.Peering.Reliable;
import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.sip.RequestTemplate.Account;
import io.flashcall.engine.sip.RequestTemplate.IdentityHeaders;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Offer;
import io.flashcall.engine.sip.RequestTemplate.Options;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import io.flashcall.engine.trunk.AddressText;
import io.flashcall.engine.trunk.LocalAddress;
import io.flashcall.engine.trunk.Target;
import io.flashcall.engine.trunk.TargetSet;
import io.flashcall.engine.trunk.Trunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works out how user agents reach the hosts of a trunk, and how requests to them are written. Any thread.
final class HopFactory {

    /// The port in the offer: nobody listens there, since no call is meant to be answered.
    private static final int MEDIA_PORT = 40_000;

    private static final Logger LOG = LoggerFactory.getLogger(HopFactory.class);

    private final UserAgentConfig agents;

    /// Hosts without a route, which the log has been told of.
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    HopFactory(UserAgentConfig agents) {
        this.agents = agents;
    }

    /// The hosts of a trunk as agent `index` will reach them.
    ///
    /// @param bound where its socket is bound
    /// @throws IOException naming the host, when there is but one and it has no route; one of several is left out
    List<Located> locate(int index, Trunk trunk, InetSocketAddress bound) throws IOException {
        var located = new ArrayList<Located>();
        var all = trunk.targets().targets();
        for (var target : all) {
            String place = index + " " + trunk.config().name() + " " + target;
            InetAddress seen;
            try {
                seen = LocalAddress.towards(target.address(), bound.getAddress());
            } catch (IOException e) {
                if (all.size() == 1) {
                    throw e;
                }
                if (leftOut.add(place)) {
                    LOG.warn("trunk {}: {} is left out: {}", trunk.config().name(), target, e.getMessage());
                }
                continue;
            }
            leftOut.remove(place);
            var writing = writing(index, trunk, target, seen);
            located.add(new Located(target, seen, writing, byTcp(index, trunk, target, seen)));
        }
        return located;
    }

    /// The same host for what a datagram does not hold (RFC 3261 §18.1.1).
    private @Nullable Located byTcp(int index, Trunk trunk, Target target, InetAddress seen) {
        boolean allowed = target.transport() == SipTransport.UDP
                && trunk.config().peer().transports().contains(SipTransport.TCP);
        if (!allowed) {
            return null;
        }
        var twin = new Target(target.address(), SipTransport.TCP, target.priority(), target.weight());
        return new Located(twin, seen, writing(index, trunk, twin, seen), null);
    }

    private Hop.Writing writing(int index, Trunk trunk, Target target, InetAddress seen) {
        return local -> target.transport().isReliable()
                ? template(trunk, target, local.getAddress(), streamed(index, local))
                : template(trunk, target, seen, advertised(index, seen, local.getPort()));
    }

    private static RequestTemplate template(Trunk trunk, Target target, InetAddress seen, Advertised advertised) {
        var numbers = trunk.config().numbers();
        var format = format(numbers.format());
        var identity = new IdentityHeaders(
                numbers.pAssertedIdentity(),
                numbers.remotePartyId(),
                numbers.userPhone(),
                callerLines(trunk.config().options().callerHeaders()));
        String mediaHost = advertised.isAddress() ? unbracketed(advertised.host()) : AddressText.of(seen);
        return new RequestTemplate(new Parts(
                advertised.host(),
                advertised.port(),
                host(trunk, target),
                numbers.fromDomain().isEmpty() ? advertised.host() : numbers.fromDomain(),
                new Numbers(format, format),
                new Options(
                        identity,
                        Optional.of(new Offer(mediaHost, MEDIA_PORT)),
                        peering(trunk, target),
                        account(trunk, target))));
    }

    /// Whom REGISTERs are for. The port belongs to the Request-URI alone: an address of record has none (RFC 3261
    /// §10.2).
    private static Optional<Account> account(Trunk trunk, Target target) {
        return trunk.config().options().registration().map(wanted -> {
            String registrar = wanted.registrar().orElseGet(() -> host(trunk, target));
            return new Account(wanted.user(), SipTarget.parse(registrar).host(), registrar);
        });
    }

    /// What Via, Contact and SDP tell the peer.
    private record Advertised(String host, int port) {

        boolean isAddress() {
            return host.startsWith("[") || host.matches("[0-9.]+");
        }
    }

    private Advertised advertised(int index, InetAddress seen, int boundPort) {
        var configured = agents.advertised(index);
        if (configured.isEmpty()) {
            return new Advertised(AddressText.literal(seen), boundPort);
        }
        String text = configured.get();
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        return hasPort
                ? new Advertised(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
                : new Advertised(text, boundPort);
    }

    /// Of a connection, whose port is its own: by it a peer finds the connection again (RFC 5923).
    private Advertised streamed(int index, InetSocketAddress local) {
        return new Advertised(
                advertised(index, local.getAddress(), local.getPort()).host(), local.getPort());
    }

    private static NumberFormat format(NumberPolicy.Format format) {
        return switch (format) {
            case PlusE164() -> NumberFormat.plusE164();
            case PlainE164() -> NumberFormat.e164();
            case National(String country, String national, String international) ->
                NumberFormat.national(country, national, international);
        };
    }

    private static CallerLines callerLines(CallerHeaders wanted) {
        return new CallerLines(
                wanted.pPreferredIdentity(),
                wanted.privacy().map(HopFactory::token),
                wanted.diversion()
                        .map(from -> new Diversion(Digits.pack(from.number().digits()), token(from.reason()))),
                wanted.chargingVector().map(vector -> new Charging(vector.origIoi(), vector.generatedAt())));
    }

    /// `TIME_OF_DAY` is `time-of-day` on the wire.
    private static String token(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Peering peering(Trunk trunk, Target target) {
        var wanted = trunk.config().options().signalling();
        var reliable = switch (wanted.reliability()) {
            case OFF -> Reliable.OFF;
            case SUPPORTED -> Reliable.SUPPORTED;
            case REQUIRED -> Reliable.REQUIRED;
        };
        var routes = wanted.routes().stream().map(route -> "<" + route + ">").toList();
        boolean overload = trunk.config().options().overloadControl();
        return new Peering(target.transport().name(), reliable, routes, lines(trunk), overload);
    }

    private static List<String> lines(Trunk trunk) {
        var lines = new ArrayList<>(trunk.config().options().signalling().headers());
        if (trunk.config().calls().ringPolicy() instanceof RingPolicy.EarlyMedia) {
            lines.add("P-Early-Media: supported");
        }
        return lines;
    }

    /// A name stands as it is configured, whatever host it leads to (RFC 3263 §4); an address with its port.
    private static String host(Trunk trunk, Target target) {
        String domain = trunk.config().options().signalling().domain();
        if (!domain.isEmpty()) {
            return domain;
        }
        var carrier = trunk.config().peer().target();
        boolean named = TargetSet.of(carrier).isEmpty();
        var address = target.address();
        return named ? carrier.hostAndPort() : AddressText.literal(address.getAddress()) + ":" + address.getPort();
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
