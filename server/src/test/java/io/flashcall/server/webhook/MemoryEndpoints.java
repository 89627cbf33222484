package io.flashcall.server.webhook;

import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Endpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Endpoints that are forgotten with it.
final class MemoryEndpoints implements Endpoints {

    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    @Override
    public Optional<Endpoint> find(String id) {
        return Optional.ofNullable(endpoints.get(id));
    }

    @Override
    public List<Endpoint> list(Optional<AppId> app) {
        return endpoints.values().stream()
                .filter(endpoint -> app.isEmpty() || app.get().equals(endpoint.app()))
                .toList();
    }

    @Override
    public void save(Endpoint endpoint) {
        endpoints.put(endpoint.id(), endpoint);
    }

    @Override
    public boolean delete(String id) {
        return endpoints.remove(id) != null;
    }
}
