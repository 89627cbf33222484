package io.flashcall.server.http;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.Apps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// API keys and apps in memory.
final class MemoryTenants {

    final MemoryKeys keys = new MemoryKeys();
    final MemoryApps apps = new MemoryApps();

    static final class MemoryKeys implements ApiKeys {

        final Map<String, ApiKey> all = new ConcurrentHashMap<>();

        @Override
        public void add(ApiKey key) {
            all.put(key.id(), key);
        }

        @Override
        public Optional<ApiKey> find(String id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<ApiKey> list(Optional<AppId> app) {
            return all.values().stream()
                    .filter(key -> app.isEmpty() || key.app().equals(app))
                    .toList();
        }

        @Override
        public boolean revoke(String id, Instant now) {
            var key = all.get(id);
            if (key == null || key.validity().revokedAt().isPresent()) {
                return false;
            }
            var validity = new Validity(key.validity().createdAt(), Optional.of(now));
            all.put(id, new ApiKey(id, key.scope(), key.app(), key.hash(), key.name(), validity));
            return true;
        }
    }

    static final class MemoryApps implements Apps {

        final Map<AppId, App> all = new ConcurrentHashMap<>();

        @Override
        public Optional<App> find(AppId id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<App> list() {
            return List.copyOf(all.values());
        }

        @Override
        public void save(App app) {
            all.put(app.id(), app);
        }

        @Override
        public boolean delete(AppId id) {
            return all.remove(id) != null;
        }
    }
}
