package io.flashcall.engine.agent;

import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramHandler;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Sources;

/// One user agent: what arrives on its socket, its timers and its commands, each given to the call that it concerns.
///
/// Confined to one event loop; whatever happens in a cycle leaves in
/// one batch at its end.
final class UserAgent implements DatagramHandler, TimerWheel.Expiry {

    private static final long WALL_SET_EVERY = 1_000_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final AgentContext context;
    private final Sources anyTrunk;
    private final Rooms rooms;
    private final Runnable wakeConsumer;
    private long now;
    private long wallSetAt;

    /// What a user agent keeps.
    record Rooms(
            CallTable calls,
            Releases releases,
            Responses responses,
            ServerTransactions served,
            PeerRequests requests,
            Faults faults) {}

    /// @param anyTrunk     the sources of all trunks
    /// @param wakeConsumer tells the consumer that there may be events
    UserAgent(AgentContext context, Sources anyTrunk, Rooms rooms, Runnable wakeConsumer) {
        this.context = context;
        this.anyTrunk = anyTrunk;
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

    private void handle(byte[] bytes, int length, Endpoint source) {
        if (!anyTrunk.contains(source)) {
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
        var slot = token == Sender.NO_TOKEN ? null : rooms.calls().find(token);
        if (slot != null) {
            try {
                slot.onSendError(now);
            } catch (RuntimeException e) {
                rooms.faults().drop(slot, e, now);
            }
        }
    }

    void beginCycle(long time) {
        now = time;
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
        if (context.lateness.isPending()) {
            context.lateness.flushed(System.nanoTime());
        }
        rooms.calls().endCycle();
        wakeConsumer.run();
    }

    /// When the loop has to begin a cycle by itself, or [Long#MAX_VALUE] if nothing waits.
    long nextTickAt() {
        return context.wheel.armed() == 0 ? Long.MAX_VALUE : context.wheel.nextTickAt();
    }

    @Override
    public void onTimer(int timer, long time) {
        int ofCalls = rooms.calls().timers();
        int ofReleases = ofCalls + rooms.releases().timers();
        if (timer < ofCalls) {
            onCallTimer(timer, time);
            return;
        }
        try {
            if (timer < ofReleases) {
                rooms.releases().onTimer(timer, time);
            } else {
                rooms.served().onTimer(timer, time);
            }
        } catch (RuntimeException e) {
            rooms.faults().survive("a timer", e);
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
