package io.flashcall.server.webhook;

import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An outbox that is forgotten with it, and keeps the promises of the port.
final class MemoryOutbox implements Outbox {

    enum State {
        WAITING,
        DELIVERED,
        DEAD
    }

    /// @param due      when it may be taken
    /// @param firstTry empty: never taken
    record Row(Delivery delivery, State state, Instant due, Optional<Instant> firstTry) {

        Row taken(Instant now, Duration hold) {
            return new Row(delivery, state, now.plus(hold), firstTry.or(() -> Optional.of(now)));
        }

        Row settled(State next, Instant at, String last) {
            var tries = new Tries(delivery.tries().made() + 1, last);
            var same = new Delivery(
                    delivery.id(), delivery.endpoint(), delivery.session(), delivery.event(), delivery.body(), tries);
            return new Row(same, next, at, firstTry);
        }

        boolean isWaiting() {
            return state == State.WAITING;
        }
    }

    private final MemoryEndpoints endpoints;
    private final Map<Long, Row> rows = new TreeMap<>();
    private boolean broken;

    MemoryOutbox(MemoryEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /// What a session's transaction does.
    synchronized long write(String endpoint, SessionId session, int sequence, String body, Instant now) {
        return add(endpoint, Optional.of(session), new Event(EventType.CALL_RINGING, sequence, now), body, now);
    }

    @Override
    public synchronized long add(String endpoint, EventType type, String body, Instant now) {
        return add(endpoint, Optional.empty(), new Event(type, 0, now), body, now);
    }

    private long add(String endpoint, Optional<SessionId> session, Event event, String body, Instant now) {
        long id = rows.size() + 1L;
        var delivery = new Delivery(id, endpoint, session, event, body, new Tries(0, ""));
        rows.put(id, new Row(delivery, State.WAITING, now, Optional.empty()));
        return id;
    }

    synchronized Row row(long id) {
        var row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("no such delivery: " + id);
        }
        return row;
    }

    synchronized long count(State state) {
        return rows.values().stream().filter(row -> row.state == state).count();
    }

    synchronized void breakDown(boolean down) {
        broken = down;
    }

    private void check() {
        if (broken) {
            throw new IllegalStateException("the disk is full");
        }
    }

    @Override
    public synchronized List<Delivery> claim(String endpoint, Instant now, Duration hold, Duration patience, int most) {
        check();
        var claimed = new ArrayList<Delivery>();
        var held = new HashSet<SessionId>();
        for (var row : List.copyOf(rows.values())) {
            var delivery = row.delivery();
            if (!row.isWaiting() || !delivery.endpoint().equals(endpoint)) {
                continue;
            }
            boolean free =
                    delivery.session().map(session -> !held.contains(session)).orElse(true);
            boolean due = !row.due().isAfter(now);
            if (free && due && claimed.size() < most) {
                claimed.add(delivery);
                rows.put(delivery.id(), row.taken(now, hold));
            }
            boolean patient = row.firstTry()
                    .map(first -> first.plus(patience).isAfter(now))
                    .orElse(true);
            if (patient) {
                delivery.session().ifPresent(held::add);
            }
        }
        return claimed;
    }

    @Override
    public synchronized List<String> waiting(Instant now) {
        check();
        return rows.values().stream()
                .filter(row -> row.isWaiting() && !row.due().isAfter(now))
                .map(row -> row.delivery().endpoint())
                .distinct()
                .filter(id -> endpoints.find(id).filter(Endpoint::isEnabled).isPresent())
                .toList();
    }

    @Override
    public synchronized void settle(List<Settlement> settlements) {
        check();
        for (var settlement : settlements) {
            var row = row(settlement.delivery());
            if (row.isWaiting()) {
                rows.put(settlement.delivery(), settled(row, settlement));
            }
        }
    }

    private static Row settled(Row row, Settlement settlement) {
        return switch (settlement) {
            case Settlement.Delivered done -> row.settled(State.DELIVERED, done.at(), "");
            case Settlement.Again again -> row.settled(State.WAITING, again.at(), again.error());
            case Settlement.Dead dead -> row.settled(State.DEAD, dead.at(), dead.error());
        };
    }

    @Override
    public synchronized List<Delivery> dead(String endpoint, long after, int most) {
        return rows.values().stream()
                .filter(row -> row.state() == State.DEAD)
                .map(Row::delivery)
                .toList()
                .reversed();
    }

    @Override
    public synchronized boolean redeliver(String endpoint, long id, Instant now) {
        var row = rows.get(id);
        if (row == null) {
            return false;
        }
        var old = row.delivery();
        var fresh = new Delivery(id, endpoint, old.session(), old.event(), old.body(), new Tries(0, ""));
        rows.put(id, new Row(fresh, State.WAITING, now, row.firstTry()));
        return true;
    }

    @Override
    public synchronized Optional<Instant> oldest() {
        return rows.values().stream()
                .filter(Row::isWaiting)
                .map(row -> row.delivery().event().at())
                .findFirst();
    }

    @Override
    public int forget(Instant before) {
        throw new UnsupportedOperationException("nothing is forgotten here");
    }
}
