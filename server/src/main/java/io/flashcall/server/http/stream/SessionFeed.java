package io.flashcall.server.http.stream;

import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.SessionWatcher;
import io.flashcall.verification.store.TimelineEntry;
import io.flashcall.verification.tracking.Elsewhere;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Hands every session's changes to those who read along. Whoever reads too slowly is dropped; the teller
/// never waits. Thread-safe.
public final class SessionFeed implements SessionWatcher, Elsewhere.Readers, AutoCloseable {

    private static final int MOST_OF_A_SESSION = 10;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<SessionId, List<Subscription>> subscriptions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param most readers at once
    public SessionFeed(int most) {
        this.most = most;
    }

    @Override
    public void onChange(Session session, List<TimelineEntry> events) {
        if (subscriptions.isEmpty() || events.isEmpty()) {
            return;
        }
        for (var subscription : subscriptions.getOrDefault(session.id(), List.of())) {
            subscription.offer(events);
        }
    }

    /// Reads along from now on; to be closed.
    ///
    /// @return empty when there are too many readers, or the feed is closed
    public Optional<Subscription> subscribe(SessionId session) {
        if (open.incrementAndGet() > most || closed) {
            open.decrementAndGet();
            return Optional.empty();
        }
        var subscription = new Subscription(this, session);
        var all = subscriptions.compute(session, (_, before) -> {
            var list = before == null ? new CopyOnWriteArrayList<Subscription>() : before;
            if (list.size() < MOST_OF_A_SESSION) {
                list.add(subscription);
            }
            return list;
        });
        if (!all.contains(subscription)) {
            open.decrementAndGet();
            return Optional.empty();
        }
        if (closed) {
            subscription.end();
        }
        return Optional.of(subscription);
    }

    @Override
    public Map<SessionId, Integer> places() {
        var places = new HashMap<SessionId, Integer>();
        subscriptions.forEach((session, list) ->
                list.stream().mapToInt(Subscription::place).min().ifPresent(place -> places.put(session, place)));
        return places;
    }

    @Override
    public void behind(SessionId session) {
        subscriptions.getOrDefault(session, List.of()).forEach(Subscription::behind);
    }

    /// Readers at the moment.
    public int readers() {
        return open.get();
    }

    /// Ends every stream.
    @Override
    public void close() {
        closed = true;
        subscriptions.values().forEach(list -> list.forEach(Subscription::end));
    }

    void leave(Subscription subscription) {
        subscriptions.computeIfPresent(subscription.session(), (_, list) -> {
            if (list.remove(subscription)) {
                open.decrementAndGet();
            }
            return list.isEmpty() ? null : list;
        });
    }
}
