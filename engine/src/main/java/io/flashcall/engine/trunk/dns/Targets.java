package io.flashcall.engine.trunk.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Servers and the addresses of their hosts, made into targets.
final class Targets {

    /// A server with its share of the addresses that a set has room for.
    private record Place(Server server, List<InetAddress> addresses) {}

    private record Key(InetSocketAddress address, Object transport) {}

    private Targets() {}

    /// At most 32 targets, in order. What two records name at one priority has both weights; what is named at
    /// two priorities keeps the better one.
    ///
    /// @param servers   in order
    /// @param addresses of each server's host; may lack some
    static List<LocatedTarget> of(List<Server> servers, Map<String, List<InetAddress>> addresses) {
        List<Place> places = places(servers, addresses);
        int scale = places.stream().mapToInt(p -> p.addresses().size()).reduce(1, Targets::commonMultiple);
        Map<Key, LocatedTarget> targets = new LinkedHashMap<>();
        for (Place place : places) {
            for (InetAddress address : place.addresses()) {
                var target = target(place, address, scale);
                targets.merge(new Key(target.address(), target.transport()), target, Targets::merged);
            }
        }
        return targets.values().stream().sorted(IN_ORDER).toList();
    }

    private static final Comparator<LocatedTarget> IN_ORDER = Comparator.comparingInt(LocatedTarget::priority)
            .thenComparing(Comparator.comparingInt(LocatedTarget::weight).reversed());

    private static List<Place> places(List<Server> servers, Map<String, List<InetAddress>> addresses) {
        List<Place> places = new ArrayList<>();
        int room = Located.MOST_TARGETS;
        for (Server server : servers) {
            var taken = addresses.getOrDefault(server.host(), List.of()).stream()
                    .limit(room)
                    .toList();
            if (!taken.isEmpty()) {
                places.add(new Place(server, taken));
                room -= taken.size();
            }
        }
        return places;
    }

    /// No more than 5,460 for any 32 addresses, so that scaled weights, and their sum, stay an int.
    private static int commonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    private static LocatedTarget target(Place place, InetAddress address, int scale) {
        var server = place.server();
        int weight = server.weight() * (scale / place.addresses().size());
        return new LocatedTarget(
                named(server.host(), address, server.port()), server.transport(), server.priority(), weight);
    }

    /// With the host's name inside, so that nobody looks it up backwards.
    static InetSocketAddress named(String host, InetAddress address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host, address.getAddress()), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.getAddress().length + " bytes", e);
        }
    }

    private static LocatedTarget merged(LocatedTarget first, LocatedTarget second) {
        return first.priority() != second.priority()
                ? first
                : new LocatedTarget(
                        first.address(), first.transport(), first.priority(), first.weight() + second.weight());
    }
}
