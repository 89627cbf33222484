package io.flashcall.server.store;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.LeaseTakenException;
import io.flashcall.verification.store.SessionQuery;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.TimelineEntry;
import io.flashcall.verification.store.Write;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Sessions over SQL. Each session is a row, with its attempts, leases, timeline and deliveries as rows of their own.
final class SqlSessions implements Sessions {

    private static final int MOST_TRIES = 5;

    private static final String REUSABLE = "SELECT id FROM sessions WHERE reuse_key = ? AND status = 'pending'";

    private static final String DUE = "SELECT id FROM sessions WHERE deadline <= ? ORDER BY deadline LIMIT ?";

    private static final String TIMELINE =
            "SELECT type, sequence, at, attempt, details FROM timeline WHERE session_id = ? ORDER BY sequence";

    private static final int AT_ONCE = 100;

    private static final String STANDINGS =
            "SELECT id, phase, phase_attempt, events FROM sessions WHERE id IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

    private final Database database;
    private final Vault vault;
    private final String node;

    /// @param node whose idempotency keys are completed together with sessions
    SqlSessions(Database database, Vault vault, String node) {
        this.database = database;
        this.vault = vault;
        this.node = node;
    }

    @Override
    public Created create(Write write) {
        var session = write.step().session();
        var destinationMac = vault.numberMac(session.opening().intent().to());
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                return database.write("save a new session", sql -> {
                    SessionRows.insert(sql, session, destinationMac);
                    saveAttempts(sql, List.of(), session);
                    saveRest(sql, write);
                    return new Created.Done();
                });
            } catch (LeaseTakenException e) {
                return new Created.LeaseTaken();
            } catch (ReuseKeyTakenException e) {
                var pending = reusable(session.opening().claims().reuseKey());
                if (pending.isPresent()) {
                    return new Created.Reusable(pending.get());
                }
                // What stood in the way has ended meanwhile.
            }
        }
        throw new StoreException("cannot save a new session: there is one of this id");
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return database.read("read a session", sql -> SessionRows.find(sql, id));
    }

    @Override
    public Optional<Session> findPending(String reuseKey) {
        return database.read("read a pending session", sql -> SessionRows.findPending(sql, reuseKey));
    }

    @Override
    public Optional<Change> update(SessionId id, Function<Session, Write> fold) {
        return database.write("save a session", sql -> {
            var before = SessionRows.findForUpdate(sql, id);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            var write = fold.apply(before.get());
            save(sql, before.get(), write);
            return Optional.of(new Change(before.get(), write.step()));
        });
    }

    @Override
    public List<SessionId> due(Instant now, int most) {
        return database.read("read which sessions are due", sql -> {
            var due = new ArrayList<SessionId>();
            try (var rows = sql.query(DUE, now, most)) {
                while (rows.next()) {
                    due.add(new SessionId(rows.text()));
                }
            }
            return due;
        });
    }

    @Override
    public List<Standing> standings(Collection<SessionId> ids) {
        var all = new ArrayList<Standing>();
        var rest = ids.stream().map(SessionId::value).toList();
        for (int from = 0; from < rest.size(); from += AT_ONCE) {
            var some = rest.subList(from, Math.min(from + AT_ONCE, rest.size())).toArray();
            // What is not filled names no session.
            var values = Arrays.copyOf(some, AT_ONCE);
            Arrays.fill(values, some.length, AT_ONCE, "");
            all.addAll(database.read("read how sessions stand", sql -> standings(sql, values)));
        }
        return all;
    }

    private static List<Standing> standings(Sql sql, Object[] ids) throws SQLException {
        var some = new ArrayList<Standing>();
        try (var rows = sql.query(STANDINGS, ids)) {
            while (rows.next()) {
                var id = new SessionId(rows.text());
                boolean trying = rows.text().equals("trying");
                int attempt = rows.integer();
                some.add(new Standing(id, trying ? attempt : 0, rows.integer()));
            }
        }
        return some;
    }

    @Override
    public List<Session> list(SessionQuery query) {
        var list = SessionList.of(query);
        return database.read("list sessions", sql -> {
            try (var rows = sql.query(list.text(), list.values().toArray())) {
                return SessionRows.read(rows);
            }
        });
    }

    @Override
    public List<TimelineEntry> timeline(SessionId id) {
        return database.read("read a timeline", sql -> {
            var entries = new ArrayList<TimelineEntry>();
            try (var rows = sql.query(TIMELINE, id.value())) {
                while (rows.next()) {
                    entries.add(new TimelineEntry(
                            EventTypes.named(rows.text()),
                            rows.integer(),
                            rows.instant(),
                            rows.integer(),
                            rows.text()));
                }
            }
            return entries;
        });
    }

    @Override
    public int anonymize(Instant endedBefore, int most) {
        return database.write("remove numbers", sql -> Removal.endedBefore(sql, endedBefore, most));
    }

    @Override
    public int erase(String destinationMac) {
        int sessions = database.write("erase a destination", sql -> Removal.ofDestination(sql, destinationMac));
        database.scrub();
        return sessions;
    }

    private Optional<SessionId> reusable(Optional<String> reuseKey) {
        return database.read("read which session is pending", sql -> {
            try (var rows = sql.query(REUSABLE, reuseKey)) {
                return rows.next() ? Optional.of(new SessionId(rows.text())) : Optional.<SessionId>empty();
            }
        });
    }

    private void save(Sql sql, Session before, Write write) throws SQLException {
        var after = write.step().session();
        if (!after.id().equals(before.id())) {
            throw new IllegalStateException("the fold of a session answered with another one");
        }
        if (!after.equals(before)) {
            SessionRows.update(sql, before, after);
            saveAttempts(sql, before.attempts(), after);
            if (after.status().isFinal()) {
                LeaseRows.close(sql, before, after);
            }
        }
        saveRest(sql, write);
    }

    /// And what they count in.
    private static void saveAttempts(Sql sql, List<Attempt> before, Session after) throws SQLException {
        AttemptRows.save(sql, after.id(), before, after.attempts());
        VolumeRows.add(sql, after, before.size());
        SpendingRows.add(sql, before, after);
    }

    private void saveRest(Sql sql, Write write) throws SQLException {
        var session = write.step().session();
        if (write.lease().isPresent()) {
            LeaseRows.insert(sql, session, write.lease().get());
        }
        for (var event : write.events()) {
            EventRows.insert(sql, session, event);
        }
        for (var event : write.step().published()) {
            if (event.type() == EventType.VERIFICATION_VERIFIED) {
                // The fold says with it whose code was entered.
                int attempt = Integer.parseInt(event.details().getOrDefault("attempt", "0"));
                AttemptRows.verified(sql, session.id(), attempt, event.at());
            }
        }
        if (write.failedCheck().isPresent()) {
            SqlFailedChecks.add(sql, write.failedCheck().get());
        }
        if (write.result().isPresent()) {
            SqlIdempotentRequests.complete(sql, write.result().get(), node);
        }
    }
}
