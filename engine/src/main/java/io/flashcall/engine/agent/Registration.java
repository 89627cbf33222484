package io.flashcall.engine.agent;

import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.auth.Authenticator.Verdict;
import io.flashcall.engine.sip.RegisterAnswer;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one user agent registered with one trunk's carrier (RFC 3261 §10). A round asks the trunk's hosts one after
/// the other until one takes the registration; after a round that failed there is a pause. Confined to the agent's
/// loop.
final class Registration {

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    /// Of 423s in one round: an honest registrar says it once.
    private static final int MOST_WISHES = 2;

    /// After a connection that lasted less there is a pause.
    private static final long SHORT_LIVED_NANOS = 30 * RegistrationPauses.SECOND;

    private final TrunkLine line;
    private final AgentContext context;
    private final RegisterRequest request;
    private final RegistrationPauses pauses = new RegistrationPauses(new SplittableRandom());
    private final Standing standing;
    private final ServiceRoute route;
    private int wish;
    private long due;
    private boolean left;

    // Of the binding, while there is one.
    private @Nullable Hop bound;
    private long boundSince;
    private long boundUntil;
    private boolean strayed;

    // Of the round.
    private long tried;
    private int wishes;
    private int retryAfter;
    private boolean renewed;

    /// @param now when the first round is due
    Registration(TrunkLine line, RegistrationConfig config, AgentContext context, long now) {
        this.line = line;
        this.context = context;
        request = new RegisterRequest(context, line.trunk.index());
        standing = new Standing(line.trunk, context.agent);
        route = new ServiceRoute(line);
        wish = (int) config.expires().toSeconds();
        due = now;
    }

    /// Whether it is bound by a connection, or may be: then the contact is that connection's.
    boolean isByConnection() {
        var hop = request.isPending() ? request.hop() : bound;
        return hop != null && hop.isReliable();
    }

    /// Whether nothing is to be done any more: we have left.
    boolean isOver() {
        return left && !request.isPending();
    }

    /// Does what time has brought.
    void run(long now) {
        if (standing.is(State.REGISTERED) && now - boundUntil >= 0) {
            unbind();
            standing.enter(State.UNREGISTERED, "it has expired");
        }
        if (bound != null && bound.retired && !strayed) {
            // The carrier has moved: so does the registration, once.
            strayed = true;
            due = now;
        }
        if (request.isPending()) {
            if (request.run(now)) {
                onNoUse("no answer from " + place(), now);
            }
        } else if (!left && now - due >= 0) {
            begin(now);
        }
    }

    private void begin(long now) {
        request.forgetRefusals();
        tried = 0;
        wishes = 0;
        retryAfter = 0;
        renewed = false;
        var first = bound != null && isFit(bound, now) ? bound : line.choose(now);
        if (first == null) {
            wait("no host of it is within reach");
        } else if (!first.isUp()) {
            wait("a connection is being made");
        } else {
            ask(first, now);
        }
    }

    private static boolean isFit(Hop hop, long now) {
        return !hop.retired && hop.isUp() && hop.health.isUsable(now);
    }

    /// Nothing can be sent yet; it is looked at again soon.
    private void wait(String why) {
        if (standing.is(State.UNREGISTERED)) {
            standing.say(why);
        }
    }

    private void ask(Hop hop, long now) {
        tried |= TrunkLine.bit(hop);
        if (standing.is(State.UNREGISTERED)) {
            standing.enter(State.REGISTERING, "asks " + hop.target);
        }
        request.send(hop, wish, now);
    }

    /// The host that was asked is of no use: the next one, or a pause (RFC 3263 §4.3).
    private void onNoUse(String reason, long now) {
        if (left) {
            request.abandon();
            return;
        }
        for (var next = line.other(tried, now); next != null; next = line.other(tried, now)) {
            if (next.isUp()) {
                LOG.info("trunk {}: the registration goes to {}: {}", name(), next.target, reason);
                ask(next, now);
                return;
            }
            tried |= TrunkLine.bit(next);
        }
        fail(reason, now);
    }

    private void fail(String reason, long now) {
        context.telemetry.count(Metric.REGISTERS_FAILED);
        due = now + Math.max(pauses.afterFailure(), retryAfter * RegistrationPauses.SECOND);
        if (standing.is(State.REGISTERED)) {
            LOG.warn("trunk {}: the registration is not renewed yet: {}", name(), reason);
            standing.say("not renewed yet: " + reason);
        } else {
            standing.enter(State.UNREGISTERED, reason);
        }
    }

    /// The registrar knows what it refuses: other hosts would say the same.
    private void reject(String reason, long now) {
        context.telemetry.count(Metric.REGISTERS_FAILED);
        long pause = Math.max(pauses.afterRejection(), retryAfter * RegistrationPauses.SECOND);
        due = renewed ? now : now + pause;
        unbind();
        standing.enter(State.REJECTED, reason);
    }

    /// Our secrets are others. Whoever was rejected for the former ones need not wait for the end of the pause; what
    /// is on its way was made with them, and its answer says nothing of these.
    void renew(long now) {
        if (left) {
            return;
        }
        if (request.isPending()) {
            request.forgetRefusals();
            renewed = true;
        } else if (standing.is(State.REJECTED)) {
            due = now;
        }
    }

    /// Handles an answer.
    ///
    /// @return whether it is one to this registration
    boolean onResponse(ResponseView response, Endpoint source, long now) {
        var hop = request.hop();
        if (hop == null || !request.isAnsweredBy(response, source)) {
            return false;
        }
        hop.health.onResponse(now);
        int status = response.status();
        if (request.onResponse(status)) {
            retryAfter = Math.max(retryAfter, Math.min(response.retryAfterSeconds(), RegistrationPauses.MOST_SECONDS));
            if (status == 401 || status == 407) {
                onChallenge(hop, response, now);
            } else if (!left) {
                onFinal(hop, response, now);
            }
        }
        return true;
    }

    private void onFinal(Hop hop, ResponseView response, long now) {
        int status = response.status();
        if (status < 300) {
            onBound(hop, response, now);
        } else if (status == 423) {
            onTooBrief(hop, response, now);
        } else if (status == 408 || (status >= 500 && status < 600)) {
            if (status == 503) {
                hop.health.onBackOff(response.retryAfterSeconds(), now);
            }
            onNoUse(status + " from " + place(), now);
        } else {
            reject(status + " from " + place(), now);
        }
    }

    /// Also when we leave: only who has proven who it is may do so.
    private void onChallenge(Hop hop, ResponseView response, long now) {
        var authenticator = line.authenticator;
        if (authenticator == null) {
            onRefused(response.status() + " from " + place() + ", and the trunk has no auth", now);
            return;
        }
        if (request.onChallenge(authenticator, response) == Verdict.RETRY) {
            request.send(hop, left ? 0 : wish, now);
        } else {
            line.trunk.onRejected();
            onRefused(response.status() + " from " + place() + ": it does not take our credentials", now);
        }
    }

    private void onRefused(String reason, long now) {
        if (!left) {
            reject(reason, now);
        }
    }

    /// The registrar wants us to ask for more (RFC 3261 §10.2.8).
    private void onTooBrief(Hop hop, ResponseView response, long now) {
        int least = RegisterAnswer.minExpiresSeconds(response);
        if (least > wish && ++wishes <= MOST_WISHES) {
            LOG.info("trunk {}: the registrar takes no registration of less than {} s", name(), least);
            wish = least;
            request.send(hop, wish, now);
        } else {
            reject("423 from " + place() + " to " + wish + " s, with Min-Expires " + least, now);
        }
    }

    private void onBound(Hop hop, ResponseView response, long now) {
        int said = RegisterAnswer.grantedSeconds(response, hop.template().contactUri());
        int granted = said < 0 ? wish : said;
        if (granted == 0) {
            reject(response.status() + " from " + place() + ", which binds for 0 s", now);
            return;
        }
        if (request.isAuthorized()) {
            line.trunk.onAccepted();
        }
        if (bound != hop) {
            boundSince = now;
        }
        bound = hop;
        strayed = false;
        boundUntil = now + granted * RegistrationPauses.SECOND;
        due = now + pauses.untilRefresh(granted);
        route.take(response);
        standing.enter(State.REGISTERED, "at " + place() + " for " + granted + " s");
    }

    private void unbind() {
        bound = null;
        route.drop();
    }

    /// The system, or a connection, would not send a REGISTER.
    void onSendError(long branchKey, boolean unreachable, long now) {
        var hop = request.hop();
        if (hop != null && request.isPending(branchKey)) {
            if (unreachable) {
                hop.health.onUnreachable(now);
            }
            request.abandon();
            onNoUse("nothing can be sent to " + place(), now);
        }
    }

    /// A connection is gone, and with it what was bound by it: a new one has another port of ours.
    void onDown(Hop hop, long now) {
        if (bound == hop) {
            boolean lasted = now - boundSince >= SHORT_LIVED_NANOS;
            unbind();
            due = lasted ? now : now + pauses.afterFailure();
            standing.enter(State.UNREGISTERED, "the connection to " + hop.target + " is lost");
        }
        if (request.isPending() && request.hop() == hop) {
            request.abandon();
            onNoUse("the connection to " + place() + " is lost", now);
        }
    }

    /// Goes on where another stopped, for the same contact of the same user: until the registrar says more, calls
    /// pass the proxies that it wanted.
    void takeOver(Registration former) {
        route.takeOver(former.route);
    }

    /// Does no more, and leaves the contact to another registration that binds it.
    void handOn() {
        if (left) {
            return;
        }
        left = true;
        request.abandon();
        standing.leave();
    }

    /// Takes our contact back, if it may be bound, and does no more (RFC 3261 §10.2.2).
    void leave(long now) {
        if (left) {
            return;
        }
        var hop = request.isPending() ? request.hop() : bound;
        left = true;
        request.abandon();
        request.forgetRefusals();
        unbind();
        standing.leave();
        if (hop != null && hop.isUp()) {
            LOG.info("trunk {}: the registration is taken back", name());
            request.send(hop, 0, now);
        }
    }

    private String place() {
        var hop = request.hop();
        return hop == null ? "nobody" : hop.target.toString();
    }

    private String name() {
        return line.trunk.config().name();
    }
}
