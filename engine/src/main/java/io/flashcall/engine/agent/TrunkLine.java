package io.flashcall.engine.agent;

import io.flashcall.engine.SipTarget;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.auth.Authenticator;
import io.flashcall.engine.sip.HeaderLines;
import io.flashcall.engine.trunk.Standings.Host;
import io.flashcall.engine.trunk.TargetHealth;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /// Null where nobody registers.
    @Nullable Registration registration;

    /// Route lines of its INVITEs that the registrar wants; never written to once it is here.
    HeaderLines serviceRoute = new HeaderLines();

    /// Name of the carrier in lower case, for which its hosts stand; empty where it is known by its address.
    final String domain;

    private static final int PERCENT = 100;
    private static final long SEARCH_NANOS = 5_000_000_000L;

    private final int agent;
    private final SplittableRandom random;
    private final List<Hop> guests = new ArrayList<>();
    private Hop[] hops = {};
    private long searchedAt = Hop.NEVER;

    /// @param agent index of the user agent
    TrunkLine(Trunk trunk, int agent, @Nullable Authenticator authenticator, SplittableRandom random) {
        this.trunk = trunk;
        this.agent = agent;
        this.authenticator = authenticator;
        this.random = random;
        domain = domain(trunk.config());
    }

    private static String domain(TrunkConfig config) {
        String written = config.options().signalling().domain();
        var carrier = written.isEmpty() ? config.peer().target() : SipTarget.parse(written);
        return carrier.isAddress() ? "" : carrier.host().toLowerCase(Locale.ROOT);
    }

    /// @param located by priority, the best first
    void hops(Hop[] located) {
        hops = located.clone();
        trunk.gate()
                .standings()
                .put(
                        agent,
                        Arrays.stream(hops)
                                .map(hop -> new Host(hop.health, hop.load()))
                                .toList());
    }

    Hop[] hops() {
        return hops;
    }

    /// Hosts that are not the trunk's, to which redirections have led.
    List<Hop> guests() {
        return guests;
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
                    hop.load().takeOver(known.load());
                }
            }
        }
        var ours = registration;
        var theirs = former.registration;
        if (ours != null && theirs != null && registersAs(former)) {
            ours.takeOver(theirs);
        }
    }

    /// Whether both register the same address of record.
    private boolean registersAs(TrunkLine other) {
        return addressOfRecord(trunk.config()).equals(addressOfRecord(other.trunk.config()));
    }

    private static Optional<String> addressOfRecord(TrunkConfig config) {
        String domain = config.options().signalling().domain();
        String usual = domain.isEmpty() ? config.peer().target().hostAndPort() : domain;
        return config.options()
                .registration()
                .map(wanted ->
                        wanted.user() + "@" + wanted.registrar().orElse(usual).toLowerCase(Locale.ROOT));
    }

    /// Whether a registrar still knows us, as far as we know.
    boolean isRegistered() {
        return registration != null && !registration.isOver();
    }

    /// It leaves: a registrar need not know us any more, unless another line registers the same contact. By a
    /// connection each has a contact of its own.
    void unregister(Iterable<TrunkLine> all, long now) {
        var ending = registration;
        if (ending == null) {
            return;
        }
        boolean own = ending.isByConnection();
        for (var other : all) {
            if (!own && other != this && other.whenGone == null && registersAs(other)) {
                ending.handOn();
                return;
            }
        }
        ending.leave(now);
    }

    /// The trunk's files hold something else.
    void renew(long now) {
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
        var asking = registration;
        if (asking != null) {
            asking.renew(now);
        }
    }

    /// Where a new call goes: by priority and weight (RFC 2782) among the hosts that take calls; where none
    /// does, the one that is least hopeless, since a wrong guess of ours must not silence a trunk.
    /// Hosts that want calls withheld (RFC 7339) let them go to others; what all of them want withheld was not
    /// admitted.
    ///
    /// @return null when no host is known, or each has asked to be left alone
    @Nullable Hop choose(long now) {
        long passed = 0;
        for (var hop = among(0, now); hop != null; hop = among(passed, now)) {
            if (!isWithheld(hop, passed, now)) {
                return hop;
            }
            passed |= bit(hop);
        }
        return passed == 0 ? leastHopeless(now) : null;
    }

    /// Another host for a call, or null. It too may want some calls withheld.
    ///
    /// @param tried the hosts that it has been to, as [#bit]s
    @Nullable Hop other(long tried, long now) {
        long passed = tried;
        for (var hop = among(passed, now); hop != null; hop = among(passed, now)) {
            int loss = hop.load().loss(now);
            if (loss == 0 || random.nextInt(PERCENT) >= loss) {
                return hop;
            }
            passed |= bit(hop);
        }
        return null;
    }

    /// Whether the hosts themselves want no new call: those that take calls want all withheld, or there is none and
    /// each that can be reached has asked to be left alone.
    boolean wantsNone(long now) {
        boolean asked = false;
        for (var hop : hops) {
            asked |= hop.health.isBackingOff(now);
            if (share(hop, 0, now) > 0) {
                return trunk.gate().standings().withheld(agent, now) >= 1;
            }
        }
        return asked && leastHopeless(now) == null;
    }

    /// Where none of its hosts takes calls, or it has none, its name may lead elsewhere by now.
    void searchIfLost(long now) {
        if (searchedAt != Hop.NEVER && now - searchedAt < SEARCH_NANOS) {
            return;
        }
        for (var hop : hops) {
            if (hop.isWithinReach() && hop.health.isUsable(now)) {
                return;
            }
        }
        searchedAt = now;
        trunk.search();
    }

    /// A host has answered 503.
    ///
    /// @param retryAfter seconds for which it asks to be left alone; 0 or less where it does not
    void onUnavailable(Hop from, int retryAfter, long now) {
        from.health.onBackOff(retryAfter, now);
        for (var hop : hops) {
            if (hop.twin() == from) {
                hop.health.onBackOff(retryAfter, now);
            }
        }
        restIfAllAsk(now);
    }

    /// Has the whole trunk rest when each host that can be reached has asked to be left alone.
    void restIfAllAsk(long now) {
        long earliest = Hop.NEVER;
        for (var hop : hops) {
            if (hop.health.isBackingOff(now)) {
                long until = hop.health.backOffUntil();
                earliest = earliest == Hop.NEVER || until - earliest < 0 ? until : earliest;
            } else if (hop.health.reason() != TargetHealth.Reason.UNREACHABLE) {
                return;
            }
        }
        if (earliest != Hop.NEVER) {
            trunk.gate().backOff().rest(earliest, now);
        }
    }

    /// Whether this host lets a new call go to the next one. The share of calls that every host would withhold has
    /// been taken out before, so the last one withholds none, and those before it accordingly fewer.
    private boolean isWithheld(Hop hop, long passed, long now) {
        double loss = hop.load().loss(now) / (double) PERCENT;
        if (loss == 0) {
            return false;
        }
        double others = 1;
        for (var other : hops) {
            if (other != hop && share(other, passed, now) > 0) {
                others *= other.load().loss(now) / (double) PERCENT;
            }
        }
        double all = loss * others;
        return all >= 1 || random.nextDouble() < (loss - all) / (1 - all);
    }

    private @Nullable Hop among(long tried, long now) {
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
        return bit(hop.index);
    }

    /// The same of a hop that is to have this index.
    static long bit(int index) {
        return 1L << (index & (Long.SIZE - 1));
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

    /// One that has asked to be left alone is.
    private @Nullable Hop leastHopeless(long now) {
        Hop best = null;
        for (var hop : hops) {
            if (!hop.isWithinReach() || hop.health.isBackingOff(now)) {
                continue;
            }
            if (best == null || hop.health.state().compareTo(best.health.state()) < 0) {
                best = hop;
            }
        }
        return best;
    }
}
