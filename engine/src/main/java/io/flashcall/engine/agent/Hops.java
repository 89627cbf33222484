package io.flashcall.engine.agent;

import io.flashcall.engine.trunk.Target;
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

    /// A host, how requests to it are written, and how those are that a datagram does not hold.
    ///
    /// @param byTcp null where the trunk does not allow TCP there
    record Located(
            Target target, Hop.Writing writing, @Nullable Target byTcp, Hop.@Nullable Writing byTcpWriting) {}

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
        var next = new Hop[located.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = hop(line, located.get(i), now);
        }
        for (var hop : line.hops()) {
            if (!List.of(next).contains(hop)) {
                retire(hop, now);
            }
        }
        line.hops(next);
    }

    private Hop hop(TrunkLine line, Located located, long now) {
        for (var hop : line.hops()) {
            if (hop.target.isSame(located.target())) {
                return hop;
            }
        }
        var hop = open(line, located.target(), located.writing(), now);
        if (located.byTcp() != null && located.byTcpWriting() != null) {
            hop.twin(open(line, located.byTcp(), located.byTcpWriting(), now));
        }
        for (var former : line.hops()) {
            if (former.target.isSamePlace(located.target())) {
                hop.health.takeOver(former.health);
            }
        }
        return hop;
    }

    /// A new hop under a free index.
    private Hop open(TrunkLine line, Target target, Hop.Writing writing, long now) {
        int index = freeIndex(now);
        var hop = new Hop(index, line, target, writing);
        if (index == all.size()) {
            all.add(hop);
        } else {
            all.set(index, hop);
        }
        if (target.transport().isReliable()) {
            hop.by(streams.open(hop));
        } else {
            hop.writtenFrom(bound);
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

    /// Closes connections that no call can use any more.
    void tidy(long now) {
        for (var hop : all) {
            var stream = hop.stream();
            if (hop.retired && stream != null && now - hop.retiredAt > memory) {
                stream.close();
            }
        }
    }

    /// The agent ends.
    void closeStreams() {
        for (var hop : all) {
            var stream = hop.stream();
            if (stream != null) {
                stream.close();
            }
        }
    }

    private int freeIndex(long now) {
        for (var hop : all) {
            if (hop.retired && now - hop.retiredAt > memory) {
                var stream = hop.stream();
                if (stream != null) {
                    stream.close();
                }
                return hop.index;
            }
        }
        return all.size();
    }
}
