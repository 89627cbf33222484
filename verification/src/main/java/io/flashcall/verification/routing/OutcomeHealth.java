package io.flashcall.verification.routing;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Judges trunks by what became of their calls alone. Thread-safe; reads no clock.
///
/// - A 503 is taken at its word: the trunk rests for its Retry-After, 5 minutes at most, or for 10 s.
/// - Five calls in a row without an answer that a carrier would give: it rests for 10 s, then one call finds out. While
///   that fails, each rest is twice as long, 2 minutes at most.
/// - What the engine refuses for want of room, or because the carrier or its guard wants a rest, is asked about
///   again in a moment: 250 ms.
public final class OutcomeHealth implements TrunkHealth {

    private volatile Map<String, TrunkRecord> trunks = Map.of();

    /// @param trunks names of all configured trunks
    public OutcomeHealth(List<String> trunks) {
        use(trunks);
    }

    /// These are the trunks from now on; what is known of those that stay is kept.
    ///
    /// @param names of all configured trunks
    public synchronized void use(List<String> names) {
        var next = new LinkedHashMap<String, TrunkRecord>();
        for (var name : names) {
            var known = trunks.get(name);
            next.put(name, known == null ? new TrunkRecord(name) : known);
        }
        trunks = next;
    }

    @Override
    public void onOutcome(String trunk, CallOutcome outcome, Instant now) {
        var known = trunks.get(trunk);
        if (known == null) {
            return;
        }
        switch (outcome) {
            case CallOutcome.Rang _, CallOutcome.Answered _, CallOutcome.Declined _ -> known.answered();
            case CallOutcome.Failed failed -> onFailure(known, failed, now);
            // We gave up; whatever the trunk would have done.
            case CallOutcome.Abandoned _ -> {}
        }
    }

    private static void onFailure(TrunkRecord trunk, CallOutcome.Failed failed, Instant now) {
        switch (failed.cause()) {
            case OVERLOADED -> trunk.overloaded(failed.retryAfter(), now);
            case NO_RESPONSE, UNREACHABLE -> trunk.silent(now);
            case NO_RINGING, RANG_UNSEEN, NOT_AUTHORIZED, BLOCKED, BLOCKED_BY_ANALYTICS, MEDIA_REFUSED, PROTOCOL ->
                trunk.answered();
        }
    }

    @Override
    public void onRefusal(String trunk, Admission.Reason reason, Instant now) {
        var known = trunks.get(trunk);
        if (known == null) {
            return;
        }
        switch (reason) {
            case BUSY -> known.full("the engine is busy", now);
            case PACED -> known.full("its pace is used up", now);
            case NO_CHANNEL -> known.full("its channels are in use", now);
            case BACKING_OFF -> known.full("the carrier asks to be left alone", now);
            case GUARDED -> known.full("its guard gives it a rest", now);
            // One call was withheld; the next may go.
            case OVERLOADED -> {}
            case CALLER_ID_NOT_OWNED, DUPLICATE_REFERENCE, DRAINING, BAD_NUMBER, UNKNOWN_TRUNK -> {}
        }
    }

    /// A trunk that is not configured is down.
    @Override
    public State state(String trunk, Instant now) {
        var known = trunks.get(trunk);
        return known == null ? new State(trunk, false, "not configured", now) : known.state(now);
    }

    @Override
    public boolean mayTry(String trunk, Instant now) {
        var known = trunks.get(trunk);
        return known != null && known.mayTry(now);
    }

    @Override
    public List<State> states(Instant now) {
        return trunks.values().stream().map(trunk -> trunk.state(now)).toList();
    }
}
