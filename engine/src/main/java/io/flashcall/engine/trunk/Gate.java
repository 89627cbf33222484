package io.flashcall.engine.trunk;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.TrunkConfig;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What keeps new calls from a trunk besides its pace and its channels: what the carrier has asked for, and our own
/// guard. Any thread, without locks.
public final class Gate {

    private final BackOff backOff;
    private final Standings standings = new Standings();
    private final Guard guard;
    private final GuardPolicy policy;

    Gate(TrunkConfig config, long now) {
        this(
                config,
                new BackOff(config.name()),
                new Guard(config.name(), config.options().guards(), now));
    }

    private Gate(TrunkConfig config, BackOff backOff, Guard guard) {
        this.backOff = backOff;
        this.guard = guard;
        policy = config.options().guards();
    }

    /// The gate of a trunk that takes this one's place. A reload is no way around what the carrier has asked for, nor
    /// around a guard: what still holds goes on.
    ///
    /// @param samePlace whether it is the same carrier
    Gate continuedBy(TrunkConfig next, boolean samePlace, long now) {
        var fresh = new Gate(next, now);
        return new Gate(
                next,
                samePlace ? backOff : fresh.backOff,
                samePlace && policy.equals(fresh.policy) ? guard : fresh.guard);
    }

    /// Why a call may not be sent now, or null. A call that may and then is not is to be told to [Guard#giveBack].
    ///
    /// @param agent  index of the user agent that would send it
    /// @param random decides which calls are withheld
    public @Nullable Reason refusal(int agent, long now, RandomGenerator random) {
        if (!backOff.admits(now, random.nextInt())) {
            return Reason.BACKING_OFF;
        }
        double withheld = standings.withheld(agent, now);
        if (withheld > 0 && random.nextDouble() < withheld) {
            return Reason.OVERLOADED;
        }
        return guard.admits(now) ? null : Reason.GUARDED;
    }

    public BackOff backOff() {
        return backOff;
    }

    public Standings standings() {
        return standings;
    }

    public Guard guard() {
        return guard;
    }
}
