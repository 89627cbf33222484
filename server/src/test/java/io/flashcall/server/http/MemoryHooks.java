package io.flashcall.server.http;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Webhook endpoints and their queue in memory.
final class MemoryHooks {

    final MemoryEndpoints endpoints = new MemoryEndpoints();
    final MemoryOutbox outbox = new MemoryOutbox();

    static final class MemoryEndpoints implements Endpoints {

        final Map<String, Endpoint> all = new ConcurrentHashMap<>();

        @Override
        public Optional<Endpoint> find(String id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<Endpoint> list(Optional<AppId> app) {
            return all.values().stream()
                    .filter(endpoint -> app.isEmpty() || endpoint.app().equals(app.get()))
                    .toList();
        }

        @Override
        public void save(Endpoint endpoint) {
            all.put(endpoint.id(), endpoint);
        }

        @Override
        public boolean delete(String id) {
            return all.remove(id) != null;
        }
    }

    static final class MemoryOutbox implements Outbox {

        final List<Delivery> dead = new ArrayList<>();
        final List<Delivery> added = new ArrayList<>();
        final List<Long> redelivered = new ArrayList<>();

        /// One that was given up.
        void bury(long id, String endpoint, SessionId session) {
            dead.add(new Delivery(
                    id,
                    endpoint,
                    Optional.of(session),
                    new Event(EventType.VERIFICATION_VERIFIED, 4, ApiScene.START),
                    "{}",
                    new Tries(10, "HTTP 500")));
        }

        @Override
        public List<Delivery> dead(String endpoint, long after, int most) {
            return dead.stream()
                    .filter(delivery -> delivery.endpoint().equals(endpoint))
                    .filter(delivery -> after == 0 || delivery.id() < after)
                    .sorted(Comparator.comparingLong(Delivery::id).reversed())
                    .limit(most)
                    .toList();
        }

        @Override
        public boolean redeliver(String endpoint, long id, Instant now) {
            boolean known = dead.stream()
                    .anyMatch(delivery ->
                            delivery.id() == id && delivery.endpoint().equals(endpoint));
            if (known) {
                redelivered.add(id);
            }
            return known;
        }

        @Override
        public long add(String endpoint, EventType type, String body, Instant now) {
            long id = added.size() + 1L;
            added.add(new Delivery(id, endpoint, Optional.empty(), new Event(type, 0, now), body, new Tries(0, "")));
            return id;
        }

        @Override
        public List<Delivery> claim(String endpoint, Instant now, Duration hold, Duration patience, int most) {
            return List.of();
        }

        @Override
        public List<String> waiting(Instant now) {
            return List.of();
        }

        @Override
        public void settle(List<Settlement> settlements) {
            throw new UnsupportedOperationException("the API settles nothing");
        }

        @Override
        public Optional<Instant> oldest() {
            return Optional.empty();
        }

        @Override
        public int forget(Instant before) {
            return 0;
        }
    }
}
