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
    private final Memory memory;
    private final InetSocketAddress bound;
    private final Streams streams;

    /// A host, and how requests to it are written.
    ///
    /// @param byTcp the same host for what a datagram does not hold; null where the trunk does not allow that
    record Located(
            Target target, Hop.Writing writing, @Nullable Located byTcp) {}

    /// @param whileCalls    for how many nanoseconds a hop that has retired may be named by calls, while its trunk
    /// has
    ///                      any
    /// @param afterLastCall for how many by what remains of calls: stragglers, BYEs, ended ones
    record Memory(long whileCalls, long afterLastCall) {}

    /// @param bound the agent's socket
    Hops(Memory memory, InetSocketAddress bound, Streams streams) {
        this.memory = memory;
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
                retire(hop, now + memory.whileCalls());
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
            hop.writtenFrom(bound);
        }
        return hop;
    }

    /// Its calls go on, so its connection stays for as long as they may last.
    private static void retire(Hop hop, long until) {
        hop.namedUntil = hop.retired && hop.namedUntil - until < 0 ? hop.namedUntil : until;
        hop.retired = true;
        var twin = hop.twin();
        if (twin != null) {
            retire(twin, until);
        }
    }

    /// Whether anything may still come for the hops of a trunk that has no calls any more, and will have none. The
    /// first time that this is asked, they retire.
    boolean holdAfterLastCall(TrunkLine line, long now) {
        boolean hold = false;
        for (var hop : all) {
            if (hop.line == line && !hop.gone) {
                hold = true;
                if (!line.hasRetired) {
                    retire(hop, now + memory.afterLastCall());
                }
            }
        }
        if (!line.hasRetired) {
            line.hasRetired = true;
            line.hops(new Hop[0]);
        }
        return hold;
    }

    /// Gives up those that no call can name any more, and closes their connections.
    void tidy(long now) {
        for (var hop : all) {
            if (hop.retired && !hop.gone && now - hop.namedUntil > 0) {
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
