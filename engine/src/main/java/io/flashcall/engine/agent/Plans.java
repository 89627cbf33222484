package io.flashcall.engine.agent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was planned for the calls of a table, until they begin.
///
/// It stands here side by side, and not in the slots, for the collector's sake: whenever the young generation is
/// collected, it looks at each stretch of 512 bytes of the old one in which a reference was stored since, whatever its
/// value. Were it the slots, that would be all that had a call, each half a kilobyte or more; here 128 of them share
/// one. For the same reason a slot and its machines store no other reference that is there already, and what changes
/// with each message is no reference.
final class Plans {

    private final @Nullable CallPlan[] plans;

    /// @param slots how many
    Plans(int slots) {
        plans = new CallPlan[slots];
    }

    /// The placing thread, before it hands the slot over.
    void put(int slot, CallPlan plan) {
        plans[slot] = plan;
    }

    /// What was planned, which is kept no longer: a call that rings for long holds no more than it needs.
    CallPlan take(int slot) {
        var plan = Objects.requireNonNull(plans[slot], "a call was planned");
        plans[slot] = null;
        return plan;
    }
}
