package io.flashcall.engine.agent;

import io.flashcall.engine.Admission;
import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.Admission.Refused;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallId;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.agent.CallPlan.Wire;
import io.flashcall.engine.call.CallTerms;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Pace;
import io.flashcall.engine.trunk.Trunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The real [UserAgent] without its loop: whoever holds it gives it time, datagrams and commands, and takes its
/// events.
public final class SimulatedAgent {

    private static final int EAGAIN = 11;

    private final List<Trunk> trunks = new ArrayList<>();
    private final UserAgent agent;
    private final CallTable calls;
    private final UserAgent.Rooms rooms;
    private final AgentContext context;
    private final int eventRoom;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Queue<Command> commands = new ArrayDeque<>();

    /// What to place.
    ///
    /// @param trunk index of the trunk
    /// @param from  digits
    /// @param to    digits
    public record Order(int trunk, String from, String to, String reference, long ringNanos, long setupNanos) {}

    public SimulatedAgent(EngineConfig config, DatagramIo io, long now) {
        for (var trunk : config.trunks()) {
            trunks.add(new Trunk(trunks.size(), trunk, now));
        }
        var anySource = new AnySource();
        anySource.of(trunks);
        try {
            var made = new AgentFactory(config, trunks, anySource, TraceListener.NONE)
                    .assemble(0, io, AgentFixture.NO_STREAMS, now, () -> {});
            agent = made.agent();
            calls = made.calls();
            rooms = made.rooms();
            context = made.context();
            eventRoom = context.events.credits();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [UserAgentPool] admits a call; it begins with the commands of the next cycle.
    public Admission place(Order order, long branchNonce, long tagNonce, long now) {
        var trunk = trunks.get(order.trunk());
        if (!trunk.acquireChannel()) {
            return new Refused(Reason.NO_CHANNEL);
        }
        var slot = reserve();
        if (slot == null) {
            trunk.releaseChannel();
            return new Refused(Reason.BUSY);
        }
        var closed = trunk.gate().refusal(0, now, random);
        if (closed != null) {
            return refused(closed, trunk, slot);
        }
        long startAt = trunk.pace().reserve(now);
        if (startAt == Pace.TOO_LONG) {
            return refused(Reason.PACED, trunk, slot);
        }
        var wire = new Wire(Digits.pack(order.from()), Digits.pack(order.to()), branchNonce, tagNonce);
        long key = calls.nextKey(slot);
        var terms = new CallTerms(
                trunk.ringRule(),
                trunk.refusals(),
                order.ringNanos(),
                order.setupNanos(),
                trunk.config().peer().failover().failoverAfter().toNanos());
        slot.prepare(new CallPlan(trunk, order.reference(), wire, terms, startAt), key);
        commands.add(slot);
        return new Accepted(new CallId(key));
    }

    private Admission refused(Reason reason, Trunk trunk, CallSlot slot) {
        calls.giveBack(slot);
        context.events.giveBack(EventQueue.EVENTS_PER_CALL);
        trunk.releaseChannel();
        return new Refused(reason);
    }

    private @Nullable CallSlot reserve() {
        if (!context.events.reserve()) {
            return null;
        }
        var slot = calls.acquire();
        if (slot == null) {
            context.events.giveBack(EventQueue.EVENTS_PER_CALL);
        }
        return slot;
    }

    /// @return whether the call is live
    public boolean hangUp(CallId call) {
        return calls.find(call.value()) != null && commands.add(new Command.HangUp(call.value()));
    }

    public void hangUpAll() {
        commands.add(new Command.HangUpAll());
    }

    /// @param done runs when every call has ended
    public void abortAll(Runnable done) {
        commands.add(new Command.AbortAll(done));
    }

    // One cycle of the loop.

    public void begin(long now) {
        agent.beginCycle(now);
    }

    public void deliver(byte[] bytes, Endpoint source) {
        agent.onDatagram(bytes, bytes.length, source);
    }

    public void runCommands() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            agent.run(command);
        }
    }

    public void end() {
        agent.endCycle();
    }

    public void onSendError(long token) {
        agent.onSendError(token, EAGAIN);
    }

    /// When it wants a cycle by itself, or [Long#MAX_VALUE].
    public long nextTickAt() {
        return agent.nextTickAt();
    }

    /// The consumer takes one event.
    public Optional<CallEvent> takeEvent() {
        var cell = context.events.poll();
        if (cell == null) {
            return Optional.empty();
        }
        var event = cell.toEvent();
        context.events.recycle(cell);
        return Optional.of(event);
    }

    /// Takes a slot and never gives it back, to show that it would be missed.
    public void leak() {
        var _ = calls.acquire();
    }

    /// What is still held once all is over, as sentences; empty when nothing is.
    public List<String> leftovers(long now) {
        context.ended.expire(now);
        var left = new ArrayList<String>();
        note(left, "slots are taken", calls.live());
        note(left, "calls are live", calls.liveKeys().size());
        note(left, "credits are missing", eventRoom - context.events.credits());
        trunks.forEach(trunk -> note(left, "channels are in use", trunk.channelsInUse()));
        note(left, "timers are armed", context.wheel.armed());
        note(left, "requests of dialogs are pending", rooms.dialogRequests().pending());
        note(left, "stragglers are watched", rooms.stragglers().pending());
        note(left, "ended calls are remembered", context.ended.size());
        note(left, "faults were counted", context.telemetry.get(Metric.FAULTS));
        note(left, "releases overflowed", context.telemetry.get(Metric.RELEASES_OVERFLOWED));
        long unended = context.telemetry.get(Metric.CALLS_PLACED) - context.telemetry.get(Metric.CALLS_ENDED);
        note(left, "more calls were placed than ended", Math.max(0, unended));
        return left;
    }

    private static void note(List<String> left, String what, long count) {
        if (count != 0) {
            left.add(count + " " + what);
        }
    }
}
