package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.Early;
import io.flashcall.testbed.behaviour.OnCancel;
import io.flashcall.testbed.behaviour.Step;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import java.util.List;
import java.util.Optional;

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
    private final Wire wire;
    private final Legs legs;
    private final EarlyDialogs early;

    private State state = State.NEW;
    private boolean open;
    private boolean ringing;
    private boolean cancelled;
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
        this.inbound = new Line(behaviour.impairment(), seed, site.schedule(), site.counts());
        this.wire = new Wire(site, invite, behaviour, ~seed);
        this.legs = new Legs(site, invite, behaviour, wire, seed);
        this.early = new EarlyDialogs(site, invite, behaviour.plan().early(), legs, wire);
        this.forgetAt = System.nanoTime() + site.timers().giveUp().toNanos();
    }

    Invite invite() {
        return invite;
    }

    /// The line that this call's requests come over.
    Line inbound() {
        return inbound;
    }

    void onInvite(SipMessage message) {
        if (state == State.NEW) {
            begin();
            return;
        }
        site.counts().add(Counts.Kind.INVITES_REPEATED);
        boolean same = message.text().equals(invite.message().text());
        site.judge().check(same, Rule.INVITE_REPEATED_UNCHANGED, invite, "differs:", message.requestUri());
        site.judge().check(!invite.source().isReliable(), Rule.RELIABLE_ONCE, invite, "again:", "INVITE");
        site.judge().check(!wire.hasSurelyArrived(), Rule.INVITE_REPEATS_END, invite, "state", state);
        switch (state) {
            case PROCEEDING -> wire.transmit(lastProvisional);
            case COMPLETED -> wire.transmit(finalResponse);
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
        early.open(behaviour.plan().legs(), this::isDecided, () -> fail(wire.plain(500, legs.tag())));
        if (breaksAt(Early.Reset.INVITE)) {
            return;
        }
        Optional<Refusal> refusal = site.door().refuses(invite.message()).or(early::refuses);
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
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

    private void refuse(Refusal refusal) {
        fail(wire.write(site.responses()
                .plain(invite.message(), invite.source(), refusal.status(), legs.tag())
                .with(refusal.fields())));
    }

    private void play(Step step) {
        boolean anotherAnswer = state == State.ACCEPTED && step.isAnswer();
        boolean deafToCancel = behaviour.plan().onCancel() == OnCancel.IGNORE;
        if ((state != State.PROCEEDING && !anotherAnswer) || (cancelled && !deafToCancel)) {
            return;
        }
        Leg leg = legs.get(step.leg());
        if (step.isAnswer()) {
            early.whenQuiet(leg, () -> answer(step, leg));
        } else if (step.isFinal()) {
            SipResponse response = site.responses().plain(invite.message(), invite.source(), step.status(), leg.tag());
            var worded = step.phrase().isEmpty() ? response : response.withPhrase(step.phrase());
            fail(wire.write(worded.with(site.responses().filled(invite, step.extra()))));
        } else {
            provisional(step, leg);
        }
    }

    private void answer(Step step, Leg leg) {
        if (state == State.ACCEPTED || !isDecided()) {
            answered();
            legs.answer(leg, step.status(), this::closeOpen);
            breaksAt(Early.Reset.ANSWER);
        }
    }

    /// Whether no early dialog is left: a final response has been sent, or a CANCEL obeyed.
    private boolean isDecided() {
        return state != State.PROCEEDING || (cancelled && behaviour.plan().onCancel() != OnCancel.IGNORE);
    }

    private void provisional(Step step, Leg leg) {
        if (step.status() == 100) {
            lastProvisional = wire.plain(100, "");
            wire.transmit(lastProvisional);
            breaksAt(Early.Reset.TRYING);
            return;
        }
        SipResponse response = site.responses()
                .dialog(invite, leg, step.status(), step.sdp(), behaviour.plan().recordRoutes());
        early.send(leg, response.with(step.extra()), bytes -> {
            lastProvisional = bytes;
            early.askAll(leg, this::isDecided);
            if (step.status() == 180) {
                rang(leg);
            } else {
                breaksAt(Early.Reset.PROGRESS);
            }
        });
    }

    private void rang(Leg leg) {
        if (leg.ring()) {
            site.counts().add(Counts.Kind.RINGING);
            if (!ringing) {
                ringing = true;
                site.config().rings().onRinging(invite.called(), invite.caller());
            }
        }
        breaksAt(Early.Reset.RINGING);
    }

    /// Resets the connection if the plan has it break at this moment.
    private boolean breaksAt(Early.Reset moment) {
        boolean breaks = behaviour.plan().early().reset() == moment;
        if (breaks) {
            invite.source().reset();
        }
        return breaks;
    }

    /// PRACK, UPDATE or INFO.
    void onRequest(SipMessage request, Origin source) {
        early.onRequest(request, source);
    }

    private void stopRinging() {
        if (ringing) {
            ringing = false;
            site.config().rings().onRingStopped(invite.called(), invite.caller());
        }
    }

    private void fail(byte[] response) {
        state(State.COMPLETED);
        stopRinging();
        finalResponse = response;
        finalAt = System.nanoTime();
        wire.transmit(response);
        breaksAt(Early.Reset.REFUSAL);
        wire.repeat(response, () -> state != State.COMPLETED, () -> {
            boolean reachable = !invite.source().isGone();
            site.judge().check(!reachable, Rule.ACK_SENT, invite, "none for the final response of", behaviour);
            over();
        });
    }

    private void answered() {
        state(State.ACCEPTED);
        stopRinging();
        finalAt = System.nanoTime();
    }

    /// A CANCEL whose branch and sent-by are the INVITE's.
    void onCancel(SipMessage cancel, Origin source) {
        if (state == State.NEW) {
            site.counts().add(Counts.Kind.UNEXPECTED);
            site.counts().violated(Rule.CANCEL_AFTER_PROVISIONAL, invite.callId(), "not even the INVITE has come");
            return;
        }
        if (cancelled) {
            // What may have been lost with the connection may come again by another.
            boolean mayRepeat = !source.isReliable() || invite.source().isGone();
            site.judge().check(mayRepeat, Rule.RELIABLE_ONCE, invite, "again:", "CANCEL");
            boolean tooLate = cancelResponse.length > 0
                    && wire.isLongAgo(cancelledAt)
                    && !invite.source().isGone();
            site.judge().check(!tooLate, Rule.CANCEL_REPEATS_END, invite, "state", state);
            wire.transmit(cancelResponse);
            return;
        }
        site.judge().cancel(invite, cancel);
        site.judge().check(wire.responded(), Rule.CANCEL_AFTER_PROVISIONAL, invite, "behaviour", behaviour);
        boolean sameWay = source.equals(invite.source()) || invite.source().isGone();
        site.judge().check(sameWay, Rule.CANCEL_DESTINATION, invite, "from", source);
        boolean tooLate = finalAt != 0 && wire.isLongAgo(finalAt);
        site.judge().check(!tooLate, Rule.CANCEL_BEFORE_FINAL, invite, "state", state);
        cancelled = true;
        cancelledAt = System.nanoTime();
        breaksAt(Early.Reset.CANCEL);
        obey(wire.response(cancel, source, 200, legs.tag()));
    }

    private void obey(byte[] ok) {
        OnCancel reaction = state == State.PROCEEDING ? behaviour.plan().onCancel() : OnCancel.ACCEPT_ONLY;
        switch (reaction) {
            case TERMINATE -> {
                confirmCancel(ok);
                fail(wire.plain(487, legs.tag()));
            }
            case ANSWER -> {
                answered();
                legs.answerAll(200, this::closeOpen);
                confirmCancel(ok);
            }
            case ACCEPT_ONLY -> confirmCancel(ok);
            case IGNORE -> {}
        }
        if (state == State.PROCEEDING) {
            // Nothing more will come of it: remembered as long as the caller may still be waiting.
            forgetAt = cancelledAt + 2 * site.timers().giveUp().toNanos();
        }
    }

    private void confirmCancel(byte[] ok) {
        stopRinging();
        cancelResponse = ok;
        wire.transmit(ok);
    }

    /// An ACK whose branch and sent-by are the INVITE's: right for a non-2xx, wrong for a 2xx.
    void onTransactionAck(SipMessage ack) {
        switch (state) {
            case COMPLETED -> {
                site.judge().ackOfFailure(invite, legs.tag(), ack);
                state(State.CONFIRMED);
                closeOpen();
                forgetAt = System.nanoTime() + site.timers().t4().toNanos();
            }
            case CONFIRMED, OVER -> {}
            case ACCEPTED, NEW, PROCEEDING -> onDialogAck(ack);
        }
    }

    /// An ACK that shares the Call-ID and not the branch: right for a 2xx, wrong for a non-2xx.
    void onDialogAck(SipMessage ack) {
        switch (state) {
            case ACCEPTED -> {
                legs.onAck(ack);
                if (legs.allAcked()) {
                    closeOpen();
                }
            }
            case COMPLETED -> {
                site.judge().ackOfFailure(invite, legs.tag(), ack);
                site.counts().add(Counts.Kind.UNEXPECTED);
            }
            case NEW, PROCEEDING, CONFIRMED, OVER -> {
                site.counts().add(Counts.Kind.UNEXPECTED);
                site.counts().violated(Rule.ACK_EXPECTED, invite.callId(), "branch " + ack.branch() + " in " + state);
            }
        }
    }

    /// A BYE with this call's Call-ID.
    void onBye(SipMessage bye, Origin source) {
        legs.onBye(bye, source);
        if (state == State.ACCEPTED && !legs.anyUp()) {
            closeOpen();
            forgetAt = System.nanoTime() + site.timers().giveUp().toNanos();
        }
    }

    /// Whether the table may forget this call; one that has rung too long is ended first, so that none stays for
    /// ever.
    boolean isForgettable(long now) {
        if (now - forgetAt < 0 || state == State.COMPLETED || legs.anyUp()) {
            return false;
        }
        if (state == State.PROCEEDING && wire.responded() && !cancelled) {
            fail(wire.plain(480, legs.tag()));
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
}
