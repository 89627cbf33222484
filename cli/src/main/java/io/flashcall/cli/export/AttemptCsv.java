package io.flashcall.cli.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.flashcall.engine.E164;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Price;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.Usage;
import io.flashcall.verification.store.Bills.Item;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes attempts as CSV (RFC 4180), one in each line, below a line of names. What a spreadsheet would take for a
/// formula gets an apostrophe before it.
final class AttemptCsv {

    private static final List<String> COLUMNS = List.of(
            "session",
            "attempt",
            "app",
            "purpose",
            "country",
            "to",
            "channel",
            "trunk",
            "began_at",
            "rang_at",
            "ended_at",
            "outcome",
            "receipt",
            "parts",
            "answered_seconds",
            "rate",
            "unit_price",
            "increment",
            "cost",
            "unsettled_cost",
            "currency",
            "alternative",
            "alternative_currency");

    private static final String FORMULA = "=+-@\t\r\n";

    private final CsvWriter out;
    private final boolean numbers;

    /// @param numbers whether to write whole numbers; else all but their first digits are masked
    AttemptCsv(Writer out, boolean numbers) {
        this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        this.numbers = numbers;
    }

    void writeNames() {
        out.writeRecord(COLUMNS);
    }

    void write(Item item) {
        var attempt = item.attempt();
        var plan = attempt.plan();
        var quote = plan.quote();
        var rate = quote.map(Quote::rate);
        var usage = attempt.result().map(AttemptResult::usage);
        var alternative = quote.flatMap(Quote::alternative);
        out.writeRecord(
                item.session().value(),
                String.valueOf(attempt.number()),
                safe(item.app().value()),
                safe(item.purpose()),
                safe(item.country()),
                item.to().map(this::number).orElse(""),
                safe(plan.channel().value()),
                safe(plan.route().map(Attempt.Way::trunk).orElse("")),
                attempt.times().begun().toString(),
                time(attempt.times().rang()),
                time(attempt.times().ended()),
                safe(attempt.result().map(AttemptResult::outcome).orElse("")),
                attempt.receipt().map(receipt -> receipt.state().label()).orElse(""),
                usage.map(Usage::parts).map(String::valueOf).orElse(""),
                usage.map(Usage::answered).map(AttemptCsv::seconds).orElse(""),
                safe(rate.map(Rate::name).orElse("")),
                amount(plan.price()),
                rate.map(known -> known.increment().toString()).orElse(""),
                amount(attempt.cost()),
                amount(attempt.isUnderWay() ? attempt.charge() : Optional.empty()),
                plan.price().map(Price::currency).orElse(""),
                amount(alternative),
                alternative.map(Price::currency).orElse(""));
    }

    void flush() throws IOException {
        out.flush();
    }

    /// Digits without +, which no spreadsheet calculates with.
    private String number(E164 to) {
        return numbers ? to.digits() : E164.mask(to.digits());
    }

    private static String safe(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String time(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("");
    }

    private static String amount(Optional<Price> price) {
        return price.map(Price::plainAmount).orElse("");
    }

    private static String seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.signum() == 0 ? "0" : seconds.toPlainString();
    }
}
