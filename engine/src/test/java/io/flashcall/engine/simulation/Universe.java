package io.flashcall.engine.simulation;

import io.flashcall.engine.agent.SimulatedAgent;
import io.flashcall.engine.transport.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/// One seed: an agent, two trunks' worth of callees, the network between them, and everything that happens until it
/// falls silent.
final class Universe implements SimulatedIo.Wire {

    private static final int LONGEST = 5_000;

    final Conditions conditions;
    final Invariants invariants;
    private final long seed;
    private final Mutant mutant;
    private final Schedule schedule = new Schedule();
    private final Trace trace = new Trace();
    private final Queue<Datagram> inbox = new ArrayDeque<>();
    private final Queue<Datagram> outbox = new ArrayDeque<>();
    private final Chance chance;
    private final SimulatedAgent agent;
    private final Network outbound;
    private final Network inbound;
    private final Peer peer;
    private final Noise noise;
    private final Caller caller;
    private long nextCycle = Schedule.NEVER;
    private long busyUntil;
    private boolean consumerSleeps;

    Universe(long seed, Mutant mutant) {
        this.seed = seed;
        this.mutant = mutant;
        var root = new Chance(seed);
        chance = root.split();
        conditions = Conditions.drawn(root.split());
        invariants = new Invariants(conditions, schedule, trace);
        agent = new SimulatedAgent(conditions.config(), new SimulatedIo(this), conditions.phase());
        outbound = new Network(schedule, root.split(), conditions.out(), trace, this::toPeer);
        inbound = new Network(schedule, root.split(), conditions.in(), trace, this::toAgent);
        peer = new Peer(schedule, root.split(), conditions, inbound::carry);
        noise = new Noise(schedule, root.split(), peer, inbound::carry);
        caller = new Caller(schedule, root.split(), conditions, agent, invariants, this::wake);
    }

    /// Runs it to its end.
    ///
    /// @return itself
    Universe run() {
        try {
            live();
        } catch (Violation violation) {
            throw told(violation, violation.about());
        } catch (RuntimeException e) {
            throw told(e, "");
        }
        return this;
    }

    private void live() {
        if (mutant.leaks()) {
            agent.leak();
        }
        caller.begin();
        noise.spread(chance.below(2 * conditions.calls()), conditions.span());
        while (schedule.runNext()) {
            Rule.require(schedule.now() < LONGEST * conditions.t1(), "", "a universe falls silent");
        }
        takeEvents(Integer.MAX_VALUE);
        long silence = 2 * conditions.timeout() + conditions.linger();
        schedule.after(silence, this::cycle);
        while (schedule.runNext()) {
            Rule.require(nextCycle == Schedule.NEVER, "", "nothing happens after the end");
        }
        invariants.finish(agent.leftovers(conditions.phase() + schedule.now()), peer.calls());
    }

    /// What happened, but for the To tags of the agent's answers, which are its secret and differ from run to run.
    String story() {
        return trace.all().replaceAll("to [0-9a-f]{16}  ", "");
    }

    private AssertionError told(Throwable fault, String about) {
        return new AssertionError(
                "seed %d (again: -Dsimulation.first=%d -Dsimulation.seeds=1): %s%n%s%n%s"
                        .formatted(seed, seed, fault.getMessage(), conditions, trace.told(about)),
                fault);
    }

    // The network's ends.

    private void toPeer(Datagram datagram) {
        trace.delivered(schedule.now(), datagram);
        peer.receive(datagram);
    }

    private void toAgent(Datagram datagram) {
        inbox.add(datagram);
        wake();
    }

    @Override
    public boolean offer(Datagram datagram) {
        boolean refused = chance.of(conditions.refusing());
        for (var leaving : mutant.send(datagram)) {
            invariants.sent(leaving, refused);
            if (!refused) {
                outbox.add(leaving);
            }
        }
        return !refused;
    }

    @Override
    public void flush() {
        for (var datagram = outbox.poll(); datagram != null; datagram = outbox.poll()) {
            outbound.carry(datagram);
        }
    }

    @Override
    public void refused(long token) {
        agent.onSendError(token);
    }

    // The agent's loop.

    private void wake() {
        wakeAt(schedule.now());
    }

    private void wakeAt(long time) {
        long at = Math.max(Math.max(time, busyUntil), schedule.now());
        if (at < nextCycle) {
            nextCycle = at;
            schedule.at(at, () -> {
                if (at == nextCycle) {
                    cycle();
                }
            });
        }
    }

    private void cycle() {
        nextCycle = Schedule.NEVER;
        agent.begin(conditions.phase() + schedule.now());
        boolean commandsFirst = chance.of(0.5);
        if (commandsFirst) {
            runCommands();
        }
        for (var datagram = inbox.poll(); datagram != null; datagram = inbox.poll()) {
            deliver(datagram);
        }
        if (!commandsFirst) {
            runCommands();
        }
        agent.end();
        Rule.require(outbox.isEmpty(), "", "what was queued in a cycle is flushed at its end");
        invariants.cycleEnds();
        consume();
        if (chance.of(conditions.stalling())) {
            busyUntil = schedule.now() + chance.between(0, conditions.longestStall());
        }
        long tick = agent.nextTickAt();
        if (tick != Long.MAX_VALUE) {
            wakeAt(tick - conditions.phase());
        }
    }

    private void runCommands() {
        agent.runCommands();
        invariants.commandsRan();
    }

    private void deliver(Datagram datagram) {
        trace.delivered(schedule.now(), datagram);
        invariants.delivered(datagram);
        var source = Endpoint.of(datagram.from());
        agent.deliver(datagram.text().getBytes(StandardCharsets.ISO_8859_1), source);
    }

    // The consumer.

    private void consume() {
        if (conditions.consumerNap() == 0) {
            takeEvents(Integer.MAX_VALUE);
        } else if (!consumerSleeps) {
            consumerSleeps = true;
            schedule.after(conditions.consumerNap(), () -> {
                consumerSleeps = false;
                takeEvents(conditions.consumerTakes());
            });
        }
    }

    private void takeEvents(int most) {
        for (int i = 0; i < most; i++) {
            var event = agent.takeEvent();
            if (event.isEmpty()) {
                return;
            }
            mutant.report(event.get()).forEach(invariants::event);
        }
    }
}
