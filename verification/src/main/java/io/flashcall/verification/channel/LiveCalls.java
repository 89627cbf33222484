package io.flashcall.verification.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.Engine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The calls that are with the engine, by their references: which trunk each one took, and how to hang it up. A
/// call may be asked to end before the engine has said its id, or has heard of it at all; it is then hung up as
/// soon as it has an id, or never placed. Thread-safe.
public final class LiveCalls {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Engine engine;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    // Calls that were asked to end. None is placed so much later.
    private final Cache<String, Boolean> unwanted = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(100_000)
            .executor(Runnable::run)
            .build();

    public LiveCalls(Engine engine) {
        this.engine = engine;
    }

    /// Hands a call to the engine.
    ///
    /// @return empty when it was asked to end before: it is not placed
    public Optional<Admission> place(CallRequest request) {
        var call = new Call(request.trunk());
        calls.put(request.reference(), call);
        // In this order, while hangUp goes the other way round: one of them sees the other.
        if (unwanted.getIfPresent(request.reference()) != null) {
            calls.remove(request.reference(), call);
            return Optional.empty();
        }
        Admission admission;
        try {
            admission = engine.place(request);
        } catch (RuntimeException e) {
            calls.remove(request.reference(), call);
            throw e;
        }
        switch (admission) {
            case Admission.Accepted(var id) -> {
                if (call.accepted(id)) {
                    engine.hangUp(id);
                }
            }
            case Admission.Refused _ -> calls.remove(request.reference(), call);
        }
        return Optional.of(admission);
    }

    /// Asks a call to end, wherever it is on its way; does nothing when it is over.
    public void hangUp(String reference) {
        unwanted.put(reference, true);
        var call = calls.get(reference);
        if (call != null) {
            call.hangUpWanted().ifPresent(engine::hangUp);
        }
    }

    /// The references of those that are in the air now.
    public Set<String> references() {
        return Set.copyOf(calls.keySet());
    }

    /// A call has its outcome.
    ///
    /// @return the trunk it took; empty when it was none of ours
    public Optional<String> ended(String reference) {
        var call = calls.remove(reference);
        return call == null ? Optional.empty() : Optional.of(call.trunk);
    }

    /// Waits until no call is in the air, but no longer than `most`.
    public void awaitNone(Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!calls.isEmpty() && System.nanoTime() - until < 0) {
            Thread.sleep(LOOK);
        }
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
