package io.flashcall.engine.agent;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.sip.Contacts;
import io.flashcall.engine.sip.HostPort;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.TargetUri;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import org.jspecify.annotations.Nullable;

/// Decides where a 3xx sends a call (RFC 3261 §8.1.3.4): to the Contact of the highest `q`, and of those the first,
/// that names a host of the trunk or one that its policy allows, and that the call has not been sent to.
///
/// Nothing is looked up. The trunk's own name stands for the trunk's hosts; an address is a hop that the trunk has,
/// or one made for it, by UDP. Confined to the loop.
final class Redirects {

    private static final int USE_PROXY = 305;
    private static final int ALTERNATIVE_SERVICE = 380;

    /// Contacts looked at; more are ignored.
    private static final int MOST_CONTACTS = 16;

    private final Hops hops;
    private final AgentTelemetry telemetry;
    private final Contacts contacts = new Contacts();
    private final HostPort address = new HostPort();
    private final HostPort bestAddress = new HostPort();
    private final TargetUri best = new TargetUri();
    private @Nullable Hop bestHop;
    private @Nullable Hop found;
    private boolean byAddress;
    private boolean bestByAddress;

    Redirects(Hops hops, AgentTelemetry telemetry) {
        this.hops = hops;
        this.telemetry = telemetry;
    }

    /// Whether a Contact of such a response is where the callee is. That of a 305 is a proxy, and a 380 offers
    /// something else than a call.
    static boolean isFollowed(int status) {
        return status >= 300 && status < 400 && status != USE_PROXY && status != ALTERNATIVE_SERVICE;
    }

    /// The next hop of a call, or null where the response leads nowhere.
    ///
    /// @param trail of the call
    /// @param from  where its INVITE went
    @Nullable Hop choose(ResponseView response, RedirectTrail trail, Hop from, long now) {
        var policy = from.trunk().config().options().redirects();
        if (policy.isEmpty() || trail.followed() >= policy.get().most()) {
            return null;
        }
        best.clear();
        int bestQ = -1;
        contacts.wrap(response);
        for (int i = 0; i < MOST_CONTACTS && contacts.next(); i++) {
            if (!contacts.isUsable() || trail.has(contacts.hash()) || !leadsSomewhere(from, now)) {
                telemetry.count(Metric.CONTACTS_IGNORED);
            } else if (contacts.q() > bestQ) {
                bestQ = contacts.q();
                contacts.copyTo(best);
                bestHop = found;
                bestByAddress = byAddress;
                bestAddress.copyFrom(address);
            }
        }
        return best.isEmpty() ? null : visit(from, now);
    }

    private @Nullable Hop visit(Hop from, long now) {
        var like = likeFor(from);
        if (bestHop == null && like != null) {
            bestHop = hops.guest(like, bestAddress, now);
        }
        if (bestHop != null) {
            bestHop.visitedAt = now;
        }
        return bestHop;
    }

    /// The call goes to the Contact that was chosen last.
    void takeUp(WireIdentity id, RedirectTrail trail) {
        telemetry.count(Metric.REDIRECTS_FOLLOWED);
        id.target.copyFrom(best);
        trail.add(best.hash(), bestByAddress);
    }

    /// Finds the hop of the Contact at hand, or that there may be one.
    private boolean leadsSomewhere(Hop from, long now) {
        byAddress = contacts.address(address);
        if (byAddress) {
            found = known(from.line);
            return found != null ? isUsable(found, now) : mayBeGuest(from, now);
        }
        found = contacts.isAt(from.line.domain) ? named(from, now) : null;
        return found != null;
    }

    private static boolean isUsable(Hop hop, long now) {
        return hop.isWithinReach() && hop.health.isUsable(now);
    }

    /// Of the trunk's hosts, the one that has redirected if it serves, since it was chosen by weight.
    private @Nullable Hop named(Hop from, long now) {
        if (serves(from) && isUsable(from, now)) {
            return from;
        }
        for (var hop : from.line.hops()) {
            if (serves(hop) && isUsable(hop, now)) {
                return hop;
            }
        }
        return null;
    }

    private boolean serves(Hop hop) {
        boolean portServes =
                contacts.port() < 0 || contacts.port() == hop.endpoint().port();
        return portServes && (!contacts.namesTransport() || contacts.allows(parameter(hop)));
    }

    private @Nullable Hop known(TrunkLine line) {
        for (var hop : line.hops()) {
            if (isThere(hop)) {
                return hop;
            }
            var twin = hop.twin();
            if (twin != null && isThere(twin)) {
                return twin;
            }
        }
        for (var guest : line.guests()) {
            if (isThere(guest)) {
                return guest;
            }
        }
        return null;
    }

    private boolean isThere(Hop hop) {
        var endpoint = hop.endpoint();
        return endpoint.hi() == address.hi
                && endpoint.lo() == address.lo
                && endpoint.port() == address.port
                && contacts.allows(parameter(hop));
    }

    /// Connections are made to the trunk's own hosts alone.
    private boolean mayBeGuest(Hop from, long now) {
        var like = likeFor(from);
        return like != null
                && contacts.allows(SipTransport.UDP.parameter())
                && like.endpoint().isV4() == address.isV4()
                && from.trunk().mayRedirectTo(address.hi, address.lo)
                && hops.hasRoom(from.line, now);
    }

    /// A hop by UDP, whose requests say where answers reach us.
    private static @Nullable Hop likeFor(Hop from) {
        if (!from.isReliable()) {
            return from;
        }
        for (var hop : from.line.hops()) {
            if (!hop.isReliable()) {
                return hop;
            }
        }
        return null;
    }

    private static String parameter(Hop hop) {
        return hop.target.transport().parameter();
    }
}
