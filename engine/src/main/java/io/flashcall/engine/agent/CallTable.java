package io.flashcall.engine.agent;

import io.flashcall.engine.call.FlashCall;
import io.flashcall.engine.trunk.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All slots of a user agent. Those who place calls use [#acquire], [#nextKey] and [#giveBack]; [#find],
/// [#live] and [#liveKeys] are for any thread, the rest for the loop.
final class CallTable {

    private final int agent;
    private final CallSlot[] slots;
    private final int[] generations;
    private final FreeSlots free;
    private final Plans plans;
    private final References references;
    private final List<CallSlot> retired = new ArrayList<>();

    CallTable(int size, AgentContext context, Dialogs dialogs, Trunk anyTrunk) {
        agent = context.agent;
        slots = new CallSlot[size];
        generations = new int[size];
        free = new FreeSlots(size);
        plans = new Plans(size);
        references = new References(size);
        var none = CallPlan.none(anyTrunk);
        for (int i = 0; i < size; i++) {
            slots[i] = new CallSlot(i, context, dialogs, this, none);
        }
    }

    /// The wheel's timers 0 to this are the slots'.
    int timers() {
        return slots.length * CallSlot.TIMERS;
    }

    Plans plans() {
        return plans;
    }

    References references() {
        return references;
    }

    /// A vacant slot that now belongs to the calling thread, or null when all are taken.
    @Nullable CallSlot acquire() {
        int index = free.take();
        return index == FreeSlots.NONE ? null : slots[index];
    }

    /// The key of the next call in an acquired slot.
    long nextKey(CallSlot slot) {
        int generation = CallKey.nextGeneration(generations[slot.index]);
        generations[slot.index] = generation;
        return CallKey.of(agent, slot.index, generation, CallKey.CALL);
    }

    /// Returns a slot in which no call was begun.
    void giveBack(CallSlot slot) {
        free.giveBack(slot.index);
    }

    /// The slot in which that call lives, or null.
    @Nullable CallSlot find(long key) {
        int index = CallKey.slot(key);
        if (CallKey.agent(key) != agent || index >= slots.length) {
            return null;
        }
        var slot = slots[index];
        return slot.liveKey() == key && key != CallSlot.VACANT ? slot : null;
    }

    CallSlot slotOfTimer(int timer) {
        return slots[timer / CallSlot.TIMERS];
    }

    /// How many slots are taken; approximate while calls come and go.
    int live() {
        return free.taken();
    }

    /// Visits every live call; the loop.
    void forEachLive(Consumer<CallSlot> visitor) {
        for (var slot : slots) {
            if (slot.liveKey() != CallSlot.VACANT && slot.state() != FlashCall.State.IDLE) {
                visitor.accept(slot);
            }
        }
    }

    /// The keys of all live calls.
    List<Long> liveKeys() {
        var keys = new ArrayList<Long>();
        for (var slot : slots) {
            long key = slot.liveKey();
            if (key != CallSlot.VACANT) {
                keys.add(key);
            }
        }
        return keys;
    }

    /// The slot's call is over; other threads get it at the end of the cycle, when nothing of the loop uses it
    /// any more.
    void retire(CallSlot slot) {
        retired.add(slot);
    }

    void endCycle() {
        for (int i = 0; i < retired.size(); i++) {
            free.giveBack(retired.get(i).index);
        }
        retired.clear();
    }
}
