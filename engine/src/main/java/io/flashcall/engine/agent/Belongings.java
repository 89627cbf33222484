package io.flashcall.engine.agent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the calls of a table have that is made anew for each of them.
///
/// It stands here side by side, and not in the slots, for the collector's sake: whenever the young generation is
/// collected, it looks at each stretch of 512 bytes of the old one in which a reference was stored since, whatever its
/// value. Were it the slots, that would be all that had a call, each half a kilobyte or more; here 128 of them share
/// one. For the same reason a slot and its machines store no other reference that is there already, and what changes
/// with each message is no reference.
final class Belongings {

    private final @Nullable CallPlan[] plans;
    private final @Nullable String[] references;

    /// @param slots how many
    Belongings(int slots) {
        plans = new CallPlan[slots];
        references = new String[slots];
    }

    /// The placing thread, before it hands the slot over.
    void plan(int slot, CallPlan plan) {
        plans[slot] = plan;
    }

    /// What was planned, which is kept no longer: a call that rings for long holds no more than it needs.
    CallPlan takePlan(int slot) {
        var plan = Objects.requireNonNull(plans[slot], "a call was planned");
        plans[slot] = null;
        return plan;
    }

    /// What the caller knows the call by.
    void reference(int slot, String reference) {
        references[slot] = reference;
    }

    String reference(int slot) {
        return Objects.requireNonNullElse(references[slot], "");
    }

    void forget(int slot) {
        references[slot] = null;
    }
}
