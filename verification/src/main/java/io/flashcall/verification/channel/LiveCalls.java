package io.flashcall.verification.channel;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.Engine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The calls that are with the engine, by their references: which trunk each one took, and how to hang it up. A call
/// may
/// be asked to end before the engine has said its id; it is then hung up as soon as it has. Thread-safe.
public final class LiveCalls {

    private final Engine engine;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    public LiveCalls(Engine engine) {
        this.engine = engine;
    }

    /// Hands a call to the engine.
    public Admission place(CallRequest request) {
        var call = new Call(request.trunk());
        calls.put(request.reference(), call);
        var admission = engine.place(request);
        switch (admission) {
            case Admission.Accepted(var id) -> {
                if (call.accepted(id)) {
                    engine.hangUp(id);
                }
            }
            case Admission.Refused _ -> calls.remove(request.reference(), call);
        }
        return admission;
    }

    /// Asks a call to end; does nothing when it is not in the air.
    public void hangUp(String reference) {
        var call = calls.get(reference);
        if (call != null) {
            call.hangUpWanted().ifPresent(engine::hangUp);
        }
    }

    /// A call has its outcome.
    ///
    /// @return the trunk it took; empty when it was none of ours
    public Optional<String> ended(String reference) {
        var call = calls.remove(reference);
        return call == null ? Optional.empty() : Optional.of(call.trunk);
    }

    private static final class Call {

        private final String trunk;
        private @Nullable CallId id;
        private boolean hangUpWanted;

        Call(String trunk) {
            this.trunk = trunk;
        }

        /// @return whether it is to be hung up at once
        synchronized boolean accepted(CallId given) {
            id = given;
            return hangUpWanted;
        }

        /// @return what to hang up, where that is known already
        synchronized Optional<CallId> hangUpWanted() {
            hangUpWanted = true;
            return Optional.ofNullable(id);
        }
    }
}
