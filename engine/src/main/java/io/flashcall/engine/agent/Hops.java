package io.flashcall.engine.agent;

import io.flashcall.engine.trunk.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All hops of a user agent by their index, those of the past included: an ended call remembers its hop by
/// number. An index is used again when no call can name the hop that had it. Confined to the loop.
final class Hops {

    private final List<Hop> all = new ArrayList<>();
    private final long memory;
    private final InetSocketAddress bound;
    private final Streams streams;

    /// A host, and how requests to it are written.
    ///
    /// @param seen  the address of ours that it sees
    /// @param byTcp the same host for what a datagram does not hold; null where the trunk does not allow that
    record Located(
            Target target,
            InetAddress seen,
            Hop.Writing writing,
            @Nullable Located byTcp) {}

    /// @param memoryNanos how long a call may name a hop after it has retired
    /// @param bound       the agent's socket
    Hops(long memoryNanos, InetSocketAddress bound, Streams streams) {
        memory = memoryNanos;
        this.bound = bound;
        this.streams = streams;
    }

    int size() {
        return all.size();
    }

    Hop get(int index) {
        return all.get(index);
    }

    /// Puts a trunk's hosts into use: those that it had before keep their hop, and with it connection and health.
    void relocate(TrunkLine line, List<Located> located, long now) {
        tidy(now);
        var next = new Hop[located.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = hop(line, located.get(i));
        }
        for (var hop : line.hops()) {
            if (!List.of(next).contains(hop)) {
                retire(hop, now);
            }
        }
        line.hops(next);
    }

    private Hop hop(TrunkLine line, Located located) {
        for (var hop : line.hops()) {
            if (hop.target.isSame(located.target())) {
                return hop;
            }
        }
        var hop = open(line, located);
        if (located.byTcp() != null) {
            hop.twin(open(line, located.byTcp()));
        }
        for (var former : line.hops()) {
            if (former.target.isSamePlace(located.target())) {
                hop.health.takeOver(former.health);
            }
        }
        return hop;
    }

    /// A new hop under a free index.
    private Hop open(TrunkLine line, Located located) {
        int index = freeIndex();
        var hop = new Hop(index, line, located.target(), located.writing());
        if (index == all.size()) {
            all.add(hop);
        } else {
            all.set(index, hop);
        }
        if (located.target().transport().isReliable()) {
            hop.by(streams.open(hop));
        } else {
            hop.writtenFrom(new InetSocketAddress(located.seen(), bound.getPort()));
        }
        return hop;
    }

    /// Its calls go on, so its connection stays for as long as they may last.
    private static void retire(Hop hop, long now) {
        hop.retired = true;
        hop.retiredAt = now;
        var twin = hop.twin();
        if (twin != null) {
            retire(twin, now);
        }
    }

    /// Gives up those that no call can name any more, and closes their connections.
    void tidy(long now) {
        for (var hop : all) {
            if (hop.retired && !hop.gone && now - hop.retiredAt > memory) {
                hop.gone = true;
                close(hop);
            }
        }
    }

    /// The agent ends.
    void closeStreams() {
        all.forEach(Hops::close);
    }

    private static void close(Hop hop) {
        var stream = hop.stream();
        if (stream != null) {
            stream.close();
        }
    }

    private int freeIndex() {
        for (var hop : all) {
            if (hop.gone) {
                return hop.index;
            }
        }
        return all.size();
    }
}
