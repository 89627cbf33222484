package io.flashcall.server.store;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Phase;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rows of the table `sessions`, each with its attempts.
final class SessionRows {

    /// What [#read] expects of a query, with the sessions as `s` and their attempts, left-joined, as `a`.
    static final String COLUMNS = "s.id, s.app, s.destination, s.country, s.purpose, s.user_reference,"
            + " s.transaction_data, s.language, s.email, s.terms, s.created_at, s.client_secret_hash, s.reuse_key,"
            + " s.requested_code, s.checks, s.sends, s.events, s.status, s.reason, s.phase, s.phase_send,"
            + " s.phase_channel, s.phase_attempt, s.phase_at, "
            + AttemptRows.COLUMNS;

    private static final int OWN_COLUMNS = 24;

    private static final String READ =
            "SELECT " + COLUMNS + " FROM sessions s LEFT JOIN attempts a ON a.session_id = s.id";

    private static final String ONE = READ + " WHERE s.id = ? ORDER BY a.number";

    private static final String PG_LOCK = "SELECT 1 FROM sessions WHERE id = ? FOR UPDATE";

    private static final String PENDING = READ + " WHERE s.reuse_key = ? AND s.status = 'pending' ORDER BY a.number";

    private static final String INSERT = """
            INSERT INTO sessions (id, app, destination, destination_mac, country, purpose, user_reference,
                transaction_data, language, email, terms, created_at, expires_at, client_secret_hash, reuse_key,
                requested_code, checks, sends, events, status, reason, phase, phase_send, phase_channel,
                phase_attempt, phase_at, deadline, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    // The more an update names, the more indexes it touches. Of the three kinds of steps this is the most frequent.
    private static final String UPDATE_TALLY = "UPDATE sessions SET checks = ?, sends = ?, events = ? WHERE id = ?";

    private static final String UPDATE_PHASE = """
            UPDATE sessions SET checks = ?, sends = ?, events = ?, phase = ?, phase_send = ?, phase_channel = ?,
                phase_attempt = ?, phase_at = ?, deadline = ?
            WHERE id = ?""";

    private static final String END = """
            UPDATE sessions SET checks = ?, sends = ?, events = ?, phase = 'ended', phase_send = 0, phase_channel = 0,
                phase_attempt = 0, phase_at = ?, deadline = NULL, status = ?, reason = ?, ended_at = ?
            WHERE id = ?""";

    private SessionRows() {}

    /// The same, and nobody else changes it before the transaction ends. Two statements: one that waited
    /// for the lock would still see the attempts as they were before.
    static Optional<Session> findForUpdate(Sql sql, SessionId id) throws SQLException {
        if (sql.dialect() == Dialect.POSTGRESQL) {
            sql.queue(PG_LOCK, id.value());
        }
        return find(sql, id);
    }

    static Optional<Session> find(Sql sql, SessionId id) throws SQLException {
        try (var rows = sql.query(ONE, id.value())) {
            return read(rows).stream().findFirst();
        }
    }

    static Optional<Session> findPending(Sql sql, String reuseKey) throws SQLException {
        try (var rows = sql.query(PENDING, reuseKey)) {
            return read(rows).stream().findFirst();
        }
    }

    /// Reads sessions whose rows stand together, their attempts in order.
    static List<Session> read(Rows rows) throws SQLException {
        var sessions = new ArrayList<Session>();
        var attempts = new AttemptRows();
        Optional<Session> current = Optional.empty();
        while (rows.next()) {
            var id = rows.text();
            if (current.isEmpty() || !current.get().id().value().equals(id)) {
                current.ifPresent(session -> sessions.add(attempts.takenBy(session)));
                current = Optional.of(session(new SessionId(id), rows));
            } else {
                rows.skip(OWN_COLUMNS - 1);
            }
            attempts.read(rows);
        }
        current.ifPresent(session -> sessions.add(attempts.takenBy(session)));
        return sessions;
    }

    /// @throws ReuseKeyTakenException when there is a pending one with this reuse key already; then, or
    ///                                when the transaction ends
    static void insert(Sql sql, Session session, String destinationMac) throws SQLException {
        var opening = session.opening();
        var intent = opening.intent();
        var phase = PhaseColumns.of(session.phase());
        sql.queueUnique(
                INSERT,
                "sessions_reusable",
                ReuseKeyTakenException::new,
                session.id().value(),
                opening.app().value(),
                intent.to().digits(),
                destinationMac,
                intent.country(),
                intent.purpose(),
                intent.userReference(),
                intent.transaction(),
                intent.language(),
                intent.email(),
                TermsText.write(opening.terms()),
                opening.at(),
                opening.expiresAt(),
                opening.claims().clientSecretHash(),
                opening.claims().reuseKey(),
                opening.claims().requestedCode(),
                session.tally().checks(),
                session.tally().sends(),
                session.tally().events(),
                session.status().label(),
                session.reason(),
                phase.name(),
                phase.send(),
                phase.channel(),
                phase.attempt(),
                phase.at(),
                session.deadline(),
                session.endedAt());
    }

    static void update(Sql sql, Session before, Session after) throws SQLException {
        var id = after.id().value();
        var tally = after.tally();
        if (after.phase().equals(before.phase())) {
            sql.queue(UPDATE_TALLY, tally.checks(), tally.sends(), tally.events(), id);
        } else if (after.phase() instanceof Phase.Ended ended) {
            sql.queue(
                    END,
                    tally.checks(),
                    tally.sends(),
                    tally.events(),
                    ended.at(),
                    ended.status().label(),
                    ended.reason(),
                    ended.at(),
                    id);
        } else {
            var phase = PhaseColumns.of(after.phase());
            sql.queue(
                    UPDATE_PHASE,
                    tally.checks(),
                    tally.sends(),
                    tally.events(),
                    phase.name(),
                    phase.send(),
                    phase.channel(),
                    phase.attempt(),
                    phase.at(),
                    after.deadline(),
                    id);
        }
    }

    private static Session session(SessionId id, Rows rows) throws SQLException {
        var app = new AppId(rows.text());
        var intent = new Intent(
                rows.optionalText().map(E164::new).orElse(Intent.REMOVED),
                rows.text(),
                rows.text(),
                rows.optionalText(),
                rows.optionalText(),
                rows.optionalText(),
                rows.optionalText());
        var terms = TermsText.read(rows.text());
        var at = rows.instant();
        var claims = new Opening.Claims(rows.optionalText(), rows.optionalText(), rows.optionalText());
        var tally = new Session.Tally(rows.integer(), rows.integer(), rows.integer());
        return new Session(new Opening(id, app, intent, terms, at, claims), List.of(), tally, phase(rows));
    }

    private static Phase phase(Rows rows) throws SQLException {
        var status = Status.valueOf(rows.text().toUpperCase(Locale.ROOT));
        var reason = rows.text();
        var columns =
                new PhaseColumns(rows.text(), rows.integer(), rows.integer(), rows.integer(), rows.optionalInstant());
        return columns.phase(status, reason);
    }

    /// @param send    0 where the phase has none, as `attempt`
    /// @param channel its index
    private record PhaseColumns(String name, int send, int channel, int attempt, Optional<Instant> at) {

        static PhaseColumns of(Phase phase) {
            return switch (phase) {
                case Phase.Launching(int send, int channel, var since) ->
                    new PhaseColumns("launching", send, channel, 0, Optional.of(since));
                case Phase.Trying(int attempt, var until) ->
                    new PhaseColumns("trying", 0, 0, attempt, Optional.of(until));
                case Phase.Spent() -> new PhaseColumns("spent", 0, 0, 0, Optional.empty());
                case Phase.Ended ended -> new PhaseColumns("ended", 0, 0, 0, Optional.of(ended.at()));
            };
        }

        Phase phase(Status status, String reason) {
            return switch (name) {
                case "launching" -> new Phase.Launching(send, channel, at.orElseThrow());
                case "trying" -> new Phase.Trying(attempt, at.orElseThrow());
                case "spent" -> new Phase.Spent();
                case "ended" -> new Phase.Ended(status, reason, at.orElseThrow());
                default -> throw new IllegalStateException("no phase of ours: " + name);
            };
        }
    }
}
