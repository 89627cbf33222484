package io.flashcall.cli;

import io.flashcall.cli.option.EngineStarter;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallEvent.Stamp;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.DrainReport;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.ReloadReport;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.capture.WireMessage;
import io.flashcall.engine.telemetry.EngineSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An engine without a network: calls ring, end at once as the script says, or stay up until they are hung up.
public final class FakeEngine implements Engine {

    private static final SipStatus RINGING = new SipStatus(180, -1, "");
    private static final SipStatus CANCELLED = new SipStatus(487, -1, "");

    public final List<CallRequest> requests = new ArrayList<>();
    public static final String CALL_ID = "00000000000000c1-0000000000000002";

    private final AtomicReference<@Nullable EngineConfig> config = new AtomicReference<>();
    private final Function<CallRequest, Optional<CallOutcome>> script;
    private final List<List<RegistrationStatus>> registrations = new ArrayList<>(List.of(List.of()));
    private final List<CallRequest> up = new ArrayList<>();
    private @Nullable Consumer<Duration> whileDraining;
    private @Nullable CallEventListener listener;
    private TraceListener trace = TraceListener.NONE;
    private Admission.@Nullable Reason refusal;

    /// @param script how a call ends; empty: it stays up
    public FakeEngine(Function<CallRequest, Optional<CallOutcome>> script) {
        this.script = script;
    }

    /// Calls that ring and are cancelled.
    public static FakeEngine ringing() {
        return new FakeEngine(_ -> Optional.of(new CallOutcome.Rang(CANCELLED)));
    }

    /// What successive snapshots say of the one registration; the last one stays.
    public FakeEngine registering(RegistrationStatus... snapshots) {
        registrations.clear();
        for (var status : snapshots) {
            registrations.add(List.of(status));
        }
        return this;
    }

    public FakeEngine refusing(Admission.Reason reason) {
        refusal = reason;
        return this;
    }

    public FakeEngine telling(CallEventListener events) {
        listener = events;
        return this;
    }

    /// A slot stays taken after its call has ended, as when the peer is silent.
    ///
    /// @param observer sees the timeout of each drain
    public FakeEngine lingering(Consumer<Duration> observer) {
        whileDraining = observer;
        return this;
    }

    public EngineStarter starter() {
        return (with, events, messages) -> {
            config.set(with);
            trace = messages;
            return telling(events);
        };
    }

    public EngineConfig config() {
        var started = config.get();
        if (started == null) {
            throw new AssertionError("the engine was not started");
        }
        return started;
    }

    public synchronized int count() {
        return requests.size();
    }

    @Override
    public synchronized Admission place(CallRequest request) {
        if (refusal != null) {
            return new Admission.Refused(refusal);
        }
        requests.add(request);
        send("INVITE");
        tell(new Placed(stamp(request, 0, 0)));
        tell(new Ringing(stamp(request, 1, 50), RINGING));
        var outcome = script.apply(request);
        if (outcome.isEmpty()) {
            up.add(request);
        }
        outcome.ifPresent(how -> end(request, how));
        return new Admission.Accepted(new CallId(requests.size()));
    }

    private void end(CallRequest request, CallOutcome outcome) {
        send("CANCEL");
        tell(new HangingUp(stamp(request, 2, 1551), Optional.of(Duration.ofMillis(1))));
        tell(new Ended(stamp(request, 3, 1560), outcome));
    }

    private void send(String method) {
        byte[] bytes = (method + " sip:x SIP/2.0\r\nVia: x\r\nCall-ID: " + CALL_ID + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        trace.onMessage(new WireMessage().belonging(requests.size(), "peer").carrying(true, bytes, bytes.length));
    }

    private void tell(CallEvent event) {
        var to = listener;
        if (to != null) {
            to.onEvent(event);
        }
    }

    private Stamp stamp(CallRequest request, int sequence, long millis) {
        return new Stamp(new CallId(requests.size()), request.reference(), sequence, Instant.EPOCH, millis * 1_000_000);
    }

    @Override
    public boolean hangUp(CallId call) {
        return false;
    }

    @Override
    public ReloadReport reload(EngineConfig next) {
        throw new UnsupportedOperationException("it has no trunks");
    }

    @Override
    public List<TrunkStatus> trunks() {
        return List.of();
    }

    @Override
    public EngineSnapshot snapshot() {
        return new EngineSnapshot(
                List.of(), registrations.size() > 1 ? registrations.removeFirst() : registrations.getFirst());
    }

    @Override
    public synchronized DrainReport drain(Duration timeout) {
        int live = up.size();
        up.forEach(request -> end(request, new CallOutcome.Rang(CANCELLED)));
        up.clear();
        var observer = whileDraining;
        if (observer == null) {
            return new DrainReport(live, List.of());
        }
        observer.accept(timeout);
        return new DrainReport(live, List.of(new CallId(1)));
    }

    @Override
    public void close() {}
}
