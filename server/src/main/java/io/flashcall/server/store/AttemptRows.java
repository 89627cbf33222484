package io.flashcall.server.store;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.Usage;
import java.sql.SQLException;
import java.time.Duration;
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
            + " a.detail, a.shown, a.parts, a.answered_ms, a.receipt, a.receipt_detail, a.receipt_at, a.increment, a.rate,"
            + " a.alternative, a.family";

    private static final String INSERT = """
            INSERT INTO attempts (session_id, number, send, channel_index, channel, trunk, pool, route_reason, price,
                increment, rate, alternative, code_mac, caller_id, prefix, began_at, rang_at, ended_at, verdict, outcome,
                detail, shown, parts, answered_ms, receipt, receipt_detail, receipt_at, cost_e8,
                cost_currency, alternative_e8, alternative_currency, compared_currency, reserved_e8, family)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?)""";

    private static final String UPDATE = """
            UPDATE attempts SET rang_at = ?, ended_at = ?, verdict = ?, outcome = ?, detail = ?, shown = ?, parts = ?,
                answered_ms = ?, receipt = ?, receipt_detail = ?, receipt_at = ?, cost_e8 = ?
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
                insert(sql, session, after.get(i), compared(after, after.get(i)));
            } else if (!before.get(i).equals(after.get(i))) {
                update(sql, session, after.get(i));
            }
        }
    }

    /// Notes that the code of this attempt was entered.
    static void verified(Sql sql, SessionId session, int attempt, Instant at) throws SQLException {
        sql.queue(VERIFIED, at, session.value(), attempt);
    }

    /// In which currency its send is compared with another channel.
    private static Optional<String> compared(List<Attempt> all, Attempt attempt) {
        return all.stream()
                .filter(other -> other.plan().send() == attempt.plan().send())
                .findFirst()
                .flatMap(first -> first.plan().quote())
                .flatMap(Quote::alternative)
                .map(Price::currency);
    }

    private static void insert(Sql sql, SessionId session, Attempt attempt, Optional<String> compared)
            throws SQLException {
        var plan = attempt.plan();
        var alternative = plan.quote().flatMap(Quote::alternative);
        var values = new ArrayList<Object>(List.of(
                session.value(),
                plan.number(),
                plan.send(),
                plan.channelIndex(),
                plan.channel().value()));
        values.add(plan.route().map(Attempt.Way::trunk));
        values.add(plan.route().map(Attempt.Way::pool));
        values.add(plan.route().map(Attempt.Way::reason));
        values.add(plan.price().map(Price::toString));
        values.add(plan.quote().map(quote -> quote.rate().increment().toString()));
        values.add(plan.quote().map(quote -> quote.rate().name()));
        values.add(alternative.map(Price::toString));
        values.add(attempt.code().mac());
        values.add(attempt.code().callerId());
        values.add(attempt.code().prefix());
        values.add(attempt.times().begun());
        values.addAll(ends(attempt));
        values.add(plan.price().map(Price::currency));
        values.add(alternative.map(AttemptRows::exact));
        values.add(alternative.map(Price::currency));
        values.add(compared);
        values.add(plan.quote().map(quote -> exact(quote.rate().ceiling())));
        values.add(plan.quote().flatMap(Quote::family));
        sql.queue(INSERT, values.toArray());
    }

    private static void update(Sql sql, SessionId session, Attempt attempt) throws SQLException {
        var values = ends(attempt);
        values.add(session.value());
        values.add(attempt.number());
        sql.queue(UPDATE, values.toArray());
    }

    /// What can change: when it rang, how it ended, what was reported later, and what it cost.
    private static List<Object> ends(Attempt attempt) {
        var result = attempt.result();
        var receipt = attempt.receipt();
        return new ArrayList<>(List.of(
                attempt.times().rang(),
                attempt.times().ended(),
                result.map(AttemptRows::verdict),
                result.map(AttemptResult::outcome),
                result.map(AttemptResult::detail),
                result.map(AttemptResult::shown),
                result.map(how -> how.usage().parts()),
                result.map(how -> how.usage().answered().toMillis()),
                receipt.map(word -> word.state().label()),
                receipt.map(Receipt::detail),
                receipt.map(Receipt::at),
                attempt.cost().map(AttemptRows::exact)));
    }

    private static long exact(Price price) {
        return Exact.units(price.amount());
    }

    /// Reads [#COLUMNS] after the number.
    static Attempt attempt(int number, Rows rows) throws SQLException {
        int send = rows.integer();
        int channelIndex = rows.integer();
        var channel = new ChannelName(rows.text());
        var way = way(rows);
        var price = rows.optionalText().map(Price::parse);
        var code = new Attempt.Code(rows.text(), rows.optionalText(), rows.text());
        var times = new Attempt.Times(rows.instant(), rows.optionalInstant(), rows.optionalInstant());
        var result = result(rows);
        var receipt = receipt(rows);
        var plan = new Attempt.Plan(number, send, channelIndex, channel, way, quote(price, rows));
        return new Attempt(plan, code, times, result, receipt);
    }

    private static Optional<Receipt> receipt(Rows rows) throws SQLException {
        var state = rows.optionalText();
        if (state.isEmpty()) {
            rows.skip(2);
            return Optional.empty();
        }
        return Optional.of(new Receipt(SqlSentMessages.state(state.get()), rows.text(), rows.instant()));
    }

    private static Optional<Quote> quote(Optional<Price> price, Rows rows) throws SQLException {
        if (price.isEmpty()) {
            rows.skip(4);
            return Optional.empty();
        }
        var rate = new Rate(price.get(), Increment.parse(rows.text()), rows.text());
        return Optional.of(new Quote(rate, rows.optionalText().map(Price::parse), rows.optionalText()));
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
            rows.skip(5);
            return Optional.empty();
        }
        return Optional.of(new AttemptResult(
                Verdict.valueOf(verdict.get().toUpperCase(Locale.ROOT)),
                rows.text(),
                rows.text(),
                rows.flag(),
                new Usage(Math.max(1, rows.integer()), Duration.ofMillis(rows.number()))));
    }

    private static String verdict(AttemptResult result) {
        return result.verdict().name().toLowerCase(Locale.ROOT);
    }
}
