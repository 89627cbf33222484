package io.flashcall.engine.agent;

import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramHandler;
import io.flashcall.engine.transport.Endpoint;
import java.net.InetSocketAddress;

/// One user agent: what arrives on its socket, its timers and its commands, each given to the call that it
/// concerns.
///
/// Confined to one event loop; whatever happens in a cycle leaves in
/// one batch at its end.
final class UserAgent implements DatagramHandler, TimerWheel.Expiry {

    private static final long WALL_SET_EVERY = 1_000_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;

    /// Part of a tick.
    private static final int HARDLY_LATE = 4;

    /// The system took no more.
    private static final int EAGAIN = 11;

    private final AgentContext context;
    private final AnySource anySource;
    private final Rooms rooms;
    private final Runnable wakeConsumer;
    private long now;
    private long wallSetAt;

    /// What a user agent keeps.
    record Rooms(
            CallTable calls,
            DialogTransactions dialogRequests,
            Stragglers stragglers,
            Responses responses,
            ServerTransactions served,
            PeerRequests requests,
            Undelivered undelivered,
            Faults faults) {}

    /// @param anySource    whose messages are listened to at all
    /// @param wakeConsumer tells the consumer that there may be events
    UserAgent(AgentContext context, AnySource anySource, Rooms rooms, Runnable wakeConsumer) {
        this.context = context;
        this.anySource = anySource;
        this.rooms = rooms;
        this.wakeConsumer = wakeConsumer;
    }

    // What the loop calls: a cycle begins, something happens, the cycle ends.

    @Override
    public void beforeRead() {
        beginCycle(System.nanoTime());
    }

    @Override
    public void onDatagram(byte[] bytes, int length, Endpoint source) {
        try {
            handle(bytes, length, source);
        } catch (RuntimeException e) {
            rooms.faults().survive("a datagram", e);
        }
    }

    /// A message that came by a hop's connection.
    void onMessage(Hop hop, byte[] bytes, int length) {
        context.arrival = hop;
        try {
            handle(bytes, length, hop.endpoint());
        } catch (RuntimeException e) {
            rooms.faults().survive("a message", e);
        } finally {
            context.arrival = null;
        }
    }

    /// A hop's connection is there: what waited for it leaves.
    void onUp(Hop hop, InetSocketAddress local) {
        hop.writtenFrom(local);
        hop.health.onReachable(now);
        rooms.calls().forEachLive(slot -> guarded(slot, () -> slot.onUp(hop, now)));
        try {
            rooms.dialogRequests().onUp(hop);
            rooms.stragglers().onUp(hop, now);
            context.registrations.onUp(now);
        } catch (RuntimeException e) {
            rooms.faults().survive("a connection that is up", e);
        }
    }

    /// A hop's connection is gone, or cannot be made: its calls end, definitely.
    void onDown(Hop hop) {
        hop.health.onUnreachable(now);
        rooms.calls().forEachLive(slot -> guarded(slot, () -> slot.onDown(hop, now)));
        try {
            rooms.stragglers().onDown(hop, now);
            context.registrations.onDown(hop, now);
        } catch (RuntimeException e) {
            rooms.faults().survive("a connection that is down", e);
        }
    }

    private void guarded(CallSlot slot, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            rooms.faults().drop(slot, e, now);
        }
    }

    private void handle(byte[] bytes, int length, Endpoint source) {
        if (!anySource.contains(source)) {
            context.telemetry.count(Metric.STRANGERS_DROPPED);
        } else if (!rooms.responses().onDatagram(bytes, length, source, now)) {
            rooms.requests().onRequest(bytes, length, source, now);
        }
    }

    @Override
    public void afterRead() {
        endCycle();
    }

    @Override
    public void onSendError(long token, int errno) {
        context.telemetry.count(Metric.SEND_ERRORS);
        if (CallKey.leg(token) == CallKey.REGISTER) {
            context.registrations.onSendError(token, isOfPeer(errno), now);
            return;
        }
        var slot = token == Sender.NO_TOKEN ? null : rooms.calls().find(CallKey.withLeg(token, CallKey.CALL));
        if (slot != null && slot.id.branch() == token) {
            try {
                slot.onSendError(isOfPeer(errno), now);
            } catch (RuntimeException e) {
                rooms.faults().drop(slot, e, now);
            }
        }
    }

    /// What of Linux says nothing of the peer: EPERM (a rule or a full table of our own firewall), EINTR, EAGAIN,
    /// ENOMEM, EMSGSIZE, ENOBUFS (a full queue of our own).
    private static boolean isOfPeer(int errno) {
        return switch (errno) {
            case 1, 4, EAGAIN, 12, 90, 105 -> false;
            default -> true;
        };
    }

    @Override
    public void onUndelivered(byte[] quoted, int length, Endpoint destination) {
        try {
            rooms.undelivered().onQuoted(quoted, length, destination, now);
        } catch (RuntimeException e) {
            rooms.faults().survive("an ICMP error", e);
        }
    }

    void beginCycle(long time) {
        now = time;
        context.now = time;
        if (context.wallOffset == 0 || time - wallSetAt >= WALL_SET_EVERY) {
            wallSetAt = time;
            context.wallOffset = System.currentTimeMillis() * NANOS_A_MILLI - time;
        }
        context.wheel.catchUp(time);
    }

    void run(Command command) {
        switch (command) {
            case CallSlot slot -> begin(slot);
            case Command.HangUp(long key) -> {
                var slot = rooms.calls().find(key);
                if (slot != null) {
                    hangUp(slot);
                }
            }
            case Command.Signed(long key, var signature) -> {
                var slot = rooms.calls().find(key);
                if (slot != null) {
                    guarded(slot, () -> slot.onSigned(signature, now));
                }
            }
            case Command.Relocate(var trunk, var located) -> {
                try {
                    context.lines.relocate(trunk, located, now);
                } catch (RuntimeException e) {
                    rooms.faults().survive("a change of hosts", e);
                }
            }
            case Command.Leave(var whenDone) -> context.registrations.leave(whenDone, now);
            case Command.OnLines(var step, var done) -> {
                try {
                    step.accept(context.lines, now);
                    done.complete(null);
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            }
            case Command.HangUpAll() -> rooms.calls().forEachLive(this::hangUp);
            case Command.AbortAll(var whenDone) -> {
                rooms.calls().forEachLive(slot -> rooms.faults().abort(slot, now));
                whenDone.run();
            }
        }
    }

    /// Fires what is due, then sends all that the cycle has made, and lets others have what it has freed.
    void endCycle() {
        context.wheel.advance(now, this);
        context.sender.flush();
        reportRefused();
        if (context.lateness.isPending()) {
            context.lateness.flushed(System.nanoTime());
        }
        rooms.calls().endCycle();
        wakeConsumer.run();
    }

    /// What a connection did not take could not be sent.
    private void reportRefused() {
        var refused = context.sender.refused();
        for (long token = refused.take(); token != Sender.NO_TOKEN; token = refused.take()) {
            onSendError(token, EAGAIN);
        }
    }

    /// When the loop has to begin a cycle by itself, or [Long#MAX_VALUE] if nothing waits.
    long nextTickAt() {
        return context.wheel.armed() == 0 ? Long.MAX_VALUE : context.wheel.nextTickAt();
    }

    /// The time at which a cycle takes place that a tick has begun: the tick's own, where the loop is hardly late.
    /// Otherwise what is reckoned from within it would be due just after a tick, and nearly a whole tick late.
    long timeOfTick(long time) {
        long tick = context.wheel.nextTickAt();
        boolean hardlyLate = time - tick >= 0 && time - tick < context.timers.tick() / HARDLY_LATE;
        return hardlyLate ? Math.max(tick, now) : time;
    }

    /// When the next tick is, whether or not something waits for it.
    long soonestTickAt() {
        return context.wheel.nextTickAt();
    }

    @Override
    public void onTimer(int timer, long time) {
        int ofCalls = rooms.calls().timers();
        if (timer < ofCalls) {
            onCallTimer(timer, time);
            return;
        }
        int ofRequests = ofCalls + rooms.dialogRequests().timers();
        try {
            if (timer < ofRequests) {
                rooms.dialogRequests().onTimer(timer, time);
            } else if (timer < ofRequests + rooms.stragglers().timers()) {
                rooms.stragglers().onTimer(timer, time);
            } else {
                rooms.served().onTimer(timer, time);
            }
        } catch (RuntimeException e) {
            rooms.faults().survive("a timer", e);
        }
    }

    /// BYEs and PRACKs that wait for their answer; any thread.
    int pendingRequests() {
        return rooms.dialogRequests().pending();
    }

    /// Asks hosts in trouble how they are, and registers; to be called now and then within a cycle.
    void probe() {
        try {
            context.prober.run(context.lines, now);
            context.registrations.run(now);
            for (var line : context.lines) {
                context.hops.dismissGuest(line, now);
            }
            context.hops.tidy(now);
            context.lines.tidy(now);
        } catch (RuntimeException | Error e) {
            // Not even for want of memory: whoever is not registered any more would not notice.
            rooms.faults().survive("a probe", e);
        }
    }

    private void onCallTimer(int timer, long time) {
        var slot = rooms.calls().slotOfTimer(timer);
        try {
            slot.onTimer(timer % CallSlot.TIMERS, time);
        } catch (RuntimeException e) {
            rooms.faults().drop(slot, e, now);
        }
    }

    private void begin(CallSlot slot) {
        try {
            slot.begin(now);
        } catch (RuntimeException e) {
            rooms.faults().drop(slot, e, now);
        }
    }

    private void hangUp(CallSlot slot) {
        try {
            slot.hangUp(now);
        } catch (RuntimeException e) {
            rooms.faults().drop(slot, e, now);
        }
    }
}
