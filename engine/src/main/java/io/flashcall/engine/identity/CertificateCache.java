package io.flashcall.engine.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What was fetched, and what could not be, each for its time; of a bounded number of URIs, the least used go
/// first. Thread-safe.
final class CertificateCache {

    private static final float LOAD = 0.75f;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, LOAD, true);

    CertificateCache(int most) {
        this.most = most;
    }

    Optional<CertificateSource.Answer> get(String x5u, Instant now) {
        lock.lock();
        try {
            var entry = entries.get(x5u);
            return entry != null && now.isBefore(entry.until) ? Optional.of(entry.answer) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// @param until not from then on
    void put(String x5u, CertificateSource.Answer answer, Instant until) {
        lock.lock();
        try {
            entries.put(x5u, new Entry(answer, until));
            if (entries.size() > most) {
                entries.remove(entries.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private record Entry(CertificateSource.Answer answer, Instant until) {}
}
