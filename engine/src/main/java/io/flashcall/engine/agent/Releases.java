package io.flashcall.engine.agent;

import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hangs up what was answered: every 2xx gets its ACK, each time it comes, and every fork (To tag) one BYE, sent
/// until it is answered (RFC 3261 §13.2.2.4, §15.1.1). Nothing may stay answered.
///
/// Releases are made when needed and used again; which forks were released is remembered apart, for longer.
final class Releases {

    /// Released forks remembered at most; the memory grows only as they come.
    private static final int MOST_FORKS = 1 << 21;

    static final int TIMERS_EACH = 2;

    private final AgentContext context;
    private final int firstTimer;
    private final int most;
    private final ExpiringKeys forks;
    private final List<Release> all = new ArrayList<>();
    private final List<Release> idle = new ArrayList<>();

    /// @param firstTimer the wheel's timers from here on are for releases
    /// @param most       releases at once
    Releases(AgentContext context, int firstTimer, int most) {
        this.context = context;
        this.firstTimer = firstTimer;
        this.most = most;
        // A 2xx may come again until the call's own memory of it is over.
        long life = 2 * (context.timers.linger() + context.timers.timeout());
        forks = new ExpiringKeys(life, MOST_FORKS);
    }

    /// Handles a 2xx to the INVITE of a live or ended call.
    ///
    /// @param owner the slot to tell when the BYE is over, if the call is live
    /// @return whether a BYE was started whose end the owner will be told
    boolean answer(WireIdentity id, int trunk, @Nullable CallSlot owner, ResponseView success, long now) {
        context.sender.ackOfSuccess(id, trunk, success);
        long fork = CallKey.fork(id.key, success.toTagHash());
        if (forks.find(fork, now) != ExpiringKeys.ABSENT) {
            context.telemetry.count(Metric.FINALS_REPEATED);
            return false;
        }
        forks.add(fork, now);
        context.telemetry.count(Metric.ANSWERS_RELEASED);
        var release = take();
        if (release == null) {
            sendOnce(id, trunk, CallKey.withLeg(fork, CallKey.BYE), success);
            return false;
        }
        return start(release, id, trunk, owner, success, now);
    }

    /// The release whose BYE this response answers, or null.
    @Nullable Release find(ResponseView response) {
        int index = CallKey.slot(response.branchKey());
        return index < all.size() && all.get(index).matches(response) ? all.get(index) : null;
    }

    void onResponse(Release release, int status, long now) {
        if (release.onResponse(status)) {
            close(release, now);
        }
    }

    /// How many of the wheel's timers are for releases.
    int timers() {
        return most * TIMERS_EACH;
    }

    void onTimer(int timer, long now) {
        int offset = timer - firstTimer;
        var release = all.get(offset / TIMERS_EACH);
        if (offset % TIMERS_EACH == Release.RETRANSMIT) {
            release.onTimerE(now);
        } else if (release.onTimerF()) {
            context.telemetry.count(Metric.BYES_UNANSWERED);
            close(release, now);
        }
    }

    /// BYEs that wait for their answer.
    int pending() {
        return all.size() - idle.size();
    }

    private boolean start(
            Release release, WireIdentity id, int trunk, @Nullable CallSlot owner, ResponseView success, long now) {
        release.take(id, trunk, owner);
        int length = context.sender.renderBye(id, trunk, release.branch(), success);
        if (length == 0) {
            idle.add(release);
            return false;
        }
        release.start(context.sender.rendered(), length, context.sender.nextHop(trunk, success), now);
        return owner != null;
    }

    private void sendOnce(WireIdentity id, int trunk, long branch, ResponseView success) {
        context.telemetry.count(Metric.RELEASES_OVERFLOWED);
        int length = context.sender.renderBye(id, trunk, branch, success);
        if (length > 0) {
            context.sender.again(
                    context.sender.rendered(), length, context.sender.nextHop(trunk, success), id.key, false);
        }
    }

    private void close(Release release, long now) {
        var owner = release.close();
        idle.add(release);
        if (owner != null) {
            owner.onReleased(now);
        }
    }

    private @Nullable Release take() {
        if (!idle.isEmpty()) {
            return idle.removeLast();
        }
        if (all.size() == most) {
            return null;
        }
        var release = new Release(all.size(), firstTimer + all.size() * TIMERS_EACH, context);
        all.add(release);
        return release;
    }
}
