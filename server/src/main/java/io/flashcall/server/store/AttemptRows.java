package io.flashcall.server.store;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Verdict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rows of the table `attempts`. As an object: the attempts of the session that is being read; not thread-safe.
final class AttemptRows {

    /// What [#read] expects of a query, with the attempts as `a`.
    static final String COLUMNS = "a.number, a.send, a.channel_index, a.channel, a.trunk, a.pool, a.route_reason,"
            + " a.price, a.code_mac, a.caller_id, a.prefix, a.began_at, a.rang_at, a.ended_at, a.verdict, a.outcome,"
            + " a.detail, a.shown";

    private static final String INSERT = """
            INSERT INTO attempts (session_id, number, send, channel_index, channel, trunk, pool, route_reason, price,
                code_mac, caller_id, prefix, began_at, rang_at, ended_at, verdict, outcome, detail, shown)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String UPDATE = """
            UPDATE attempts SET rang_at = ?, ended_at = ?, verdict = ?, outcome = ?, detail = ?, shown = ?
            WHERE session_id = ? AND number = ?""";

    private static final String VERIFIED = "UPDATE attempts SET verified_at = ? WHERE session_id = ? AND number = ?";

    private final List<Attempt> attempts = new ArrayList<>();

    /// Reads one row; those of a session without attempts hold none.
    void read(Rows rows) throws SQLException {
        int number = rows.integer();
        if (number > 0) {
            attempts.add(attempt(number, rows));
        }
    }

    /// The session with the attempts read since the last call.
    Session takenBy(Session session) {
        var whole = new Session(session.opening(), attempts, session.tally(), session.phase());
        attempts.clear();
        return whole;
    }

    /// Saves those of `after` that differ from `before`.
    static void save(Sql sql, SessionId session, List<Attempt> before, List<Attempt> after) throws SQLException {
        for (int i = 0; i < after.size(); i++) {
            if (i >= before.size()) {
                insert(sql, session, after.get(i));
            } else if (!before.get(i).equals(after.get(i))) {
                update(sql, session, after.get(i));
            }
        }
    }

    /// Notes that the code of this attempt was entered.
    static void verified(Sql sql, SessionId session, int attempt, Instant at) throws SQLException {
        sql.update(VERIFIED, at, session.value(), attempt);
    }

    private static void insert(Sql sql, SessionId session, Attempt attempt) throws SQLException {
        var plan = attempt.plan();
        var result = attempt.result();
        sql.update(
                INSERT,
                session.value(),
                plan.number(),
                plan.send(),
                plan.channelIndex(),
                plan.channel().value(),
                plan.route().map(Attempt.Way::trunk),
                plan.route().map(Attempt.Way::pool),
                plan.route().map(Attempt.Way::reason),
                plan.price().map(Price::toString),
                attempt.code().mac(),
                attempt.code().callerId(),
                attempt.code().prefix(),
                attempt.times().begun(),
                attempt.times().rang(),
                attempt.times().ended(),
                result.map(AttemptRows::verdict),
                result.map(AttemptResult::outcome),
                result.map(AttemptResult::detail),
                result.map(AttemptResult::shown));
    }

    /// What can change: when it rang, and how it ended.
    private static void update(Sql sql, SessionId session, Attempt attempt) throws SQLException {
        var result = attempt.result();
        sql.update(
                UPDATE,
                attempt.times().rang(),
                attempt.times().ended(),
                result.map(AttemptRows::verdict),
                result.map(AttemptResult::outcome),
                result.map(AttemptResult::detail),
                result.map(AttemptResult::shown),
                session.value(),
                attempt.number());
    }

    private static Attempt attempt(int number, Rows rows) throws SQLException {
        var plan = new Attempt.Plan(
                number,
                rows.integer(),
                rows.integer(),
                new ChannelName(rows.text()),
                way(rows),
                rows.optionalText().map(Price::parse));
        var code = new Attempt.Code(rows.text(), rows.optionalText(), rows.text());
        var times = new Attempt.Times(rows.instant(), rows.optionalInstant(), rows.optionalInstant());
        return new Attempt(plan, code, times, result(rows));
    }

    private static Optional<Attempt.Way> way(Rows rows) throws SQLException {
        var trunk = rows.optionalText();
        if (trunk.isEmpty()) {
            rows.skip(2);
            return Optional.empty();
        }
        return Optional.of(new Attempt.Way(trunk.get(), rows.text(), rows.text()));
    }

    private static Optional<AttemptResult> result(Rows rows) throws SQLException {
        var verdict = rows.optionalText();
        if (verdict.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AttemptResult(
                Verdict.valueOf(verdict.get().toUpperCase(Locale.ROOT)), rows.text(), rows.text(), rows.flag()));
    }

    private static String verdict(AttemptResult result) {
        return result.verdict().name().toLowerCase(Locale.ROOT);
    }
}
