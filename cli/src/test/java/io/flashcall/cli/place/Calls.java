package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallEvent.Stamp;
import io.flashcall.engine.CallEvent.Trying;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A call told event by event, with times in microseconds after the first INVITE.
final class Calls {

    private static final long START = 7_000_000_000L;

    private final List<CallEvent> events = new ArrayList<>();
    private boolean cancelled;

    static Calls placed() {
        var calls = new Calls();
        calls.events.add(new Placed(calls.stamp(0)));
        return calls;
    }

    static SipStatus status(int code) {
        return new SipStatus(code, -1, "");
    }

    Calls trying(long micros) {
        events.add(new Trying(stamp(micros), status(100)));
        return this;
    }

    Calls ringing(long micros) {
        events.add(new Ringing(stamp(micros), status(180)));
        return this;
    }

    /// A CANCEL, and not because the ring time was over.
    Calls hangingUp(long micros) {
        cancelled = true;
        return add(new HangingUp(stamp(micros), Optional.empty()));
    }

    Calls hangingUp(long micros, long lateMicros) {
        cancelled = true;
        return add(new HangingUp(stamp(micros), Optional.of(Duration.ofNanos(lateMicros * 1000))));
    }

    /// A BYE: the call was answered before we hung up.
    Calls releasing(long micros) {
        cancelled = false;
        return add(new HangingUp(stamp(micros), Optional.empty()));
    }

    CallReport ended(long micros, CallOutcome outcome) {
        boolean left = !events.isEmpty() && events.getFirst() instanceof Placed;
        events.add(new Ended(stamp(micros), outcome));
        return new CallReport(events, new CallReport.Wire(left ? "1a-2b" : "", cancelled));
    }

    private Calls add(CallEvent event) {
        events.add(event);
        return this;
    }

    private Stamp stamp(long micros) {
        return new Stamp(new CallId(0x1a), "place", events.size(), Instant.EPOCH, START + micros * 1000);
    }
}
