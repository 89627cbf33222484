package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.CallPlan;
import io.flashcall.testbed.behaviour.OnCancel;
import io.flashcall.testbed.behaviour.Step;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One INVITE and what it leads to: the server transaction of RFC 3261 §17.2.1 with RFC 6026, played by a plan.
///
/// ```
///  NEW ──INVITE──▶ PROCEEDING ──3xx-6xx──▶ COMPLETED ──ACK──▶ CONFIRMED
///                      │  │                    └──64·T1──▶ OVER
///                      │  └──2xx──▶ ACCEPTED ──each leg ACKed and released──▶ OVER
///                      └──hung up without effect, or nobody there any more──▶ OVER
/// ```
///
/// Confined to the loop.
final class Call {

    private enum State {
        /// Its INVITE has not come through the line yet.
        NEW,
        PROCEEDING,
        COMPLETED,
        CONFIRMED,
        ACCEPTED,
        OVER
    }

    private final Site site;
    private final Invite invite;
    private final Behaviour behaviour;
    private final Line inbound;
    private final Line outbound;
    private final List<Leg> legs = new ArrayList<>(2);
    private final boolean perfectLine;

    private State state = State.NEW;
    private boolean open;
    private boolean ringing;
    private boolean cancelled;
    private boolean responded;
    private long firstResponseAt;
    private long finalAt;
    private long cancelledAt;
    private long forgetAt;
    private byte[] lastProvisional = {};
    private byte[] finalResponse = {};
    private byte[] cancelResponse = {};

    Call(Site site, Invite invite, Behaviour behaviour, long seed) {
        this.site = site;
        this.invite = invite;
        this.behaviour = behaviour;
        this.perfectLine = behaviour.impairment().isNone();
        this.inbound = new Line(behaviour.impairment(), seed, site.schedule(), site.counts());
        this.outbound = new Line(behaviour.impairment(), ~seed, site.schedule(), site.counts());
        for (int i = 0; i < behaviour.plan().legs(); i++) {
            String tag = Long.toHexString(seed * 31 + i);
            legs.add(new Leg(tag, site.responses().contactUri(invite, i)));
        }
        this.forgetAt = System.nanoTime() + site.timers().giveUp().toNanos();
    }

    Invite invite() {
        return invite;
    }

    /// The line that this call's requests come over.
    Line inbound() {
        return inbound;
    }

    // ---- INVITE

    void onInvite(SipMessage message) {
        if (state == State.NEW) {
            begin();
            return;
        }
        site.counts().add(Counts.Kind.INVITES_REPEATED);
        if (!message.text().equals(invite.message().text())) {
            site.counts().violated(Rule.INVITE_REPEATED_UNCHANGED, invite.callId(), message.requestUri());
        }
        // On a perfect line the caller has had any response by now.
        boolean tooLate = perfectLine && responded && isPastGrace(firstResponseAt);
        site.judge().check(!tooLate, Rule.INVITE_REPEATS_END, invite, "state", state);
        switch (state) {
            case PROCEEDING -> transmitIfAny(lastProvisional);
            case COMPLETED -> transmitIfAny(finalResponse);
            case NEW, CONFIRMED, ACCEPTED, OVER -> {}
        }
    }

    private void begin() {
        state(State.PROCEEDING);
        open = true;
        site.counts().add(Counts.Kind.INVITES);
        site.counts().add(Counts.Kind.OPEN);
        site.judge().invite(invite);
        long now = System.nanoTime();
        List<Step> steps = behaviour.plan().steps();
        forgetAt = now + (steps.isEmpty() ? 2 * site.timers().giveUp().toNanos() : CallTable.LONGEST_RINGING_NANOS);
        for (Step step : steps) {
            if (step.afterNanos() == 0) {
                play(step);
            } else {
                site.schedule().at(now + step.afterNanos(), () -> play(step));
            }
        }
    }

    private void play(Step step) {
        boolean second = state == State.ACCEPTED && step.isAnswer() && !cancelled;
        if ((state != State.PROCEEDING && !second) || (cancelled && !isDeafToCancel())) {
            return;
        }
        Leg leg = legs.get(step.leg());
        if (step.isAnswer()) {
            answer(leg, step.status());
        } else if (step.isFinal()) {
            fail(write(site.responses().plain(invite.message(), invite.source(), step.status(), leg.tag()), step));
        } else {
            provisional(step, leg);
        }
    }

    private boolean isDeafToCancel() {
        return behaviour.plan().onCancel() == OnCancel.IGNORE;
    }

    private void provisional(Step step, Leg leg) {
        CallPlan plan = behaviour.plan();
        SipResponse response = step.status() == 100
                ? site.responses().plain(invite.message(), invite.source(), 100, "")
                : site.responses().dialog(invite, leg, step.status(), step.sdp(), plan.recordRoutes());
        lastProvisional = write(response, step);
        transmit(lastProvisional);
        if (step.status() == 180 && leg.ring()) {
            site.counts().add(Counts.Kind.RINGING);
            if (!ringing) {
                ringing = true;
                site.config().rings().onRinging(invite.called(), invite.caller());
            }
        }
    }

    private void stopRinging() {
        if (ringing) {
            ringing = false;
            site.config().rings().onRingStopped(invite.called(), invite.caller());
        }
    }

    private byte[] write(SipResponse response, Step step) {
        response.fields().addAll(step.extra());
        return behaviour.style().bytes(response);
    }

    // ---- final responses

    private void fail(byte[] response) {
        state(State.COMPLETED);
        stopRinging();
        finalResponse = response;
        finalAt = System.nanoTime();
        transmit(response);
        repeatFailureIn(site.timers().t1().toNanos());
    }

    /// Timers G and H.
    private void repeatFailureIn(long interval) {
        site.schedule().at(System.nanoTime() + interval, () -> {
            if (state != State.COMPLETED) {
                return;
            }
            if (hasGivenUp(finalAt)) {
                site.counts().violated(Rule.ACK_SENT, invite.callId(), "none for " + startLine(finalResponse));
                over();
                return;
            }
            site.counts().add(Counts.Kind.REPEATED);
            transmit(finalResponse);
            repeatFailureIn(Math.min(2 * interval, site.timers().t2().toNanos()));
        });
    }

    private void answer(Leg leg, int status) {
        state(State.ACCEPTED);
        stopRinging();
        finalAt = System.nanoTime();
        SipResponse response = site.responses()
                .dialog(invite, leg, status, true, behaviour.plan().recordRoutes());
        leg.answerWith(behaviour.style().bytes(response));
        site.counts().add(Counts.Kind.ANSWERED);
        site.counts().add(Counts.Kind.UP);
        transmit(leg.answer());
        repeatAnswerIn(leg, site.timers().t1().toNanos(), finalAt);
    }

    /// §13.3.1.4: a 2xx is repeated until its ACK comes, over UDP and reliable transports alike.
    private void repeatAnswerIn(Leg leg, long interval, long since) {
        site.schedule().at(System.nanoTime() + interval, () -> {
            if (leg.acked() || leg.released()) {
                return;
            }
            if (hasGivenUp(since)) {
                site.counts().violated(Rule.ACK_SENT, invite.callId(), "none for the 2xx with tag " + leg.tag());
                closeOpen();
                return;
            }
            site.counts().add(Counts.Kind.REPEATED);
            transmit(leg.answer());
            repeatAnswerIn(leg, Math.min(2 * interval, site.timers().t2().toNanos()), since);
        });
    }

    private boolean hasGivenUp(long since) {
        return System.nanoTime() - since >= site.timers().giveUp().toNanos();
    }

    // ---- CANCEL

    /// A CANCEL whose branch and sent-by are the INVITE's.
    void onCancel(SipMessage cancel, InetSocketAddress source, boolean atMain) {
        if (state == State.NEW) {
            site.counts().add(Counts.Kind.UNEXPECTED);
            site.counts().violated(Rule.CANCEL_AFTER_PROVISIONAL, invite.callId(), "not even the INVITE has come");
            return;
        }
        if (cancelled) {
            boolean tooLate = perfectLine && cancelResponse.length > 0 && isPastGrace(cancelledAt);
            site.judge().check(!tooLate, Rule.CANCEL_REPEATS_END, invite, "state", state);
            transmitIfAny(cancelResponse);
            return;
        }
        site.judge().cancel(invite, cancel);
        site.judge().check(responded, Rule.CANCEL_AFTER_PROVISIONAL, invite, "behaviour", behaviour);
        boolean sameWay = atMain && source.equals(invite.source());
        site.judge().check(sameWay, Rule.CANCEL_DESTINATION, invite, "from", source);
        boolean tooLate = perfectLine && finalAt != 0 && isPastGrace(finalAt);
        site.judge().check(!tooLate, Rule.CANCEL_BEFORE_FINAL, invite, "state", state);
        cancelled = true;
        cancelledAt = System.nanoTime();
        cancelNow(cancel, source);
    }

    private void cancelNow(SipMessage cancel, InetSocketAddress source) {
        Leg first = legs.getFirst();
        byte[] ok = behaviour.style().bytes(site.responses().plain(cancel, source, 200, first.tag()));
        if (state != State.PROCEEDING) {
            cancelResponse = ok;
            transmit(ok);
            return;
        }
        switch (behaviour.plan().onCancel()) {
            case TERMINATE -> {
                cancelResponse = ok;
                transmit(ok);
                fail(behaviour
                        .style()
                        .bytes(site.responses().plain(invite.message(), invite.source(), 487, first.tag())));
            }
            case ANSWER -> {
                legs.forEach(leg -> answer(leg, 200));
                cancelResponse = ok;
                transmit(ok);
            }
            case ACCEPT_ONLY -> {
                stopRinging();
                cancelResponse = ok;
                transmit(ok);
                forgetAt = cancelledAt + 2 * site.timers().giveUp().toNanos();
            }
            case IGNORE -> forgetAt = cancelledAt + 2 * site.timers().giveUp().toNanos();
        }
    }

    // ---- ACK and BYE

    /// An ACK whose branch and sent-by are the INVITE's: right for a non-2xx, wrong for a 2xx.
    void onTransactionAck(SipMessage ack) {
        switch (state) {
            case COMPLETED -> {
                site.judge().ackOfFailure(invite, legs.getFirst().tag(), ack);
                state(State.CONFIRMED);
                closeOpen();
                forgetAt = System.nanoTime() + site.timers().t4().toNanos();
            }
            case CONFIRMED, OVER -> {}
            case ACCEPTED -> onDialogAck(ack);
            case NEW, PROCEEDING -> unexpectedAck(ack);
        }
    }

    /// An ACK that shares the Call-ID and not the branch: right for a 2xx, wrong for a non-2xx.
    void onDialogAck(SipMessage ack) {
        switch (state) {
            case ACCEPTED -> {
                Leg leg = legTagged(ack);
                if (leg == Leg.NOBODY) {
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
                if (legs.stream().allMatch(each -> each.acked() || !each.answered())) {
                    closeOpen();
                }
            }
            case COMPLETED -> {
                site.judge().ackOfFailure(invite, legs.getFirst().tag(), ack);
                site.counts().add(Counts.Kind.UNEXPECTED);
            }
            case NEW, PROCEEDING, CONFIRMED, OVER -> unexpectedAck(ack);
        }
    }

    private void unexpectedAck(SipMessage ack) {
        site.counts().add(Counts.Kind.UNEXPECTED);
        site.counts().violated(Rule.ACK_EXPECTED, invite.callId(), "branch " + ack.branch() + " in state " + state);
    }

    /// A BYE with this call's Call-ID.
    void onBye(SipMessage bye, InetSocketAddress source) {
        Leg leg = legTagged(bye);
        if (leg == Leg.NOBODY) {
            site.counts()
                    .violated(
                            Rule.BYE_TO,
                            invite.callId(),
                            "no leg up has the tag " + bye.toTag().orElse("-"));
            site.counts().add(Counts.Kind.UNEXPECTED);
            transmit(behaviour.style().bytes(site.responses().plain(bye, source, 481, "")));
            return;
        }
        long now = System.nanoTime();
        if (leg.released()) {
            boolean tooLate = perfectLine && isPastGrace(leg.releasedAt());
            site.judge().check(!tooLate, Rule.BYE_REPEATS_END, invite, "tag", leg.tag());
        } else {
            site.judge().bye(invite, leg, routeSet(), bye);
            site.judge().check(leg.acked() || !perfectLine, Rule.BYE_AFTER_ACK, invite, "tag", leg.tag());
            leg.release(now);
            site.counts().add(Counts.Kind.UP, -1);
        }
        transmit(behaviour.style().bytes(site.responses().plain(bye, source, 200, "")));
        if (legs.stream().allMatch(each -> each.released() || !each.answered())) {
            closeOpen();
            forgetAt = now + site.timers().giveUp().toNanos();
        }
    }

    private Leg legTagged(SipMessage request) {
        String tag = request.toTag().orElse("");
        for (Leg leg : legs) {
            if (leg.answered() && leg.tag().equals(tag)) {
                return leg;
            }
        }
        return Leg.NOBODY;
    }

    /// Record-Route from bottom to top is what the caller's requests must carry (§12.1.2).
    private List<String> routeSet() {
        List<String> routes = new ArrayList<>();
        for (int i = behaviour.plan().recordRoutes() - 1; i >= 0; i--) {
            routes.add(site.responses().recordRoute(invite, i));
        }
        return routes;
    }

    // ---- the wire, and the end

    private void transmitIfAny(byte[] response) {
        if (response.length > 0) {
            transmit(response);
        }
    }

    private void transmit(byte[] response) {
        InetSocketAddress to = Responses.destination(invite.message(), invite.source());
        outbound.carry(() -> {
            if (!responded) {
                responded = true;
                firstResponseAt = System.nanoTime();
            }
            site.sockets().send(response, response.length, to, behaviour.otherPort());
        });
    }

    private boolean isPastGrace(long since) {
        return System.nanoTime() - since > site.timers().grace().toNanos();
    }

    /// Whether the table may forget this call; a call that has rung too long is ended first, so that none stays for
    /// ever.
    boolean isForgettable(long now) {
        if (now - forgetAt < 0 || state == State.COMPLETED) {
            return false;
        }
        boolean up = legs.stream().anyMatch(leg -> leg.answered() && !leg.released());
        if (up) {
            return false;
        }
        if (state == State.PROCEEDING && responded && !cancelled) {
            fail(behaviour
                    .style()
                    .bytes(site.responses()
                            .plain(
                                    invite.message(),
                                    invite.source(),
                                    480,
                                    legs.getFirst().tag())));
            return false;
        }
        over();
        return true;
    }

    private void over() {
        state(State.OVER);
        stopRinging();
        closeOpen();
    }

    private void closeOpen() {
        if (open) {
            open = false;
            site.counts().add(Counts.Kind.OPEN, -1);
        }
    }

    private void state(State next) {
        state = next;
    }

    private static String startLine(byte[] message) {
        return new String(message, 0, Math.min(60, message.length), StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
    }
}
