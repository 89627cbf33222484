package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Authenticator;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A trunk as one user agent uses it: its hosts, and what the carrier has been told of who we are. Confined to
/// the agent's loop.
final class TrunkLine {

    final Trunk trunk;

    /// Null where the carrier knows us by our address.
    @Nullable Authenticator authenticator;

    /// Who is told when it is gone; null while it does not leave.
    @Nullable Runnable whenGone;

    /// Whether its last call is over, and its hops wait for what may still come.
    boolean hasRetired;

    private final SplittableRandom random;
    private Hop[] hops = {};

    TrunkLine(Trunk trunk, @Nullable Authenticator authenticator, SplittableRandom random) {
        this.trunk = trunk;
        this.authenticator = authenticator;
        this.random = random;
    }

    /// @param located by priority, the best first
    void hops(Hop[] located) {
        hops = located.clone();
    }

    Hop[] hops() {
        return hops;
    }

    /// Goes on where the one stopped whose place it takes: as for its hosts, and for the nonces of a carrier that
    /// sees the same credentials.
    void takeOver(TrunkLine former) {
        if (trunk.hasCredentialsOf(former.trunk)) {
            authenticator = former.authenticator;
        }
        for (var hop : hops) {
            for (var known : former.hops) {
                if (known.target.isSamePlace(hop.target)) {
                    hop.health.takeOver(known.health);
                }
            }
        }
    }

    /// The trunk's files hold something else.
    void renew() {
        var secrets = trunk.secrets();
        var known = authenticator;
        if (known != null) {
            secrets.flatMap(TrunkSecrets::password).ifPresent(known::renew);
        }
        var tls = secrets.flatMap(TrunkSecrets::tls);
        if (tls.isPresent()) {
            for (var hop : hops) {
                hop.renew(tls.get());
            }
        }
    }

    /// Where a new call goes: by priority and weight (RFC 2782) among the hosts that take calls; where none
    /// does, the one that is least hopeless, since a wrong guess of ours must not silence a trunk.
    ///
    /// @return null when no host is known
    @Nullable Hop choose(long now) {
        var best = other(0, now);
        return best == null ? leastHopeless() : best;
    }

    /// Another host for a call, or null.
    ///
    /// @param tried the hosts that it has been to, as [#bit]s
    @Nullable Hop other(long tried, long now) {
        int from = 0;
        while (from < hops.length) {
            int to = endOfPriority(from);
            var chosen = among(from, to, tried, now);
            if (chosen != null) {
                return chosen;
            }
            from = to;
        }
        return null;
    }

    /// A host's place in a set of those that a call has been to.
    static long bit(Hop hop) {
        return 1L << (hop.index & (Long.SIZE - 1));
    }

    private int endOfPriority(int from) {
        int to = from;
        while (to < hops.length && hops[to].target.priority() == hops[from].target.priority()) {
            to++;
        }
        return to;
    }

    /// One of those from `from` to `to`, with a chance in proportion to its weight. Weight 0 counts as a
    /// little, so that it is not starved among others (RFC 2782).
    private @Nullable Hop among(int from, int to, long tried, long now) {
        long total = 0;
        for (int i = from; i < to; i++) {
            total += share(hops[i], tried, now);
        }
        if (total == 0) {
            return null;
        }
        long drawn = to - from == 1 ? 0 : random.nextLong(total);
        for (int i = from; i < to; i++) {
            drawn -= share(hops[i], tried, now);
            if (drawn < 0) {
                return hops[i];
            }
        }
        return null;
    }

    private static long share(Hop hop, long tried, long now) {
        if ((tried & bit(hop)) != 0 || !hop.isWithinReach() || !hop.health.isUsable(now)) {
            return 0;
        }
        return Math.max(1, 16L * hop.target.weight()) * hop.health.share(now);
    }

    private @Nullable Hop leastHopeless() {
        Hop best = null;
        for (var hop : hops) {
            if (!hop.isWithinReach()) {
                continue;
            }
            if (best == null || hop.health.state().compareTo(best.health.state()) < 0) {
                best = hop;
            }
        }
        return best;
    }
}
