package io.flashcall.engine.agent;

import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All INVITEs of a user agent that their calls have left behind. Made when needed and used again; confined to
/// the loop.
final class Stragglers {

    static final int TIMERS_EACH = 2;

    private final AgentContext context;
    private final Releases releases;
    private final int firstTimer;
    private final int most;
    private final List<Straggler> all = new ArrayList<>();
    private final List<Straggler> idle = new ArrayList<>();
    private final Index byBranch;

    /// @param firstTimer the wheel's timers from here on are for these
    /// @param most       at once
    Stragglers(AgentContext context, Releases releases, int firstTimer, int most) {
        this.context = context;
        this.releases = releases;
        this.firstTimer = firstTimer;
        this.most = most;
        byBranch = new Index(3 * context.timers.timeout(), 2 * most);
    }

    /// Which straggler has that branch, for longer than any lasts.
    private static final class Index extends ExpiringKeys {

        Index(long lifeNanos, int most) {
            super(lifeNanos, most, 1);
        }

        void put(long branch, int straggler, long now) {
            column(add(branch, now), 0, straggler);
        }

        int get(long branch, long now) {
            int at = find(branch, now);
            return at == ABSENT ? ABSENT : (int) column(at, 0);
        }
    }

    /// Watches an INVITE that nobody waits for any more. Where there is no room, only its final is minded.
    void leave(WireIdentity id, Hop hop, long timeoutAt, long now) {
        var straggler = free();
        if (straggler == null) {
            context.telemetry.count(Metric.STRAGGLERS_FORGOTTEN);
            context.ended.add(id, hop.index, now);
            return;
        }
        straggler.take(id, hop, timeoutAt);
        byBranch.put(id.branch(), straggler.index, now);
    }

    /// Has an INVITE cancelled whose connection is gone, if there is a new one within Timer B's time.
    void leaveForReturn(WireIdentity id, Hop hop, long now) {
        var straggler = free();
        if (straggler == null) {
            context.telemetry.count(Metric.STRAGGLERS_FORGOTTEN);
            return;
        }
        int length = context.sender.renderCancel(id, hop);
        straggler.takeLost(id, hop, context.sender.rendered(), length, now + context.timers.timeout());
        byBranch.put(id.branch(), straggler.index, now);
    }

    /// A hop has a new connection.
    void onUp(Hop hop, long now) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onUp(hop, now);
        }
    }

    /// A hop's connection is gone.
    void onDown(Hop hop, long now) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onDown(hop, now);
        }
    }

    /// The one with that branch key, or null.
    @Nullable Straggler find(long branch, long now) {
        if (pending() == 0) {
            return null;
        }
        int index = byBranch.get(branch, now);
        return index >= 0 && all.get(index).is(branch) ? all.get(index) : null;
    }

    void release(Straggler straggler, ResponseView success, long now) {
        var id = straggler.id;
        releases.answer(id, straggler.hop(), null, CallSlot.lateCseq(id), success, now);
    }

    void closed(Straggler straggler) {
        idle.add(straggler);
    }

    int timers() {
        return most * TIMERS_EACH;
    }

    void onTimer(int timer, long now) {
        int offset = timer - firstTimer;
        all.get(offset / TIMERS_EACH).onTimer(offset % TIMERS_EACH, now);
    }

    int pending() {
        return all.size() - idle.size();
    }

    private @Nullable Straggler free() {
        if (!idle.isEmpty()) {
            return idle.removeLast();
        }
        if (all.size() == most) {
            return null;
        }
        var straggler = new Straggler(all.size(), firstTimer + all.size() * TIMERS_EACH, context, this);
        all.add(straggler);
        return straggler;
    }
}
