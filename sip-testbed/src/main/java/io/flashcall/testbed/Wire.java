package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import java.util.function.BooleanSupplier;

/// The way of one call's responses: written in the behaviour's style, sent over its line, repeated until
/// acknowledged. Confined to the loop.
final class Wire {

    private final Site site;
    private final Invite invite;
    private final Behaviour behaviour;
    private final Line outbound;
    private boolean responded;
    private long firstResponseAt;

    Wire(Site site, Invite invite, Behaviour behaviour, long seed) {
        this.site = site;
        this.invite = invite;
        this.behaviour = behaviour;
        this.outbound = new Line(behaviour.impairment(), seed, site.schedule(), site.counts());
    }

    byte[] write(SipResponse response) {
        return behaviour.style().bytes(response);
    }

    /// A response to the INVITE without Contact.
    byte[] plain(int status, String toTag) {
        return write(site.responses().plain(invite.message(), invite.source(), status, toTag));
    }

    /// A response to another request of this call.
    byte[] response(SipMessage request, Origin source, int status, String toTag) {
        return write(site.responses().plain(request, source, status, toTag));
    }

    byte[] refuse(SipMessage request, Origin source, Refusal refusal) {
        return write(
                site.responses().plain(request, source, refusal.status(), "").with(refusal.fields()));
    }

    void transmit(byte[] response) {
        if (response.length == 0) {
            return;
        }
        transmit(response, Responses.destination(invite.message(), invite.source()));
    }

    /// Sends the response to another request of this call, the way that request came.
    void reply(SipMessage request, Origin source, byte[] response) {
        transmit(response, Responses.destination(request, source));
    }

    /// Sends a request of the carrier's own to where the INVITE came from.
    void request(byte[] request) {
        transmit(request, invite.source());
    }

    private void transmit(byte[] response, Origin to) {
        outbound.carry(() -> {
            if (!responded) {
                responded = true;
                firstResponseAt = System.nanoTime();
            }
            site.sockets().send(response, response.length, to, behaviour.otherPort());
        });
    }

    /// Timers G and H (RFC 3261 §17.2.1): repeats after T1, doubling up to T2, until `done`; after 64·T1 there is no
    /// more hope of an ACK, and `giveUp` runs. Over a reliable transport it only waits.
    void repeat(byte[] response, BooleanSupplier done, Runnable giveUp) {
        if (invite.source().isReliable()) {
            repeat(new byte[0], done, giveUp, site.timers().giveUp().toNanos(), System.nanoTime());
        } else {
            repeatAnswer(response, done, giveUp);
        }
    }

    /// The same for a 2xx, which is repeated over every transport: proxies may have it lossy behind them (§13.3.1.4).
    void repeatAnswer(byte[] response, BooleanSupplier done, Runnable giveUp) {
        repeat(response, done, giveUp, site.timers().t1().toNanos(), System.nanoTime());
    }

    /// The same for a reliable provisional response, over every transport (RFC 3262 §3).
    void repeatProvisional(byte[] response, BooleanSupplier done, Runnable giveUp) {
        repeat(response, done, giveUp, site.timers().t1().toNanos(), System.nanoTime());
    }

    private void repeat(byte[] response, BooleanSupplier done, Runnable giveUp, long interval, long since) {
        site.schedule().at(System.nanoTime() + interval, () -> {
            if (done.getAsBoolean()) {
                return;
            }
            if (System.nanoTime() - since >= site.timers().giveUp().toNanos()) {
                giveUp.run();
                return;
            }
            site.counts().add(Counts.Kind.REPEATED);
            transmit(response);
            repeat(
                    response,
                    done,
                    giveUp,
                    Math.min(2 * interval, site.timers().t2().toNanos()),
                    since);
        });
    }

    /// Whether any response has left.
    boolean responded() {
        return responded;
    }

    /// Whether the caller must have had the first response by now: it left long enough ago, over a perfect line.
    boolean hasSurelyArrived() {
        return responded && isLongAgo(firstResponseAt);
    }

    /// Whether what left then must have arrived by now. Never sure on a line that loses and delays.
    boolean isLongAgo(long then) {
        return behaviour.impairment().isNone()
                && System.nanoTime() - then > site.timers().grace().toNanos();
    }
}
