package io.flashcall.engine.call;

import static io.flashcall.engine.call.FlashCall.State.*;

import io.flashcall.engine.transaction.InviteTransaction;

/// One outbound flash call: let the phone ring, then hang up before anyone answers.
///
/// ```
/// WAITING ─turn─▶ CALLING ──1xx──▶ PROCEEDING ──180──▶ RINGING ──ring time──▶ CANCELLING ──3xx-6xx──▶ ENDED
///                    │ hang up         │ setup timeout, hang up                    ▲          or none
///                    ├──▶ CANCEL_PENDING ──1xx─────────────────────────────────────┤
///                    └──▶ SILENT (setup timeout, NO_RESPONSE reported) ──1xx───────┘
///        any of these but WAITING ──2xx──▶ RELEASING (ACK and BYE for each fork) ──BYE answered──▶ ENDED
/// ```
///
/// Wherever CALLING is entered, SIGNING comes first if the call's signature is too old to be sent.
///
/// Each input is one method; each method is one `switch` expression from the current state to the next, so the
/// compiler checks that no state forgot an input. Time is an argument in nanoseconds, never read. Reports
/// exactly one [Ending], then tells its leg once that it is finished; a fault within an input leaves the state
/// as it was, so [#abort] still can. Confined to its user agent's event loop; allocates nothing; reusable after
/// `ENDED`.
public final class FlashCall implements InviteTransaction.User {

    /// Where a call stands.
    public enum State {
        /// Not in use.
        IDLE,
        /// The trunk's pace makes it wait for its turn; nothing was sent.
        WAITING,
        /// The INVITE, the first or one that is sent anew, waits for its signature; nothing of it was sent.
        SIGNING,
        /// INVITE sent, nothing came back.
        CALLING,
        /// As CALLING, but we want to hang up: the CANCEL waits for a provisional (RFC 3261 §9.1).
        CANCEL_PENDING,
        /// A provisional came, not ringing.
        PROCEEDING,
        /// The caller id is on the screen.
        RINGING,
        /// CANCEL sent, the INVITE's final awaited.
        CANCELLING,
        /// Answered: ACK and BYE sent, the BYE's answer awaited.
        RELEASING,
        /// Reported as NO_RESPONSE (or unreachable, or abandoned), kept until Timer B for what may still come.
        SILENT,
        ENDED
    }

    /// No such time.
    public static final long NEVER = Long.MIN_VALUE;

    private static final int TRYING = 100;
    private static final int FIRST_FINAL = 200;
    private static final State[] STATES = State.values();
    private static final Ending[] ENDINGS = Ending.values();

    private final CallLeg leg;

    /// Ordinals, not the enums themselves: references that are stored into what is old are the collector's work.
    private byte state;

    private byte ifCancelled;
    private CallTerms terms;
    private long placedAt;
    private long setupDue;
    private long failoverDue;
    private long earlyDue;
    private long rangAt;
    private long ringDue;
    private boolean tryingReported;
    private boolean progressed;
    private boolean hangUpReported;
    private int answerStatus;
    private boolean reported;

    public FlashCall(CallLeg leg, CallTerms terms) {
        this.leg = leg;
        this.terms = terms;
    }

    /// Takes the call up; the INVITE leaves at `startAt`, or at once if that has passed.
    public void begin(CallTerms newTerms, long startAt, long now) {
        if (!terms.equals(newTerms)) {
            terms = newTerms;
        }
        placedAt = NEVER;
        setupDue = NEVER;
        failoverDue = NEVER;
        earlyDue = NEVER;
        rangAt = NEVER;
        ringDue = NEVER;
        tryingReported = false;
        progressed = false;
        hangUpReported = false;
        answerStatus = 0;
        ifCancelledIs(Ending.ABANDONED);
        reported = false;
        enter(WAITING);
        if (startAt - now <= 0) {
            enter(start(now));
        } else {
            leg.wakeAt(startAt);
        }
    }

    @Override
    public void onProvisional(int status, long now) {
        enter(
                switch (state()) {
                    case CALLING, PROCEEDING -> hear(status, now);
                    case CANCEL_PENDING -> {
                        hearTrying(status, now);
                        hearRinging(status, now);
                        yield cancel(NEVER, now);
                    }
                    case SILENT -> cancel(NEVER, now);
                    case CANCELLING -> {
                        hearRinging(status, now);
                        yield CANCELLING;
                    }
                    case IDLE, WAITING, SIGNING, RINGING, RELEASING, ENDED -> state();
                });
    }

    /// An answer may cross our CANCEL on the wire (RFC 3261 §9.1), hence the CANCELLING case; and each fork may
    /// answer, and repeat its answer until our ACK arrives, hence RELEASING.
    @Override
    public void onAnswer(int status, long now) {
        enter(
                switch (state()) {
                    case CALLING, CANCEL_PENDING, PROCEEDING, RINGING, CANCELLING, SILENT, RELEASING ->
                        release(status, now);
                    case IDLE, WAITING, SIGNING, ENDED -> state();
                });
    }

    @Override
    public void onFailure(int status, int cause, long now) {
        enter(
                switch (state()) {
                    case CALLING, PROCEEDING -> refused(status, cause, now);
                    case RINGING -> end(Ending.RANG, status, now);
                    case CANCEL_PENDING, CANCELLING -> end(cancelled(status, cause), status, now);
                    case SILENT -> end(Ending.NO_RESPONSE, status, now);
                    case IDLE, WAITING, SIGNING, RELEASING, ENDED -> state();
                });
    }

    /// Another host, or another try, is for refusals that do not tell of the callee: whoever was alerted must not be
    /// called again, and a 503 that says by its Reason that the callee is busy is no word of the host's.
    private State refused(int status, int cause, long now) {
        var meaning = terms.refusals().of(status, cause);
        boolean ofHost = status != 503 || meaning == Ending.OVERLOADED || meaning == Ending.UNREACHABLE;
        boolean again = meaning != Ending.RANG_UNSEEN && ofHost && leg.retry(status, progressed, now);
        return again ? call(now) : end(meaning, status, now);
    }

    /// Timer B: no response at all; or no final within 64·T1 after CANCEL.
    @Override
    public void onNoFinal(long now) {
        enter(
                switch (state()) {
                    case CALLING -> failsOver(now) ? call(now) : end(silence(), 0, now);
                    case CANCEL_PENDING -> end(ifCancelled(), 0, now);
                    case CANCELLING -> end(cancelled(0, -1), 0, now);
                    case SILENT -> end(Ending.NO_RESPONSE, 0, now);
                    case IDLE, WAITING, SIGNING, PROCEEDING, RINGING, RELEASING, ENDED -> state();
                });
    }

    /// The INVITE never left, or its connection broke (RFC 3261 §17.1.1.2, transport error).
    @Override
    public void onTransportError(long now) {
        enter(
                switch (state()) {
                    case CALLING -> failsOver(now) ? call(now) : end(Ending.UNREACHABLE, 0, now);
                    case CANCEL_PENDING -> end(ifCancelled(), 0, now);
                    case SILENT -> end(Ending.NO_RESPONSE, 0, now);
                    case IDLE, WAITING, SIGNING, PROCEEDING, RINGING, CANCELLING, RELEASING, ENDED -> state();
                });
    }

    /// The network says that the INVITE did not arrive: the next host is tried at once. Without one it goes on being
    /// sent again, since this host may be about to return, until it is time to fail over.
    public void onUndelivered(long now) {
        enter(
                switch (state()) {
                    case CALLING -> failsOver(now) ? call(now) : CALLING;
                    case IDLE,
                            WAITING,
                            SIGNING,
                            CANCEL_PENDING,
                            PROCEEDING,
                            RINGING,
                            CANCELLING,
                            RELEASING,
                            SILENT,
                            ENDED -> state();
                });
    }

    /// The connection broke that the INVITE went by. What it may have started at the other end is left to the leg to
    /// cancel, once there is a connection again.
    @Override
    public void onConnectionLost(long now) {
        enter(
                switch (state()) {
                    case CALLING -> failsOver(now) ? call(now) : end(Ending.UNREACHABLE, 0, now);
                    case CANCEL_PENDING -> end(ifCancelled(), 0, now);
                    case SILENT -> end(Ending.NO_RESPONSE, 0, now);
                    case PROCEEDING -> leave(Ending.NO_RINGING, now);
                    case RINGING -> leave(Ending.RANG, now);
                    case CANCELLING -> leave(cancelled(0, -1), now);
                    case IDLE, WAITING, SIGNING, RELEASING, ENDED -> state();
                });
    }

    /// A host that the call has left for another, because it was silent, answers after all; what it has started is
    /// cancelled or released there. Where the phone rings, or was answered, its caller id has been shown: the call
    /// ends as that, and the other host's INVITE is to ring no phone again.
    public void onElsewhere(int status, long now) {
        if (status <= TRYING) {
            return;
        }
        progressed = true;
        if (status < FIRST_FINAL && ringsAfter(status) != 0) {
            return;
        }
        if (rangAt == NEVER) {
            ifCancelledIs(Ending.RANG_UNSEEN);
        }
        enter(
                switch (state()) {
                    case SIGNING -> end(Ending.RANG_UNSEEN, 0, now);
                    case CALLING -> CANCEL_PENDING;
                    case PROCEEDING -> cancel(NEVER, now);
                    case IDLE, WAITING, CANCEL_PENDING, RINGING, CANCELLING, RELEASING, SILENT, ENDED -> state();
                });
    }

    /// The time asked for with [CallLeg#wakeAt] has come.
    public void onWake(long now) {
        enter(
                switch (state()) {
                    case WAITING -> start(now);
                    case SIGNING -> isDue(setupDue, now) ? end(Ending.NO_RESPONSE, 0, now) : waitForSetup(SIGNING);
                    case CALLING -> isDue(setupDue, now) ? fallSilent(silence(), now) : moveOn(now);
                    case CANCEL_PENDING ->
                        isDue(setupDue, now) ? fallSilent(ifCancelled(), now) : waitForSetup(CANCEL_PENDING);
                    case PROCEEDING ->
                        isDue(earlyDue, now) && !isDue(setupDue, earlyDue) ? ring(183, now) : giveUp(now);
                    case RINGING -> cancel(now - ringDue, now);
                    case IDLE, CANCELLING, RELEASING, SILENT, ENDED -> state();
                });
    }

    /// The signature that the INVITE waited for is made.
    public void onSigned(long now) {
        enter(
                switch (state()) {
                    case SIGNING -> leg.sendSigned(now) ? call(now) : end(Ending.UNREACHABLE, 0, now);
                    case IDLE,
                            WAITING,
                            CALLING,
                            CANCEL_PENDING,
                            PROCEEDING,
                            RINGING,
                            CANCELLING,
                            RELEASING,
                            SILENT,
                            ENDED -> state();
                });
    }

    /// The signature that the INVITE waited for cannot be made.
    public void onUnsigned(long now) {
        enter(
                switch (state()) {
                    case SIGNING -> end(Ending.UNREACHABLE, 0, now);
                    case IDLE,
                            WAITING,
                            CALLING,
                            CANCEL_PENDING,
                            PROCEEDING,
                            RINGING,
                            CANCELLING,
                            RELEASING,
                            SILENT,
                            ENDED -> state();
                });
    }

    /// The INVITE waited for its connection for so long that its signature is too old now: nothing of it was sent.
    public void onOutdated(long now) {
        enter(
                switch (state()) {
                    case CALLING -> call(now);
                    case IDLE,
                            WAITING,
                            SIGNING,
                            CANCEL_PENDING,
                            PROCEEDING,
                            RINGING,
                            CANCELLING,
                            RELEASING,
                            SILENT,
                            ENDED -> state();
                });
    }

    /// All BYEs were answered, or given up.
    public void onReleased(long now) {
        enter(
                switch (state()) {
                    case RELEASING -> end(answered(), answerStatus, now);
                    case IDLE,
                            WAITING,
                            SIGNING,
                            CALLING,
                            CANCEL_PENDING,
                            PROCEEDING,
                            RINGING,
                            CANCELLING,
                            SILENT,
                            ENDED -> state();
                });
    }

    /// Somebody wants the call to end. A CANCEL must wait for the first provisional (RFC 3261 §9.1).
    public void hangUp(long now) {
        enter(
                switch (state()) {
                    case WAITING, SIGNING -> end(Ending.ABANDONED, 0, now);
                    case CALLING -> CANCEL_PENDING;
                    case PROCEEDING, RINGING -> cancel(NEVER, now);
                    case IDLE, CANCEL_PENDING, CANCELLING, RELEASING, SILENT, ENDED -> state();
                });
    }

    /// The engine closes, or found a fault: reports what is known, sends nothing more.
    public void abort(long now) {
        enter(
                switch (state()) {
                    case WAITING, SIGNING, CALLING, PROCEEDING, SILENT -> end(Ending.ABANDONED, 0, now);
                    case CANCEL_PENDING -> end(ifCancelled(), 0, now);
                    case RINGING -> end(Ending.RANG, 0, now);
                    case CANCELLING -> end(cancelled(0, -1), 0, now);
                    case RELEASING -> end(answered(), answerStatus, now);
                    case IDLE, ENDED -> state();
                });
    }

    public State state() {
        return STATES[state];
    }

    // Actions: each performs its effects and names the state it leads to.

    private State start(long now) {
        if (leg.isUnwanted(now)) {
            return end(Ending.OVERLOADED, 0, now);
        }
        placedAt = now;
        setupDue = now + terms.setupNanos();
        leg.reportPlaced(now);
        return leg.sendInvite(now) ? call(now) : end(Ending.UNREACHABLE, 0, now);
    }

    /// An INVITE has just been sent, the first or another one, or waits for its signature.
    private State call(long now) {
        earlyDue = NEVER;
        if (leg.isSigning()) {
            return waitForSetup(SIGNING);
        }
        failoverDue = now + terms.failoverNanos();
        leg.wakeAt(isDue(setupDue, failoverDue) ? setupDue : failoverDue);
        return CALLING;
    }

    /// The host was silent for too long. Without another one it has until the setup timeout, unless nobody is there
    /// at all.
    private State moveOn(long now) {
        if (failsOver(now)) {
            return call(now);
        }
        return leg.isUndelivered() ? fallSilent(Ending.UNREACHABLE, now) : waitForSetup(CALLING);
    }

    /// Never once a host has told of the callee, be it one that was left behind: another could ring the phone again.
    private boolean failsOver(long now) {
        return !progressed && leg.failOver(now);
    }

    private Ending silence() {
        return leg.isUndelivered() ? Ending.UNREACHABLE : Ending.NO_RESPONSE;
    }

    private State waitForSetup(State meanwhile) {
        leg.wakeAt(setupDue);
        return meanwhile;
    }

    private State hear(int status, long now) {
        progressed |= status > TRYING;
        long delay = ringsAfter(status);
        if (delay == 0) {
            return ring(status, now);
        }
        hearTrying(status, now);
        if (delay != RingRule.NEVER && earlyDue == NEVER) {
            earlyDue = now + delay;
        }
        leg.wakeAt(earlyDue == NEVER || isDue(setupDue, earlyDue) ? setupDue : earlyDue);
        return PROCEEDING;
    }

    private long ringsAfter(int status) {
        return terms.rule().ringsAfter(status, leg.sign());
    }

    private void hearTrying(int status, long now) {
        if (!tryingReported && ringsAfter(status) != 0) {
            tryingReported = true;
            leg.reportTrying(status, now);
        }
    }

    /// Ringing that crosses our CANCEL was seen all the same.
    private void hearRinging(int status, long now) {
        if (ringsAfter(status) == 0) {
            noteRinging(status, now);
        }
    }

    private void noteRinging(int status, long now) {
        if (rangAt == NEVER && !reported) {
            rangAt = now;
            leg.reportRinging(status, now - placedAt, now);
        }
    }

    private State ring(int status, long now) {
        noteRinging(status, now);
        ringDue = now + terms.ringNanos();
        if (terms.ringNanos() == 0) {
            return cancel(0, now);
        }
        leg.wakeAt(ringDue);
        return RINGING;
    }

    private State giveUp(long now) {
        ifCancelledIs(Ending.NO_RINGING);
        return cancel(NEVER, now);
    }

    private State cancel(long late, long now) {
        leg.wakeAt(NEVER);
        leg.sendCancel(now);
        reportHangingUp(late, now);
        return CANCELLING;
    }

    private State release(int status, long now) {
        leg.wakeAt(NEVER);
        leg.release(now);
        reportHangingUp(NEVER, now);
        answerStatus = status;
        return RELEASING;
    }

    private State fallSilent(Ending why, long now) {
        leg.stopInvite();
        report(why, 0, now);
        return SILENT;
    }

    /// Whoever rings there must not ring for ever.
    private State leave(Ending how, long now) {
        leg.leave(now);
        return end(how, 0, now);
    }

    private State end(Ending how, int status, long now) {
        leg.wakeAt(NEVER);
        report(how, status, now);
        leg.finished(now);
        return ENDED;
    }

    private void report(Ending how, int status, long now) {
        if (!reported) {
            reported = true;
            leg.reportEnded(how, status, now);
        }
    }

    private void reportHangingUp(long late, long now) {
        if (!hangUpReported && !reported) {
            hangUpReported = true;
            leg.reportHangingUp(rangAt == NEVER ? NEVER : now - rangAt, late, now);
        }
    }

    /// The only assignment to `state`: the place for a trace line, a counter or a breakpoint.
    private void enter(State next) {
        state = (byte) next.ordinal();
    }

    private Ending ifCancelled() {
        return ENDINGS[ifCancelled];
    }

    private void ifCancelledIs(Ending how) {
        ifCancelled = (byte) how.ordinal();
    }

    private Ending answered() {
        return rangAt == NEVER ? Ending.ANSWERED_UNSEEN : Ending.ANSWERED_AFTER_RINGING;
    }

    /// After our CANCEL a final says how it ended only where it tells that the phone rang.
    private Ending cancelled(int status, int cause) {
        if (rangAt != NEVER) {
            return Ending.RANG;
        }
        boolean rangUnseen = status != 0 && terms.refusals().of(status, cause) == Ending.RANG_UNSEEN;
        return rangUnseen ? Ending.RANG_UNSEEN : ifCancelled();
    }

    private static boolean isDue(long due, long now) {
        return due != NEVER && now - due >= 0;
    }
}
