package io.flashcall.engine.agent;

import io.flashcall.engine.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/// Tells, for whoever traces datagrams, which trunk an address speaks for, and which address of ours it sees: a
/// socket on all addresses does not know. Allocates nothing. Confined to the agent's loop.
final class Correspondent {

    private final TrunkLines lines;
    private final Endpoint bound;
    private Endpoint local;
    private String trunk = "";

    /// @param lines of the agent
    /// @param bound where the agent's socket is bound
    Correspondent(TrunkLines lines, Endpoint bound) {
        this.lines = lines;
        this.bound = bound;
        local = bound;
    }

    /// Looks for whose address it is: of the trunk that lists it among its sources.
    Correspondent at(Endpoint peer) {
        String only = "";
        boolean several = false;
        Hop nearest = null;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.at(i);
            if (line.trunk.sources().contains(peer)) {
                // One that was reloaded has the name of the one whose place it takes.
                several |= !only.isEmpty() && !only.equals(line.trunk.config().name());
                only = line.trunk.config().name();
                nearest = nearer(nearest, line, peer);
            }
        }
        trunk = several ? "" : only;
        local = nearest == null ? bound : nearest.local();
        return this;
    }

    /// The host with this very address, else any that is reached over UDP: routing mostly sends from the same
    /// address.
    private static @Nullable Hop nearer(@Nullable Hop found, TrunkLine line, Endpoint peer) {
        var nearest = found;
        for (var hop : line.hops()) {
            if (hop.stream() == null && (nearest == null || isAt(hop, peer))) {
                nearest = hop;
            }
        }
        return nearest;
    }

    private static boolean isAt(Hop hop, Endpoint peer) {
        return hop.endpoint().hi() == peer.hi() && hop.endpoint().lo() == peer.lo();
    }

    /// Its name; empty when no trunk lists the address, or several do.
    String trunk() {
        return trunk;
    }

    /// Our address that it sees.
    Endpoint local() {
        return local;
    }
}
