package io.flashcall.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flashcall.verification.store.Volumes;
import java.time.Duration;
import java.time.YearMonth;

/// Volumes for those who ask at every attempt; what they hear is at most three seconds old, so that a tier
/// begins that much late. Thread-safe.
final class RecentVolumes implements Volumes {

    private final Cache<Key, Long> known = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofSeconds(3))
            .executor(Runnable::run)
            .build();
    private final Volumes volumes;

    RecentVolumes(Volumes volumes) {
        this.volumes = volumes;
    }

    @Override
    public long attempts(String family, YearMonth month) {
        return known.get(new Key(family, month), key -> volumes.attempts(key.family(), key.month()));
    }

    @Override
    public int forget(YearMonth month) {
        return volumes.forget(month);
    }

    private record Key(String family, YearMonth month) {}
}
