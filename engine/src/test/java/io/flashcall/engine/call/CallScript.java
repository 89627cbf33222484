package io.flashcall.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.call.FlashCall.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A call with a scripted callee and a hand-driven clock. It plays the call's leg, writes down what the call asks
/// for, and objects at once to what no call may ever do.
final class CallScript implements CallLeg {

    static final Duration RING = Duration.ofMillis(1500);
    static final Duration SETUP = Duration.ofSeconds(12);
    static final Duration FAILOVER = Duration.ofSeconds(4);

    /// Monotonic time may be any number, and overflow.
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

    private final FlashCall call;
    private final RingRule rule;
    private int hosts;
    private boolean nowhere;
    private int credentials;
    private boolean outdated;
    private boolean signing;
    private int redirections;
    private final List<String> sent = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private long now = START;
    private long wakeAt = FlashCall.NEVER;
    private Duration loopLateness = Duration.ZERO;
    private boolean broken;
    private boolean undelivered;
    private boolean provisionalCame;
    private boolean finished;

    @Override
    public RingSign sign() {
        return RingSign.NONE;
    }

    CallScript(RingPolicy policy) {
        rule = new RingRule(policy);
        call = new FlashCall(this, terms(RING, SETUP));
    }

    private CallTerms terms(Duration ring, Duration setup) {
        return new CallTerms(rule, RefusalTable.STANDARD, ring.toNanos(), setup.toNanos(), FAILOVER.toNanos());
    }

    /// The trunk has this many more hosts.
    CallScript hosts(int more) {
        hosts = more;
        return this;
    }

    /// Of no host is anything known.
    CallScript nowhere() {
        nowhere = true;
        return this;
    }

    /// A challenge can be answered this many times.
    CallScript credentials(int times) {
        credentials = times;
        return this;
    }

    /// The signature is too old for whatever is sent next.
    CallScript outdated() {
        outdated = true;
        return this;
    }

    /// A redirection can be followed this many times.
    CallScript redirections(int times) {
        redirections = times;
        return this;
    }

    // The cast.

    CallScript callee() {
        return this;
    }

    CallScript clock() {
        return this;
    }

    CallScript caller() {
        return this;
    }

    CallScript transaction() {
        return this;
    }

    // What they do.

    CallScript places() {
        return places(RING, SETUP);
    }

    CallScript places(Duration ring, Duration setup) {
        return placesIn(Duration.ZERO, ring, setup);
    }

    /// The trunk's pace lets the call begin only then.
    CallScript placesIn(Duration wait) {
        return placesIn(wait, RING, SETUP);
    }

    private CallScript placesIn(Duration wait, Duration ring, Duration setup) {
        sent.clear();
        reports.clear();
        effects.clear();
        provisionalCame = false;
        undelivered = false;
        finished = false;
        signing = false;
        call.begin(terms(ring, setup), now + wait.toNanos(), now);
        return this;
    }

    CallScript hangsUp() {
        call.hangUp(now);
        return this;
    }

    CallScript aborts() {
        call.abort(now);
        return this;
    }

    CallScript tries() {
        return says(100);
    }

    CallScript rings() {
        return says(180);
    }

    /// Any provisional.
    CallScript says(int status) {
        provisionalCame = true;
        call.onProvisional(status, now);
        return this;
    }

    /// A host that the call has left for another says so.
    CallScript elsewhere(int status) {
        call.onElsewhere(status, now);
        return this;
    }

    CallScript answers() {
        call.onAnswer(200, now);
        return this;
    }

    CallScript rejectsWith(int status) {
        return rejectsWith(status, -1);
    }

    CallScript rejectsWith(int status, int q850) {
        call.onFailure(status, q850, now);
        return this;
    }

    /// The answer to our BYE came, or Timer F.
    CallScript confirmsBye() {
        call.onReleased(now);
        return this;
    }

    /// Timer B, or the end of the wait after CANCEL.
    CallScript givesUp() {
        call.onNoFinal(now);
        return this;
    }

    CallScript cannotSend() {
        call.onTransportError(now);
        return this;
    }

    /// ICMP said so of the last INVITE.
    CallScript isToldThatNobodyIsThere() {
        undelivered = true;
        call.onUndelivered(now);
        return this;
    }

    /// Another INVITE left, of which ICMP says nothing.
    CallScript sendsAgain() {
        undelivered = false;
        return this;
    }

    CallScript losesConnection() {
        call.onConnectionLost(now);
        return this;
    }

    /// Another signature is made.
    CallScript signs() {
        call.onSigned(now);
        return this;
    }

    CallScript cannotSign() {
        call.onUnsigned(now);
        return this;
    }

    /// There is a connection at last, and the signature of the INVITE that waited for it is too old.
    CallScript connectsLate() {
        outdated = true;
        if (call.state() == State.CALLING) {
            holdBack("INVITE");
        }
        call.onOutdated(now);
        outdated = false;
        return this;
    }

    /// From now on the INVITE cannot be sent for a fault of ours.
    CallScript breaks() {
        broken = true;
        return this;
    }

    CallScript isLateBy(Duration lateness) {
        loopLateness = lateness;
        return this;
    }

    /// Time passes, and the call is woken when it asked to be.
    CallScript passes(Duration time) {
        long until = now + time.toNanos();
        while (wakeAt != FlashCall.NEVER && wakeAt + loopLateness.toNanos() - until <= 0) {
            now = wakeAt + loopLateness.toNanos();
            wakeAt = FlashCall.NEVER;
            call.onWake(now);
        }
        now = until;
        return this;
    }

    /// The wake-up that the call asked for, or one that it did not.
    CallScript wakes() {
        if (wakeAt != FlashCall.NEVER) {
            now = wakeAt;
            wakeAt = FlashCall.NEVER;
        }
        call.onWake(now);
        return this;
    }

    // What they see.

    State state() {
        return call.state();
    }

    /// All that the call has asked of its leg since the last time it was asked, wake-ups left out.
    String effectsSinceThen() {
        String all = effects.isEmpty() ? "-" : String.join(", ", effects);
        effects.clear();
        return all;
    }

    void engineSent(String... methods) {
        assertThat(sent).as("sent").containsExactly(methods);
    }

    void engineReported(String... events) {
        assertThat(reports).as("reported").containsExactly(events);
    }

    void callEnded(Ending ending, int status) {
        assertThat(reports).as("reported").last().isEqualTo("ended " + ending + " " + status);
        callNeedsNothingMore();
    }

    void callNeedsNothingMore() {
        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(finished).as("finished").isTrue();
        assertThat(wakeAt).as("no wake-up is left").isEqualTo(FlashCall.NEVER);
    }

    void callIs(State state) {
        assertThat(call.state()).isEqualTo(state);
    }

    void nothingWakesIt() {
        assertThat(wakeAt).isEqualTo(FlashCall.NEVER);
    }

    boolean isFinished() {
        return finished;
    }

    List<String> reports() {
        return List.copyOf(reports);
    }

    // What the call asks for.

    @Override
    public boolean sendInvite(long now) {
        if (broken) {
            throw new IllegalStateException("a fault of ours");
        }
        if (nowhere) {
            return false;
        }
        sendOrHoldBack("INVITE");
        return true;
    }

    @Override
    public boolean retry(int status, boolean progressed, long now) {
        boolean challenged = status == 401 || status == 407;
        if (challenged && credentials > 0) {
            credentials--;
            sendOrHoldBack("INVITE with credentials");
            return true;
        }
        if (status / 100 == 3 && !progressed && redirections > 0) {
            redirections--;
            sendOrHoldBack("INVITE to a Contact");
            return true;
        }
        return status == 503 && !progressed && failOver(now);
    }

    @Override
    public boolean failOver(long now) {
        if (hosts == 0) {
            return false;
        }
        hosts--;
        undelivered = false;
        sendOrHoldBack("INVITE to another host");
        return true;
    }

    @Override
    public boolean isSigning() {
        return signing;
    }

    @Override
    public boolean sendSigned(long now) {
        assertThat(signing).as("an INVITE is held back").isTrue();
        signing = false;
        outdated = false;
        if (nowhere) {
            return false;
        }
        send("INVITE signed anew");
        return true;
    }

    private void sendOrHoldBack(String what) {
        provisionalCame = false;
        if (!holdBack(what)) {
            send(what);
        }
    }

    private boolean holdBack(String what) {
        if (outdated) {
            signing = true;
            effect(what + " held back");
        }
        return outdated;
    }

    @Override
    public boolean isUndelivered() {
        return undelivered;
    }

    @Override
    public void leave(long now) {
        effect("leave");
    }

    @Override
    public void stopInvite() {
        effect("stop INVITE");
    }

    @Override
    public void sendCancel(long now) {
        assertThat(provisionalCame).as("CANCEL only after a provisional").isTrue();
        assertThat(sent).as("one CANCEL").doesNotContain("CANCEL");
        send("CANCEL");
    }

    @Override
    public void release(long now) {
        send("ACK+BYE");
    }

    @Override
    public void wakeAt(long nanos) {
        assertThat(finished).as("a finished call sets no timer").isFalse();
        wakeAt = nanos;
    }

    @Override
    public void reportPlaced(long now) {
        report("placed");
    }

    @Override
    public void reportTrying(int status, long now) {
        report("trying " + status);
    }

    @Override
    public void reportRinging(int status, long untilRinging, long now) {
        report("ringing " + status + " after " + millis(untilRinging));
    }

    @Override
    public void reportHangingUp(long ringing, long late, long now) {
        report("hanging up"
                + (ringing == FlashCall.NEVER ? "" : ", rang " + millis(ringing))
                + (late == FlashCall.NEVER ? "" : ", late " + millis(late)));
    }

    @Override
    public void reportEnded(Ending ending, int status, long now) {
        report("ended " + ending + " " + status);
    }

    @Override
    public void finished(long now) {
        assertThat(finished).as("finished once").isFalse();
        assertThat(reports).as("an end before the end").last().asString().startsWith("ended");
        finished = true;
        effect("finished");
    }

    private void send(String what) {
        assertThat(finished).as("%s after the end", what).isFalse();
        sent.add(what);
        effect(what);
    }

    private void report(String event) {
        String kind = event.split(" ", -1)[0];
        assertThat(reports).as("each kind at most once").noneMatch(seen -> seen.startsWith(kind));
        assertThat(reports).as("nothing after the end").noneMatch(seen -> seen.startsWith("ended"));
        reports.add(event);
        effect(event);
    }

    private void effect(String what) {
        effects.add(what);
    }

    private static String millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + "ms";
    }
}
