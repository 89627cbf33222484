package io.flashcall.server.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.ApiKeys.ApiKey;
import io.flashcall.verification.store.Apps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// API keys and apps as requests need them: at hand, and at most five seconds old. What this process itself changes
/// counts at once. Thread-safe.
public final class Tenants {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final ApiKeys keys;
    private final Apps apps;
    private final Cache<String, Optional<ApiKey>> knownKeys = cache();
    private final Cache<AppId, Optional<App>> knownApps = cache();
    private final Cache<String, List<App>> everyApp = cache();

    public Tenants(ApiKeys keys, Apps apps) {
        this.keys = keys;
        this.apps = apps;
    }

    Optional<ApiKey> key(String id) {
        return knownKeys.get(id, keys::find);
    }

    public Optional<App> app(AppId id) {
        return knownApps.get(id, apps::find);
    }

    List<App> apps() {
        return everyApp.get("", _ -> apps.list());
    }

    /// To be called after a key was made or revoked.
    public void forgetKey(String id) {
        knownKeys.invalidate(id);
    }

    /// To be called after an app was saved or deleted.
    public void forgetApp(AppId id) {
        knownApps.invalidate(id);
        everyApp.invalidateAll();
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(FRESH)
                .executor(Runnable::run)
                .build();
    }
}
