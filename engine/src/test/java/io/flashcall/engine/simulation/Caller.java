package io.flashcall.engine.simulation;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.Admission.Refused;
import io.flashcall.engine.CallId;
import io.flashcall.engine.agent.SimulatedAgent;
import io.flashcall.engine.agent.SimulatedAgent.Order;

/// Places calls, hangs some up, sometimes all, and sometimes closes the engine in the middle.
final class Caller {

    private final Schedule schedule;
    private final Chance chance;
    private final Conditions conditions;
    private final SimulatedAgent agent;
    private final Invariants invariants;
    private final Runnable wake;
    private int placed;

    /// @param wake has the agent run its commands
    Caller(
            Schedule schedule,
            Chance chance,
            Conditions conditions,
            SimulatedAgent agent,
            Invariants invariants,
            Runnable wake) {
        this.schedule = schedule;
        this.chance = chance;
        this.conditions = conditions;
        this.agent = agent;
        this.invariants = invariants;
        this.wake = wake;
    }

    void begin() {
        for (int i = 0; i < conditions.calls(); i++) {
            schedule.at(chance.between(0, conditions.span()), this::place);
        }
        if (chance.of(0.3)) {
            schedule.at(chance.between(0, 2 * conditions.span()), this::drain);
        }
        if (chance.of(0.1)) {
            schedule.at(chance.between(0, 2 * conditions.span()), this::close);
        }
    }

    private void place() {
        var order = order(chance.below(Conditions.TRUNKS));
        long nonce = chance.bits();
        switch (agent.place(order, nonce, chance.bits(), conditions.phase() + schedule.now())) {
            case Accepted(var call) -> {
                invariants.accepted(call, order);
                if (chance.of(0.35)) {
                    schedule.after(chance.between(0, 2 * order.setupNanos()), () -> hangUp(call));
                }
                wake.run();
            }
            case Refused(var reason) -> invariants.refused(order, reason);
        }
    }

    private Order order(int trunk) {
        var policy = conditions.trunk(trunk).calls();
        long ring = chance.of(0.3)
                ? chance.between(0, 10 * conditions.t1())
                : policy.ringTime().toNanos();
        long setup = policy.setupTimeout().toNanos();
        String digits = "%04d".formatted(++placed);
        return new Order(trunk, "1202555" + digits, "4420794" + digits, "call-" + placed, ring, setup);
    }

    private void hangUp(CallId call) {
        if (agent.hangUp(call)) {
            invariants.hungUp(call);
            wake.run();
        }
    }

    private void close() {
        agent.abortAll(invariants::closed);
        wake.run();
    }

    private void drain() {
        agent.hangUpAll();
        invariants.hungUpAll();
        wake.run();
    }
}
