package io.flashcall.verification.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.pricing.Rates.Whom;
import io.flashcall.verification.pricing.SheetRates.Comparison;
import io.flashcall.verification.store.Volumes;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SheetRatesTest {

    private static final ChannelName SMS = new ChannelName("sms");
    private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59.999Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Optional<Price> FLAT = Optional.of(Price.parse("0.09 EUR"));

    private final Map<String, Long> made = new HashMap<>();
    private final Volumes volumes = new Volumes() {
        @Override
        public long attempts(String family, YearMonth month) {
            return made.getOrDefault(family + " " + month, 0L);
        }

        @Override
        public int forget(YearMonth month) {
            return 0;
        }
    };

    private final SheetRates rates = new SheetRates(
            new RateSheet(List.of(
                    row("north.csv:2", "+44", "north", 1, "0.004 EUR", new Increment.Time(60, 60)),
                    row("north.csv:3", "+44", "north", 3, "0.003 EUR", new Increment.Time(60, 60)),
                    row("calls.csv:2", "+", "flash_call", 1, "0.01 EUR", new Increment.Reached()),
                    row("sms.csv:2", "+44", "sms", 1, "0.04 EUR", new Increment.Part()))),
            Optional.of(new Comparison(SMS, Optional.of(Price.parse("0.07 EUR")))),
            volumes);

    @Test
    void a_trunks_own_rows_come_before_those_of_all_flash_calls_and_those_before_a_flat_price() {
        assertThat(call("447700900123", "north", MARCH).rate().name()).isEqualTo("north.csv:2");
        assertThat(call("33612345678", "north", MARCH).rate().name()).isEqualTo("calls.csv:2");
        assertThat(call("447700900123", "south", MARCH).rate().name()).isEqualTo("calls.csv:2");
        assertThat(message("447700900123", true).orElseThrow().rate().name()).isEqualTo("sms.csv:2");
        assertThat(message("33612345678", true).orElseThrow())
                .extracting(Quote::rate, Quote::family)
                .containsExactly(new Rate(FLAT.get(), new Increment.Part(), "channel sms"), Optional.empty());
    }

    @Test
    void what_nobody_has_a_price_for_has_none() {
        var whom = whom("33612345678", true, MARCH);

        assertThat(rates.quote(whom.by(SMS, Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void a_tier_begins_with_its_attempt_and_ends_with_its_month() {
        made.put("north +44 2026-03", 1L);
        assertThat(call("447700900123", "north", MARCH).rate().name()).isEqualTo("north.csv:2");
        made.put("north +44 2026-03", 2L);
        assertThat(call("447700900123", "north", MARCH).rate().name()).isEqualTo("north.csv:3");
        assertThat(call("447700900123", "north", APRIL).rate().name()).isEqualTo("north.csv:2");
    }

    @Test
    void an_attempt_counts_in_the_family_of_its_price() {
        assertThat(call("447700900123", "north", MARCH).family()).contains("north +44");
        assertThat(call("447700900123", "south", MARCH).family()).contains("flash_call +");
    }

    @Test
    void the_first_attempt_of_a_send_is_compared_with_one_message_to_the_same_number() {
        assertThat(call("447700900123", "north", MARCH).alternative()).contains(Price.parse("0.04000000 EUR"));
        assertThat(call("33612345678", "north", MARCH).alternative()).contains(Price.parse("0.07000000 EUR"));
        assertThat(message("447700900123", true).orElseThrow().alternative()).contains(Price.parse("0.04000000 EUR"));
        assertThat(message("447700900123", false).orElseThrow().alternative()).isEmpty();
    }

    @Test
    void without_a_comparison_nothing_is_compared() {
        var alone = new SheetRates(RateSheet.EMPTY, Optional.empty(), volumes);

        assertThat(alone.quote(whom("447700900123", true, MARCH).by(SMS, Optional.empty(), FLAT)))
                .contains(new Quote(new Rate(FLAT.get(), new Increment.Part(), "channel sms"), Optional.empty()));
    }

    private Quote call(String to, String trunk, Instant at) {
        return rates.quote(whom(to, true, at).by(ChannelName.FLASH_CALL, Optional.of(trunk), FLAT))
                .orElseThrow();
    }

    private Optional<Quote> message(String to, boolean first) {
        return rates.quote(whom(to, first, MARCH).by(SMS, Optional.empty(), FLAT));
    }

    private static Whom whom(String to, boolean first, Instant at) {
        return new Whom(new AppId("shop"), new E164(to), "GB", first, at);
    }

    private static SheetRow row(
            String name, String prefix, String route, long from, String price, Increment increment) {
        return new SheetRow(prefix, route, Instant.EPOCH, from, new Rate(Price.parse(price), increment, name));
    }
}
