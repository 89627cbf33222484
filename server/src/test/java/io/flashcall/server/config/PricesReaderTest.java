package io.flashcall.server.config;

import static io.flashcall.server.config.ServerFile.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.Budget;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.SheetRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PricesReaderTest {

    private static final SheetRow ALWAYS = new SheetRow(
            "+44", "a", Instant.EPOCH, 1, new Rate(Price.parse("0.004 EUR"), new Increment.Reached(), "uk.csv:4"));
    private static final SheetRow LATER = new SheetRow(
            "+44",
            "a",
            Instant.parse("2026-04-01T00:00:00Z"),
            10_001,
            new Rate(Price.parse("0.0032 EUR"), new Increment.Time(60, 1), "uk.csv:6"));

    @TempDir
    Path directory;

    @Test
    void without_a_sheet_costs_are_compared_with_sms_all_the_same() {
        assertThat(file("").config().declared().prices()).isEqualTo(Prices.NONE);
    }

    @Test
    void a_sheet_names_its_columns_in_any_order_and_may_quote_and_comment() throws IOException {
        sheet("uk.csv", """
                # Prices of 2026
                \s
                route,prefix,price,increment,currency,from_attempt,valid_from
                a,"+44",0.004,reached,EUR,,
                # From April on
                "a", +44 ,"0.0032",60/1,EUR,10001,2026-04-01
                a,+44,0.005,60/1,EUR,1,2026-04-01T02:00:00+02:00
                """);

        assertThat(file("prices: {sheets: [uk.csv], compare_with: none}\n")
                        .config()
                        .declared()
                        .prices())
                .satisfies(prices -> assertThat(prices.rows()).hasSize(3).startsWith(ALWAYS, LATER))
                .satisfies(prices -> assertThat(prices.compareWith()).isEmpty());
    }

    @Test
    void spreadsheets_may_write_semicolons_and_a_byte_order_mark() throws IOException {
        sheet("uk.csv", "\uFEFFprefix;route;price;currency;increment\r\n\r\n\r\n+44;a;0.004;EUR;reached\r\n");

        assertThat(file("prices: {sheets: uk.csv}\n")
                        .config()
                        .declared()
                        .prices()
                        .rows())
                .containsExactly(ALWAYS);
    }

    @Test
    void a_sheet_may_be_yaml() throws IOException {
        sheet("uk.yaml", """
                rates:
                  - {prefix: "+44", route: a, price: 0.004, currency: EUR, increment: reached}
                  - prefix: +44
                    route: a
                    price: ${LOW}
                    currency: EUR
                    increment: 60/1
                    valid_from: 2026-04-01
                """);

        var prices = new ServerFile(directory, ENGINE + "prices: {sheets: [uk.yaml]}\n", Map.of("LOW", "0.0032"))
                .config()
                .declared()
                .prices();

        assertThat(prices.rows())
                .extracting(SheetRow::rate)
                .containsExactly(
                        new Rate(Price.parse("0.004 EUR"), new Increment.Reached(), "uk.yaml:2"),
                        new Rate(Price.parse("0.0032 EUR"), new Increment.Time(60, 1), "uk.yaml:3"));
    }

    @Test
    void every_problem_is_told_with_its_file_and_line() throws IOException {
        sheet("uk.csv", """
                prefix,route,prise,currency,increment,valid_from,from_attempt
                44,a,0.004,EUR,reached,,
                +44,A!,0.004,EURO,often,tomorrow,0
                +44,a,0.004,EUR
                +44,a,0.004,EUR,reached,,1,surplus
                """);
        sheet("fr.yaml", "rates:\n  - {prefix: +33, route: a, price: -1, currency: EUR, increment: part, hue: red}\n");

        assertThat(file("prices: {sheets: [uk.csv, fr.yaml, es.csv]}\n")
                        .complaint()
                        .lines())
                .anySatisfy(line ->
                        assertThat(line).contains("uk.csv line 1: header: prise is no column (did you mean price?)"))
                .anySatisfy(line ->
                        assertThat(line).contains("uk.csv line 2: rates[0].prefix: 44 (expected: + and up to 15"))
                .anySatisfy(line -> assertThat(line).contains("uk.csv line 2: rates[0].price: missing"))
                .anySatisfy(
                        line -> assertThat(line).contains("uk.csv line 3: rates[1].route: A! (expected: a trunk's or"))
                .anySatisfy(
                        line -> assertThat(line).contains("uk.csv line 3: rates[1].currency: EURO (expected: three"))
                .anySatisfy(line -> assertThat(line)
                        .contains("uk.csv line 3: rates[1].increment: often (expected: attempt, reached, part"))
                .anySatisfy(line ->
                        assertThat(line).contains("uk.csv line 3: rates[1].valid_from: tomorrow (expected: a day"))
                .anySatisfy(line ->
                        assertThat(line).contains("uk.csv line 3: rates[1].from_attempt: 0 (expected: which attempt"))
                .anySatisfy(line -> assertThat(line).contains("uk.csv line 4: rates[2].increment: missing"))
                .anySatisfy(line -> assertThat(line)
                        .contains("uk.csv line 5: rates: 8 fields (expected: 7, as the first line has)"))
                .anySatisfy(
                        line -> assertThat(line).contains("fr.yaml line 2: rates[0].price: -1 (expected: an amount"))
                .anySatisfy(line -> assertThat(line).contains("fr.yaml line 2: rates[0].hue: unknown key"))
                .anySatisfy(line -> assertThat(line).contains("es.csv: file: not found"));
    }

    @Test
    void two_rows_for_the_same_time_and_volume_are_a_problem_across_sheets_too() throws IOException {
        sheet("uk.csv", """
                prefix,route,price,currency,increment,valid_from
                +44,a,0.004,EUR,reached,2026-01-01
                +44,a,0.005,EUR,reached,2026-01-01T00:00:00Z
                +44,b,0.005,EUR,reached,2026-01-01
                """);
        sheet("more.csv", "prefix,route,price,currency,increment,valid_from\n+44,b,0.1,EUR,part,2026-01-01\n");

        file("prices: {sheets: [uk.csv, more.csv]}\n")
                .complains(
                        "line 5: prices.sheets: uk.csv:3: +44 a has a price in uk.csv:2 for the same time and volume"
                                + " (expected: one)",
                        "line 5: prices.sheets: more.csv:2: +44 b has a price in uk.csv:4 for the same time and volume"
                                + " (expected: one)");
    }

    @Test
    void a_tier_needs_a_price_for_what_comes_before_it() throws IOException {
        sheet("uk.csv", "prefix,route,price,currency,increment,from_attempt\n+44,a,0.004,EUR,reached,1001\n");

        file("prices: {sheets: [uk.csv]}\n")
                .complains(
                        "line 5: prices.sheets: uk.csv:2: from_attempt: 1001 (expected: also a row of the same prefix,"
                                + " route and valid_from for the first attempts)");
    }

    @Test
    void a_route_that_nothing_goes_over_is_told_but_the_channel_to_compare_with_need_not_be_there() throws IOException {
        sheet("uk.csv", """
                prefix,route,price,currency,increment
                +44,c,0.004,EUR,reached
                +44,whatsapp,0.01,EUR,part
                +,flash_call,0.01,EUR,reached
                """);

        file("prices: {sheets: [uk.csv], compare_with: whatsapp}\n")
                .complains("line 5: prices.sheets: uk.csv:2: route: c (expected: one of a, b, flash_call, whatsapp)");
    }

    @Test
    void a_budget_is_in_a_currency_that_prices_are_in() throws IOException {
        sheet("uk.csv", "prefix,route,price,currency,increment\n+44,a,0.004,EUR,reached\n");
        var prices = "prices: {sheets: [uk.csv]}\n";

        var config = file(prices + "apps: {shop: {budget: {day: 50 EUR, month: 1000.5 EUR, warn_at: 90}}}\n")
                .config();
        assertThat(config.declared().apps().getFirst().guard().budget())
                .isEqualTo(new Budget(Optional.of(Price.parse("50 EUR")), Optional.of(Price.parse("1000.5 EUR")), 90));
        file(prices + "apps: {shop: {budget: {day: 50 USD, month: 0 EUR, warn_at: 0}}}\n")
                .complains(
                        "line 6: apps.shop.budget.month: 0 EUR (expected: an amount above 0 and a currency, such as 50 EUR)",
                        "line 6: apps.shop.budget.warn_at: 0 (expected: 1 to 100, percent of the budget)",
                        "line 6: apps.shop.budget.day: 50 USD (expected: a currency that prices are in: EUR)");
    }

    @Test
    void the_sample_sheet_can_be_used_as_it_stands() {
        var report = new Report("prices.csv");

        var rows = SheetReader.read(Path.of("../conf/prices.csv"), new Environment(Map.of()), report);

        assertThat(report.isEmpty()).isTrue();
        assertThat(rows).hasSizeGreaterThan(5).extracting(SheetRow::route).contains("loopback", "flash_call", "sms");
        assertThat(new Prices(List.of(), rows, Optional.of(new ChannelName("sms")))
                        .sheet()
                        .routes())
                .containsExactlyInAnyOrder("loopback", "flash_call", "sms");
    }

    private ServerFile file(String prices) {
        return new ServerFile(directory, ENGINE + prices);
    }

    private void sheet(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }
}
