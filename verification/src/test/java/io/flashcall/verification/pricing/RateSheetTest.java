package io.flashcall.verification.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.E164;
import io.flashcall.verification.Price;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which row of a sheet applies, as a table.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RateSheetTest {

    private static final RateSheet SHEET = new RateSheet(List.of(
            row("a", "+", "north", "2026-01-01T00:00:00Z", 1),
            row("b", "+44", "north", "2026-01-01T00:00:00Z", 1),
            row("c", "+44", "north", "2026-01-01T00:00:00Z", 1001),
            row("d", "+44", "north", "2026-01-01T00:00:00Z", 100_001),
            row("e", "+4477", "north", "2026-01-01T00:00:00Z", 1),
            // From April on, all of +44 has one price whatever the volume.
            row("f", "+44", "north", "2026-04-01T00:00:00Z", 1),
            // A price that is still to come does not hide the one there is.
            row("g", "+33", "north", "2026-06-01T00:00:00Z", 1),
            row("h", "+33", "north", "2026-06-01T02:30:00+02:30", 500),
            row("i", "+44", "sms", "2026-01-01T00:00:00Z", 1)));

    @ParameterizedTest(name = "{0} +{1} at {2} after {3}: {4}")
    @CsvSource({
        // The longest prefix.
        "north, 12025550123,  2026-03-01T00:00:00Z,     0,       a",
        "north, 442079460123, 2026-03-01T00:00:00Z,     0,       b",
        "north, 447700900123, 2026-03-01T00:00:00Z,     0,       e",
        "north, 447700900123, 2026-05-01T00:00:00Z,     0,       e",
        "sms,   447700900123, 2026-03-01T00:00:00Z,     0,       i",
        // Volume, at the very border.
        "north, 442079460123, 2026-03-01T00:00:00Z,     999,     b",
        "north, 442079460123, 2026-03-01T00:00:00Z,     1000,    c",
        "north, 442079460123, 2026-03-01T00:00:00Z,     99999,   c",
        "north, 442079460123, 2026-03-01T00:00:00Z,     100000,  d",
        "north, 442079460123, 2026-03-01T00:00:00Z,     9999999, d",
        "north, 447700900123, 2026-03-01T00:00:00Z,     1000,    e",
        // Validity, at the very moment.
        "north, 442079460123, 2026-03-31T23:59:59.999Z, 1000,    c",
        "north, 442079460123, 2026-04-01T00:00:00Z,     1000,    f",
        "north, 33612345678,  2026-05-31T23:59:59.999Z, 0,       a",
        "north, 33612345678,  2026-06-01T00:00:00Z,     0,       g",
        "north, 33612345678,  2026-06-01T00:00:00Z,     499,     h",
        // Nothing is valid yet, nothing is known.
        "north, 442079460123, 2025-12-31T23:59:59.999Z, 0,       -",
        "sms,   33612345678,  2026-03-01T00:00:00Z,     0,       -",
        "south, 442079460123, 2026-03-01T00:00:00Z,     0,       -"
    })
    void the_row_is_that_of_the_longest_prefix_the_latest_date_and_the_volume(
            String route, String to, Instant at, long made, String row) {
        assertThat(SHEET.find(route, new E164(to), at)
                        .map(family -> family.rate(made).name())
                        .orElse("-"))
                .isEqualTo(row);
    }

    @Test
    void volumes_are_counted_by_route_and_prefix() {
        var at = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(SHEET.find("north", new E164("442079460123"), at).orElseThrow())
                .matches(RateSheet.Family::isTiered)
                .extracting(RateSheet.Family::name)
                .isEqualTo("north +44");
        assertThat(SHEET.find("north", new E164("12025550123"), at).orElseThrow())
                .matches(family -> !family.isTiered())
                .extracting(RateSheet.Family::name)
                .isEqualTo("north +");
    }

    @Test
    void two_rows_that_would_hold_at_once_are_refused() {
        var rows = new ArrayList<SheetRow>();
        rows.add(row("uk.csv:2", "+44", "north", "2026-01-01T00:00:00Z", 1));
        rows.add(row("uk.csv:7", "+44", "north", "2026-01-01T01:00:00+01:00", 1));

        assertThatThrownBy(() -> new RateSheet(rows)).hasMessageContainingAll("uk.csv:7", "+44 north");
    }

    @Test
    void tiers_without_a_first_one_are_refused() {
        var rows = List.of(row("uk.csv:2", "+44", "north", "2026-01-01T00:00:00Z", 1001));

        assertThatThrownBy(() -> new RateSheet(rows)).hasMessageContainingAll("uk.csv:2", "attempt 1");
    }

    static SheetRow row(String name, String prefix, String route, String validFrom, long fromAttempt) {
        var at = OffsetDateTime.parse(validFrom).toInstant();
        return new SheetRow(
                prefix, route, at, fromAttempt, new Rate(Price.parse("0.01 EUR"), new Increment.Reached(), name));
    }
}
