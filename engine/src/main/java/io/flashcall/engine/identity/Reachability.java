package io.flashcall.engine.identity;

import io.flashcall.engine.SpecialAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/// How a host becomes the address to connect to.
///
/// @param lookup finds its addresses; may block
/// @param rule   whether we may connect to one of them
record Reachability(Lookup lookup, Predicate<InetAddress> rule) {

    /// The machine's resolver, and only what everybody can reach.
    static final Reachability PUBLIC = new Reachability(InetAddress::getAllByName, SpecialAddresses::isGlobal);

    @FunctionalInterface
    interface Lookup {

        InetAddress[] addresses(String host) throws UnknownHostException;
    }
}
