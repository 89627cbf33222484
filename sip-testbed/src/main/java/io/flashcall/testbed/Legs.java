package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.wire.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The forks of one call, each a dialog of its own once it has answered (RFC 3261 §12.1): answers, ACK and BYE.
/// Confined to the loop.
final class Legs {

    private final Site site;
    private final Invite invite;
    private final Behaviour behaviour;
    private final Wire wire;
    private final List<Leg> legs = new ArrayList<>(2);

    Legs(Site site, Invite invite, Behaviour behaviour, Wire wire, long seed) {
        this.site = site;
        this.invite = invite;
        this.behaviour = behaviour;
        this.wire = wire;
        for (int i = 0; i < behaviour.plan().legs(); i++) {
            legs.add(new Leg(Long.toHexString(seed * 31 + i), site.responses().contactUri(invite, i)));
        }
    }

    int indexOf(Leg leg) {
        return legs.indexOf(leg);
    }

    Leg get(int index) {
        return legs.get(index);
    }

    /// The tag of responses that no fork in particular sends.
    String tag() {
        return legs.getFirst().tag();
    }

    /// @param unacknowledged runs if no ACK comes
    void answer(Leg leg, int status, Runnable unacknowledged) {
        leg.answerWith(wire.write(site.responses()
                .dialog(invite, leg, status, true, behaviour.plan().recordRoutes())));
        site.counts().add(Counts.Kind.ANSWERED);
        site.counts().add(Counts.Kind.UP);
        wire.transmit(leg.answer());
        wire.repeatAnswer(leg.answer(), () -> leg.acked() || leg.released(), () -> {
            boolean reachable = !invite.source().isGone();
            site.judge().check(!reachable, Rule.ACK_SENT, invite, "none for the 2xx with tag", leg.tag());
            unacknowledged.run();
        });
    }

    void answerAll(int status, Runnable unacknowledged) {
        legs.forEach(leg -> answer(leg, status, unacknowledged));
    }

    /// The ACK of a 2xx, known by its To tag.
    void onAck(SipMessage ack) {
        Leg leg = tagged(ack);
        if (!leg.answered()) {
            site.counts()
                    .violated(
                            Rule.ACK_TO,
                            invite.callId(),
                            "no leg has the tag " + ack.toTag().orElse("-"));
            site.counts().add(Counts.Kind.UNEXPECTED);
            return;
        }
        site.judge().ackOfAnswer(invite, leg, routeSet(), ack);
        leg.acknowledge();
    }

    void onBye(SipMessage bye, Origin source) {
        Leg leg = tagged(bye);
        if (!leg.answered()) {
            site.counts()
                    .violated(
                            Rule.BYE_TO,
                            invite.callId(),
                            "no leg up has the tag " + bye.toTag().orElse("-"));
            site.counts().add(Counts.Kind.UNEXPECTED);
            wire.reply(bye, source, wire.response(bye, source, 481, ""));
            return;
        }
        if (leg.released()) {
            boolean mayRepeat = !source.isReliable() || invite.source().isGone();
            site.judge().check(mayRepeat, Rule.RELIABLE_ONCE, invite, "again:", "BYE");
            boolean inTime =
                    !wire.isLongAgo(leg.releasedAt()) || invite.source().isGone();
            site.judge().check(inTime, Rule.BYE_REPEATS_END, invite, "tag", leg.tag());
        } else {
            Optional<Refusal> refusal = site.door().refuses(bye);
            if (refusal.isPresent()) {
                wire.reply(bye, source, wire.refuse(bye, source, refusal.get()));
                return;
            }
            site.judge().bye(invite, leg, routeSet(), bye);
            boolean mayBeLost = !behaviour.impairment().isNone();
            site.judge().check(leg.acked() || mayBeLost, Rule.BYE_AFTER_ACK, invite, "tag", leg.tag());
            leg.release(System.nanoTime());
            site.counts().add(Counts.Kind.UP, -1);
        }
        wire.reply(bye, source, wire.response(bye, source, 200, ""));
    }

    boolean allAcked() {
        return legs.stream().allMatch(leg -> leg.acked() || leg.released() || !leg.answered());
    }

    boolean anyUp() {
        return legs.stream().anyMatch(leg -> leg.answered() && !leg.released());
    }

    Leg tagged(SipMessage request) {
        String tag = request.toTag().orElse("");
        return legs.stream().filter(leg -> leg.tag().equals(tag)).findFirst().orElse(Leg.NOBODY);
    }

    /// Record-Route from bottom to top is what the caller's requests must carry (§12.1.2).
    List<String> routeSet() {
        List<String> routes = new ArrayList<>();
        for (int i = behaviour.plan().recordRoutes() - 1; i >= 0; i--) {
            routes.add(site.responses().recordRoute(invite, i));
        }
        return routes;
    }
}
