package io.flashcall.engine.agent;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.sip.HostPort;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All hops of a user agent by their index, those of the past included: an ended call remembers its hop by
/// number. An index is used again when no call can name the hop that had it. Confined to the loop.
final class Hops {

    /// Hosts of one trunk that are not its own, at once.
    private static final int MOST_GUESTS = 64;

    private final List<Hop> all = new ArrayList<>();
    private final Memory memory;
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

    /// @param whileCalls    for how many nanoseconds a hop that has retired may be named by calls, while its trunk
    ///                      has any
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

    /// Puts a trunk's hosts into use: those that it had before keep their hop, and with it connection and health,
    /// whatever their rank is now.
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
        line.restIfAllAsk(now);
    }

    private Hop hop(TrunkLine line, Located located) {
        for (var hop : line.hops()) {
            if (hop.target.isSamePlace(located.target())) {
                hop.ranked(located.target());
                return hop;
            }
        }
        for (var former : all) {
            if (former.line == line && former.retired && !former.gone && former.target.isSamePlace(located.target())) {
                former.ranked(located.target());
                return revived(former);
            }
        }
        var hop = open(line, located);
        if (located.byTcp() != null) {
            hop.twin(open(line, located.byTcp()));
        }
        return hop;
    }

    /// A host that has left is back, while its connection and what is known of it are still here.
    private static Hop revived(Hop former) {
        former.retired = false;
        // Those that had retired were passed over by reloads.
        former.trunk().tls().ifPresent(former::renew);
        var twin = former.twin();
        if (twin != null) {
            twin.retired = false;
        }
        return former;
    }

    /// A new hop under a free index.
    private Hop open(TrunkLine line, Located located) {
        var hop = new Hop(freeIndex(line), line, located.target(), located.writing());
        put(hop);
        if (located.target().transport().isReliable()) {
            hop.by(streams.open(hop));
        } else {
            hop.writtenFrom(new InetSocketAddress(located.seen(), bound.getPort()));
        }
        return hop;
    }

    /// Whether a trunk may have one more guest.
    boolean hasRoom(TrunkLine line, long now) {
        return line.guests().size() < MOST_GUESTS || unvisited(line, now) != null;
    }

    /// A new hop, by UDP, to a host that a redirection named and that is not the trunk's. There must be room.
    ///
    /// @param like how requests to it are written
    Hop guest(Hop like, HostPort at, long now) {
        tidy(now);
        var line = like.line;
        var unvisited = line.guests().size() < MOST_GUESTS ? null : unvisited(line, now);
        if (unvisited != null) {
            line.guests().remove(unvisited);
            retire(unvisited, now + memory.whileCalls());
        }
        var address = new Endpoint(at.hi, at.lo, at.port).toSocketAddress();
        var hop = like.alike(freeIndex(line), new Target(address, SipTransport.UDP, 0, 0));
        put(hop);
        hop.writtenFrom(bound);
        line.guests().add(hop);
        return hop;
    }

    /// Lets a guest go where no call has been for so long that none can name it.
    void dismissGuest(TrunkLine line, long now) {
        var unvisited = unvisited(line, now);
        if (unvisited != null) {
            line.guests().remove(unvisited);
            retire(unvisited, now + memory.whileCalls());
        }
    }

    /// A guest that no call can name any more.
    private @Nullable Hop unvisited(TrunkLine line, long now) {
        for (var guest : line.guests()) {
            if (now - guest.visitedAt > memory.whileCalls()) {
                return guest;
            }
        }
        return null;
    }

    private void put(Hop hop) {
        if (hop.index == all.size()) {
            all.add(hop);
        } else {
            all.set(hop.index, hop);
        }
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

    /// If possible one by which the line's other hops can be told from it where calls note where they have been.
    private int freeIndex(TrunkLine line) {
        int any = all.size();
        for (var hop : all) {
            if (hop.gone && !isTaken(hop.index, line)) {
                return hop.index;
            }
            any = hop.gone ? hop.index : any;
        }
        return isTaken(all.size(), line) ? any : all.size();
    }

    private boolean isTaken(int index, TrunkLine line) {
        for (var hop : all) {
            if (hop.line == line && !hop.gone && TrunkLine.bit(hop) == TrunkLine.bit(index)) {
                return true;
            }
        }
        return false;
    }
}
