package io.flashcall.server.config;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.flashcall.server.config.Node.Entry;
import io.flashcall.server.config.Node.Mapping;
import io.flashcall.server.config.Node.Scalar;
import io.flashcall.server.config.Node.Sequence;
import io.flashcall.verification.Price;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.SheetRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a rate sheet: CSV whose first line names the columns, or YAML with a list `rates` of the same keys.
/// `conf/prices.csv` explains them.
///
/// @param name   of the file, as rates tell it
/// @param report of the file
record SheetReader(String name, Report report) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String RATES = "rates";
    private static final List<String> COLUMNS =
            List.of("prefix", "route", "price", "currency", "increment", "valid_from", "from_attempt");

    private static final Kind<String> ROUTE =
            Kind.matching("a trunk's or channel's name", Pattern.compile("[a-z0-9_-]{1,32}"));
    private static final Kind<BigDecimal> AMOUNT = Kind.matching(
                    "an amount such as 0.004, with at most 8 digits after the point",
                    Pattern.compile("\\d{1,7}(?:\\.\\d{1,8})?"))
            .map(BigDecimal::new);
    private static final Kind<String> CURRENCY =
            Kind.of("three letters of a currency (ISO 4217), such as EUR", SheetReader::currency);
    private static final Kind<Increment> INCREMENT = Kind.of(
            "attempt, reached, part, or the seconds of the first and of further blocks of a call whose minute has this"
                    + " price, such as 60/60",
            Increment::parse);
    private static final Kind<Instant> TIME =
            Kind.of("a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z", SheetReader::time);
    private static final Kind<Long> FROM_ATTEMPT = Kind.matching(
                    "which attempt of a month it holds from: 1 for the first, up to 12 digits",
                    Pattern.compile("[1-9]\\d{0,11}"))
            .map(Long::parseLong);

    /// What can be read of a file; its problems are in the report.
    static List<SheetRow> read(Path file, Environment environment, Report report) {
        var name = String.valueOf(file.getFileName());
        var reader = new SheetReader(name, report);
        return EngineConfigReader.text(file, report)
                .map(text -> text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .flatMap(text -> name.toLowerCase(Locale.ROOT).endsWith(".csv")
                        ? reader.csv(text)
                        : YamlTree.parse(text, report))
                .map(tree -> Section.readRoot(
                        tree,
                        environment,
                        report,
                        root -> root.items(RATES, "a list of {prefix: +44, route: NAME, …}", reader::row)))
                .orElse(List.of());
    }

    private Optional<SheetRow> row(Section section) {
        var prefix = section.required("prefix", RouteReader.PREFIX);
        var route = section.required("route", ROUTE);
        var amount = section.required("price", AMOUNT);
        var currency = section.required("currency", CURRENCY);
        var increment = section.required("increment", INCREMENT);
        var validFrom = section.value("valid_from", TIME, Instant.EPOCH);
        long fromAttempt = section.value("from_attempt", FROM_ATTEMPT, 1L);
        var rate = amount.flatMap(of -> currency.flatMap(
                in -> increment.map(each -> new Rate(new Price(of, in), each, name + ":" + section.line()))));
        return prefix.flatMap(
                to -> route.flatMap(over -> rate.map(due -> new SheetRow(to, over, validFrom, fromAttempt, due))));
    }

    /// The same tree that YAML would be.
    private Optional<Mapping> csv(String text) {
        var rows = new ArrayList<Node>();
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator(text))
                .commentStrategy(CommentStrategy.SKIP)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(text)) {
            List<String> columns = List.of();
            for (var line : reader) {
                if (line.getFields().stream().allMatch(String::isBlank)) {
                    continue;
                }
                if (columns.isEmpty()) {
                    columns = columns(line);
                } else {
                    rows.add(row(line, columns));
                }
            }
        } catch (CsvParseException e) {
            report.add(0, "CSV", Masking.mask(String.valueOf(e.getMessage())), "CSV, RFC 4180");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = Map.of(RATES, new Entry(1, new Sequence(1, rows)));
        return Optional.of(new Mapping(1, all));
    }

    private List<String> columns(CsvRecord header) {
        var columns = header.getFields().stream()
                .map(field -> field.strip().toLowerCase(Locale.ROOT))
                .toList();
        int line = (int) header.getStartingLineNumber();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            if (!COLUMNS.contains(column)) {
                var hint = Spelling.nearest(column, COLUMNS)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "expected: some of " + String.join(", ", COLUMNS));
                report.add(line, "header", Masking.mask(column) + " is no column (" + hint + ")");
            } else if (columns.indexOf(column) < i) {
                report.add(line, "header", column + " is given twice", "once");
            }
        }
        return columns;
    }

    private Mapping row(CsvRecord line, List<String> columns) {
        int at = (int) line.getStartingLineNumber();
        if (line.getFieldCount() > columns.size()) {
            report.add(at, RATES, line.getFieldCount() + " fields", columns.size() + ", as the first line has");
        }
        var cells = new LinkedHashMap<String, Entry>();
        for (int i = 0; i < Math.min(columns.size(), line.getFieldCount()); i++) {
            var cell = line.getField(i).strip();
            if (!cell.isEmpty() && COLUMNS.contains(columns.get(i))) {
                cells.put(columns.get(i), new Entry(at, new Scalar(at, cell)));
            }
        }
        return new Mapping(at, cells);
    }

    /// Where commas are decimal points, spreadsheets write semicolons.
    private static char separator(String text) {
        var header = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
        return header.contains(";") && !header.contains(",") ? ';' : ',';
    }

    private static String currency(String text) {
        return Currency.getInstance(text).getCurrencyCode();
    }

    private static Instant time(String text) {
        try {
            return text.length() == "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
