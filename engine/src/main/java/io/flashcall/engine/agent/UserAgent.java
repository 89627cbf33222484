package io.flashcall.engine.agent;

import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.ResponseView.Verdict;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramHandler;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Sources;
import io.flashcall.engine.trunk.Trunk;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One user agent: what arrives on its socket, its timers and its commands, each given to the call that it concerns.
///
/// A response names its call by the branch; it must also echo the random parts of branch and From tag and come from the
/// call's own trunk, else it is counted and dropped. Confined to one event loop; whatever happens in a cycle leaves in
/// one batch at its end.
final class UserAgent implements DatagramHandler, TimerWheel.Expiry {

    private static final Logger LOG = LoggerFactory.getLogger(UserAgent.class);
    private static final int FIRST_2XX = 200;
    private static final int FIRST_3XX = 300;
    private static final byte RESPONSE_INITIAL = 'S';

    private final AgentContext context;
    private final List<Trunk> trunks;
    private final Sources anyTrunk;
    private final Rooms rooms;
    private final Runnable wakeConsumer;
    private final ResponseView response = new ResponseView();
    private final WireIdentity ended = new WireIdentity();
    private long now;

    /// What a user agent keeps.
    record Rooms(CallTable calls, Releases releases, ServerTransactions served, PeerRequests requests) {}

    /// @param anyTrunk     the sources of all trunks
    /// @param wakeConsumer tells the consumer that there may be events
    UserAgent(AgentContext context, List<Trunk> trunks, Sources anyTrunk, Rooms rooms, Runnable wakeConsumer) {
        this.context = context;
        this.trunks = List.copyOf(trunks);
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
            survive("a datagram", e);
        }
    }

    private void handle(byte[] bytes, int length, Endpoint source) {
        if (!anyTrunk.contains(source)) {
            context.telemetry.count(Metric.STRANGERS_DROPPED);
        } else if (length > 0 && bytes[0] == RESPONSE_INITIAL && isResponse(bytes, length)) {
            onResponse(bytes, length, source);
        } else {
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
                drop(slot, e);
            }
        }
    }

    void beginCycle(long time) {
        now = time;
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
                rooms.calls().forEachLive(this::abort);
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
            survive("a timer", e);
        }
    }

    private void onCallTimer(int timer, long time) {
        var slot = rooms.calls().slotOfTimer(timer);
        try {
            slot.onTimer(timer % CallSlot.TIMERS, time);
        } catch (RuntimeException e) {
            drop(slot, e);
        }
    }

    private void begin(CallSlot slot) {
        try {
            slot.begin(now);
        } catch (RuntimeException e) {
            drop(slot, e);
        }
    }

    private void hangUp(CallSlot slot) {
        try {
            slot.hangUp(now);
        } catch (RuntimeException e) {
            drop(slot, e);
        }
    }

    private void abort(CallSlot slot) {
        try {
            slot.abort(now);
        } catch (RuntimeException e) {
            survive("a call that was to be aborted", e);
        }
    }

    // Responses.

    private void onResponse(byte[] bytes, int length, Endpoint source) {
        if (response.wrap(bytes, 0, length) != Verdict.OK) {
            context.telemetry.count(Metric.MALFORMED_DROPPED);
            return;
        }
        context.sender.traceReceived(bytes, length, source, response.fromTagIsOurs() ? response.fromTagKey() : 0);
        if (!response.branchIsOurs() || !response.fromTagIsOurs()) {
            context.telemetry.count(Metric.RESPONSES_UNMATCHED);
            return;
        }
        boolean matched = switch (CallKey.leg(response.branchKey())) {
            case CallKey.CALL -> toCall(source) || toEnded(source);
            case CallKey.BYE -> toRelease(source);
            default -> false;
        };
        if (!matched) {
            context.telemetry.count(Metric.RESPONSES_UNMATCHED);
        }
    }

    private boolean toCall(Endpoint source) {
        var slot = rooms.calls().find(response.branchKey());
        if (slot == null
                || !echoes(slot.id)
                || !trunks.get(slot.trunk()).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_MATCHED);
        context.atHand = response;
        try {
            deliver(slot);
        } catch (RuntimeException e) {
            drop(slot, e);
        } finally {
            context.atHand = null;
        }
        return true;
    }

    private void deliver(CallSlot slot) {
        int status = response.status();
        if (response.method() == Method.INVITE) {
            slot.onInviteResponse(status, status >= FIRST_3XX ? response.q850Cause() : -1, now);
        } else if (response.method() == Method.CANCEL) {
            slot.onCancelResponse(status);
        }
    }

    /// What Completed and Accepted still have to do once the slot is gone: ACK a final again, release a late 2xx.
    private boolean toEnded(Endpoint source) {
        int trunk = context.ended.find(response.branchKey(), ended, now);
        if (trunk == EndedCalls.ABSENT
                || !echoes(ended)
                || !trunks.get(trunk).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_LATE);
        if (response.method() == Method.INVITE && response.status() >= FIRST_3XX) {
            context.telemetry.count(Metric.FINALS_REPEATED);
            context.sender.ack(ended, trunk, response);
        } else if (response.method() == Method.INVITE && response.status() >= FIRST_2XX) {
            rooms.releases().answer(ended, trunk, null, response, now);
        }
        return true;
    }

    private boolean toRelease(Endpoint source) {
        var release = rooms.releases().find(response);
        if (release == null || !trunks.get(release.trunk()).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_MATCHED);
        rooms.releases().onResponse(release, response.status(), now);
        return true;
    }

    private boolean echoes(WireIdentity id) {
        return response.branchNonce() == id.branchNonce
                && response.fromTagKey() == id.key
                && response.fromTagNonce() == id.tagNonce
                && response.cseq() == id.cseq;
    }

    private static boolean isResponse(byte[] bytes, int length) {
        return length > 3 && bytes[1] == 'I' && bytes[2] == 'P' && bytes[3] == '/';
    }

    /// A fault of ours costs that call, not the user agent.
    private void drop(CallSlot slot, RuntimeException fault) {
        context.telemetry.count(Metric.FAULTS);
        LOG.error("call {} dropped in state {}: a fault of ours", Long.toHexString(slot.id.key), slot.state(), fault);
        abort(slot);
    }

    /// A fault of ours outside any live call costs what it happened to.
    private void survive(String what, RuntimeException fault) {
        context.telemetry.count(Metric.FAULTS);
        LOG.error("{} dropped: a fault of ours", what, fault);
    }
}
