package io.flashcall.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Apps;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Looks apps up for those who ask at every attempt; what they hear is at most five seconds old. Thread-safe.
final class RecentApps implements Function<AppId, Optional<App>> {

    private final Cache<AppId, Optional<App>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .executor(Runnable::run)
            .build();
    private final Apps apps;

    RecentApps(Apps apps) {
        this.apps = apps;
    }

    @Override
    public Optional<App> apply(AppId id) {
        return known.get(id, apps::find);
    }
}
