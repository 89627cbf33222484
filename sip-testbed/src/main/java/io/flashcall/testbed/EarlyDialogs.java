package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Early;
import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The early dialogs of one call: reliable provisional responses of each fork, and requests within them from
/// either side. Confined to the loop.
final class EarlyDialogs {

    private final Site site;
    private final Invite invite;
    private final Early early;
    private final Legs legs;
    private final Wire wire;
    private final boolean reliable;
    private final List<Reliable> forks = new ArrayList<>(2);
    private boolean asked;

    EarlyDialogs(Site site, Invite invite, Early early, Legs legs, Wire wire) {
        this.site = site;
        this.invite = invite;
        this.early = early;
        this.legs = legs;
        this.wire = wire;
        this.reliable = Reliable.applies(early.reliability(), invite.message());
    }

    /// @param count how many forks there are
    /// @param over whether the INVITE has its final response
    /// @param unacknowledged runs if a PRACK is missing for good
    void open(int count, BooleanSupplier over, Runnable unacknowledged) {
        for (int i = 0; i < count; i++) {
            // Each fork begins somewhere else, as forks know nothing of each other.
            forks.add(new Reliable(wire, 1000L * (i + 1), over, () -> {
                boolean known =
                        Reliable.isKnownTo(invite.message()) && !invite.source().isGone();
                site.judge().check(!known, Rule.PRACK_SENT, invite, "none for a provisional of", early.reliability());
                unacknowledged.run();
            }));
        }
    }

    Optional<Refusal> refuses() {
        return Reliable.refuses(early.reliability(), invite.message());
    }

    /// Sends a provisional response above 100, reliably where that is agreed.
    void send(Leg leg, SipResponse response, Consumer<byte[]> sent) {
        SipResponse whole = response.with(early.fields());
        if (reliable) {
            forks.get(legs.indexOf(leg)).send(whole, sent);
        } else {
            byte[] bytes = wire.write(whole);
            wire.transmit(bytes);
            sent.accept(bytes);
        }
    }

    /// An answer must wait for the PRACK of what came before it (RFC 3262 §3).
    void whenQuiet(Leg leg, Runnable task) {
        forks.get(legs.indexOf(leg)).whenQuiet(task);
    }

    /// Sends what the plan has the carrier ask, once for each call.
    ///
    /// @param over whether there is no early dialog any more
    void askAll(Leg leg, BooleanSupplier over) {
        if (asked) {
            return;
        }
        asked = true;
        for (Early.Ask ask : early.asks()) {
            site.schedule().at(System.nanoTime() + ask.afterNanos(), () -> {
                if (!over.getAsBoolean()) {
                    site.asker().ask(invite, leg, ask.method(), site.responses().hostPort(invite), wire::request);
                }
            });
        }
    }

    /// PRACK, UPDATE or INFO from the caller; a repeated one is answered as before.
    void onRequest(SipMessage request, Origin source) {
        byte[] before = site.replies().to(request);
        if (before.length > 0) {
            site.judge().check(!source.isReliable(), Rule.RELIABLE_ONCE, invite, "again:", request.method());
            wire.reply(request, source, before);
            return;
        }
        Leg leg = legs.tagged(request);
        byte[] answer = answer(request, source, leg);
        site.replies().remember(request, answer);
        wire.reply(request, source, answer);
        if (legs.indexOf(leg) >= 0) {
            forks.get(legs.indexOf(leg)).proceed();
        }
    }

    private byte[] answer(SipMessage request, Origin source, Leg leg) {
        if (legs.indexOf(leg) < 0) {
            site.counts().add(Counts.Kind.UNEXPECTED);
            return wire.response(request, source, 481, "");
        }
        Optional<Refusal> refusal = site.door().refuses(request);
        if (refusal.isPresent()) {
            return wire.refuse(request, source, refusal.get());
        }
        site.judge().inDialog(invite, leg, legs.routeSet(), request);
        if (!request.method().equals("PRACK")) {
            return wire.response(request, source, 200, "");
        }
        if (!forks.get(legs.indexOf(leg)).acknowledge(invite, request)) {
            site.counts()
                    .violated(
                            Rule.PRACK_RACK,
                            invite.callId(),
                            "RAck '" + request.headerOrEmpty(HeaderName.RACK) + "' of nothing that waits");
            return wire.response(request, source, 481, "");
        }
        site.counts().add(Counts.Kind.PRACKS);
        return wire.response(request, source, 200, "");
    }
}
