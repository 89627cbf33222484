package io.flashcall.server.http;

import io.flashcall.verification.store.IdempotentRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Idempotent requests in memory.
final class MemoryRequests implements IdempotentRequests {

    private final Map<Key, Entry> entries = new HashMap<>();

    /// Whoever completes is noted: the session's own transaction, or the API afterwards.
    int completedByApi;

    private record Entry(String fingerprint, Optional<Result> result) {}

    @Override
    public synchronized Claim claim(Key key, String fingerprint, Instant now, Duration hold) {
        var entry = entries.get(key);
        if (entry == null) {
            entries.put(key, new Entry(fingerprint, Optional.empty()));
            return new Claim.Granted();
        }
        if (!entry.fingerprint().equals(fingerprint)) {
            return new Claim.Mismatch();
        }
        return entry.result()
                .<Claim>map(result -> new Claim.Replay(result.status(), result.body()))
                .orElseGet(Claim.InProgress::new);
    }

    @Override
    public synchronized void complete(Result result) {
        completedByApi++;
        keep(result);
    }

    /// As the session's transaction does.
    synchronized void keep(Result result) {
        entries.computeIfPresent(result.key(), (_, entry) -> new Entry(entry.fingerprint(), Optional.of(result)));
    }

    @Override
    public synchronized void release(Key key) {
        entries.remove(key);
    }

    @Override
    public int forget(Instant before) {
        return 0;
    }

    /// What is kept, as it is kept.
    synchronized String everything() {
        return entries.toString();
    }
}
