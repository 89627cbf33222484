package io.flashcall.verification.store;

import static io.flashcall.verification.store.Costs.Grouping.CHANNEL;
import static io.flashcall.verification.store.Costs.Grouping.COUNTRY;
import static io.flashcall.verification.store.Costs.Grouping.DAY;
import static io.flashcall.verification.store.Costs.Grouping.PURPOSE;
import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.pricing.Money;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.store.Costs.Counts;
import io.flashcall.verification.store.Costs.Grouping;
import io.flashcall.verification.store.Costs.Query;
import io.flashcall.verification.store.Costs.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What [Costs] promises.
public abstract class CostsContract extends StoreContract {

    private static final Quote CALL = Purchases.call("0.01 EUR", "0.05 EUR");
    private static final Quote MESSAGE = Purchases.message("0.05 EUR");
    private static final Instant END = NOON.plus(Duration.ofDays(9));

    @Test
    void nothing_was_spent_at_first() {
        assertThat(rows(Set.of())).isEmpty();
    }

    @Test
    void a_send_counts_once_against_what_it_would_have_cost_and_every_attempt_of_it_against_that() {
        // A call that rang for 0.01, and one to a busy phone whose SMS in two parts cost 0.10.
        rang(Sample.session(), CALL);
        new Purchases(play).busyThenMessage(Sample.session(), CALL, MESSAGE, 2);

        assertThat(rows(Set.of())).singleElement().satisfies(row -> {
            assertThat(row.counts()).isEqualTo(new Counts(3, 0, 0));
            assertThat(row.money()).singleElement().satisfies(money -> {
                assertThat(money.cost()).isEqualByComparingTo("0.11");
                assertThat(money.alternative()).isEqualByComparingTo("0.10");
                assertThat(money.saving().orElseThrow()).isEqualByComparingTo("-0.01");
            });
        });
    }

    @Test
    void rows_are_those_of_the_groups_that_are_asked_for() {
        rang(Sample.session(), CALL);
        rang(Sample.session().to(new E164("33612345678"), "FR"), CALL);
        rang(Sample.session().at(NOON.plus(Duration.ofDays(1))), CALL);
        new Purchases(play).busyThenMessage(Sample.session(), CALL, MESSAGE, 1);

        assertThat(rows(Set.of(DAY, COUNTRY, CHANNEL, PURPOSE)))
                .extracting(Row::group, row -> row.counts().attempts(), CostsContract::cost)
                .containsExactly(
                        tuple(group("2026-03-01", "FR", "flash_call"), 1L, "0.01"),
                        tuple(group("2026-03-01", "GB", "flash_call"), 2L, "0.01"),
                        tuple(group("2026-03-01", "GB", "sms"), 1L, "0.05"),
                        tuple(group("2026-03-02", "GB", "flash_call"), 1L, "0.01"));
        assertThat(rows(Set.of(CHANNEL)))
                .extracting(row -> row.group().get(CHANNEL), CostsContract::cost)
                .containsExactly(tuple("flash_call", "0.03"), tuple("sms", "0.05"));
    }

    @Test
    void a_period_is_of_attempts_that_began_from_its_begin_to_before_its_end() {
        rang(Sample.session(), CALL);

        assertThat(store.costs().rows(new Query(Optional.empty(), NOON, NOON.plusMillis(1), Set.of())))
                .hasSize(1);
        assertThat(store.costs().rows(new Query(Optional.empty(), NOON.minusSeconds(9), NOON, Set.of())))
                .isEmpty();
    }

    @Test
    void an_app_has_its_own() {
        rang(Sample.session(), CALL);
        rang(Sample.session().with(BANK), CALL);

        assertThat(rows(Optional.of(SHOP), Set.of()))
                .extracting(CostsContract::cost)
                .containsExactly("0.01");
        assertThat(rows(Set.of())).extracting(CostsContract::cost).containsExactly("0.02");
    }

    @Test
    void what_has_no_price_is_counted_and_costs_nothing() {
        var id = play.start(Sample.session()).id();
        new Purchases(play).call(id, Optional.empty(), NOON);
        play.end(id, 1, Sample.RANG, NOON.plusSeconds(1));

        assertThat(rows(Set.of())).containsExactly(new Row(Map.of(), new Counts(1, 1, 0), List.of()));
    }

    @Test
    void what_has_no_outcome_costs_its_ceiling() {
        new Purchases(play).call(Sample.session(), CALL);

        assertThat(rows(Set.of())).singleElement().satisfies(row -> {
            assertThat(row.counts()).isEqualTo(new Counts(1, 0, 1));
            assertThat(row.money()).singleElement().satisfies(money -> {
                assertThat(money.cost()).isEqualByComparingTo("0.01");
                assertThat(money.open()).isEqualByComparingTo("0.01");
            });
        });
    }

    @Test
    void currencies_are_apart_and_nothing_is_saved_across_them() {
        rang(Sample.session(), CALL);
        rang(Sample.session(), Purchases.call("7 JPY", "12 JPY"));
        rang(Sample.session(), Purchases.call("0.002 KWD", "0.05 USD"));

        assertThat(rows(Set.of()).getFirst().money())
                .extracting(
                        Money::currency,
                        money -> Money.plain(money.cost()),
                        money -> Money.plain(money.alternative()),
                        money -> money.saving().map(Money::plain).orElse("none"))
                .containsExactly(
                        tuple("EUR", "0.01", "0.05", "0.04"),
                        tuple("JPY", "7", "12", "5"),
                        tuple("KWD", "0.002", "0", "none"),
                        tuple("USD", "0", "0.05", "none"));
    }

    @Test
    void a_sum_of_rounded_costs_is_exact() {
        long seed = RandomGenerator.getDefault().nextLong();
        var random = new Random(seed);
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < 40; i++) {
            var price = BigDecimal.valueOf(random.nextLong(900_000_000_000_000_000L), 8);
            rang(Sample.session(), Purchases.call(price.toPlainString() + " EUR", "0.05 EUR"));
            sum = sum.add(price);
        }

        assertThat(rows(Set.of()).getFirst().money().getFirst().cost())
                .as("seed " + seed)
                .isEqualByComparingTo(sum);
    }

    private void rang(Sample sample, Quote quote) {
        var id = new Purchases(play).call(sample, quote).id();
        play.end(id, 1, Sample.RANG, sample.at().plusSeconds(2));
    }

    private List<Row> rows(Set<Grouping> by) {
        return rows(Optional.empty(), by);
    }

    private List<Row> rows(Optional<AppId> app, Set<Grouping> by) {
        return store.costs().rows(new Query(app, NOON, END, by));
    }

    private static String cost(Row row) {
        return Money.plain(row.money().getFirst().cost());
    }

    private static Map<Grouping, String> group(String day, String country, String channel) {
        return Map.of(DAY, day, COUNTRY, country, CHANNEL, channel, PURPOSE, "signup");
    }
}
