package io.flashcall.verification.usecase;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.DrainReport;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.ReloadReport;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.telemetry.EngineSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An engine that calls nobody: it keeps what it was asked, and the test says what becomes of it.
final class RecordingEngine implements Engine {

    final List<CallRequest> placed = new ArrayList<>();
    final List<CallId> hungUp = new ArrayList<>();
    Optional<Admission.Reason> refusal = Optional.empty();

    @Override
    public synchronized Admission place(CallRequest request) {
        if (refusal.isPresent()) {
            return new Admission.Refused(refusal.get());
        }
        placed.add(request);
        return new Admission.Accepted(new CallId(placed.size()));
    }

    @Override
    public synchronized boolean hangUp(CallId call) {
        return hungUp.add(call);
    }

    CallRequest latest() {
        return placed.getLast();
    }

    /// The last digits that the latest call shows.
    String code(int length) {
        var from = latest().from();
        return from.substring(from.length() - length);
    }

    CallEvent ringing(Instant now) {
        return new CallEvent.Ringing(stamp(1, now), new SipStatus(180, -1, ""));
    }

    CallEvent ended(CallOutcome outcome, Instant now) {
        return new CallEvent.Ended(stamp(2, now), outcome);
    }

    private CallEvent.Stamp stamp(int sequence, Instant now) {
        return new CallEvent.Stamp(new CallId(placed.size()), latest().reference(), sequence, now, 0);
    }

    @Override
    public ReloadReport reload(EngineConfig config) {
        throw new UnsupportedOperationException("it has no trunks");
    }

    @Override
    public List<TrunkStatus> trunks() {
        return List.of();
    }

    @Override
    public EngineSnapshot snapshot() {
        return new EngineSnapshot(List.of());
    }

    @Override
    public DrainReport drain(Duration timeout) {
        return new DrainReport(0, List.of());
    }

    @Override
    public void close() {}
}
