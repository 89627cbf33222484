package io.flashcall.verification.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Budget;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Spending;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BudgetsTest {

    private static final AppId SHOP = new AppId("shop");

    private Instant now = Instant.parse("2026-02-28T18:00:00Z");
    private final Ledger ledger = new Ledger();
    private final Budgets budgets = new Budgets(ledger);
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest(name = "{0} today and {1} before: {2} for {3} h")
    @CsvSource({
        "9.99,  0,     -,                0",
        "10,    0,     budget_per_day,   6",
        "12,    0,     budget_per_day,   6",
        "1,     98.99, -,                0",
        "1,     99,    budget_per_month, 6",
        "10,    90,    budget_per_day,   6"
    })
    void a_budget_is_exhausted_when_all_of_it_is_spent(BigDecimal today, BigDecimal before, String limit, int hours) {
        ledger.spend("2026-02-28", today);
        ledger.spend("2026-02-01", before);
        // Neither of these counts.
        ledger.spend("2026-01-31", new BigDecimal(1000));
        ledger.spend("2026-03-01", new BigDecimal(1000));

        var exhausted = budgets.exhausted(app("10 EUR", "100 EUR"), now);

        assertThat(exhausted.map(use -> use.period().limit()).orElse("-")).isEqualTo(limit);
        exhausted.ifPresent(use -> assertThat(use.left(now)).isEqualTo(Duration.ofHours(hours)));
    }

    @Test
    void of_two_that_are_exhausted_the_one_counts_that_is_so_for_longer() {
        now = Instant.parse("2026-02-10T18:00:00Z");
        ledger.spend("2026-02-10", new BigDecimal(100));

        assertThat(budgets.exhausted(app("10 EUR", "100 EUR"), now).orElseThrow())
                .extracting(Budgets.Use::period, use -> use.left(now))
                .containsExactly(BudgetPeriod.MONTH, Duration.ofDays(18).plusHours(6));
    }

    @Test
    void what_costs_in_another_currency_does_not_count() {
        ledger.spend("2026-02-28", new BigDecimal(1000));

        assertThat(budgets.exhausted(app("10 USD", "100 USD"), now)).isEmpty();
    }

    @Test
    void without_a_budget_nothing_is_asked() {
        assertThat(budgets.uses(
                        new App(SHOP, "Shop", Policy.DEFAULT, Map.of(), App.Access.DEFAULT, App.RiskGuard.DEFAULT),
                        now))
                .isEmpty();
        assertThat(ledger.asked).isZero();
    }

    @Test
    void an_app_is_told_once_when_much_and_once_when_all_is_spent_and_again_in_the_next_period() {
        var watch = watch();
        ledger.spend("2026-02-28", new BigDecimal("7.99"));
        watch.look();
        assertThat(told).isEmpty();

        ledger.spend("2026-02-28", new BigDecimal("0.01"));
        watch.look();
        watch.look();
        assertThat(told).containsExactly("budget.warning day 2026-02-28 8.00");

        ledger.spend("2026-02-28", new BigDecimal(2));
        watch.look();
        watch.look();
        now = now.plus(Duration.ofDays(1));
        ledger.spend("2026-03-01", new BigDecimal("8.5"));
        watch.look();

        assertThat(told)
                .containsExactly(
                        "budget.warning day 2026-02-28 8.00",
                        "budget.exhausted day 2026-02-28 10.00",
                        "budget.warning day 2026-03-01 8.5");
        assertThat(watch.standings()).singleElement().satisfies(standing -> {
            assertThat(standing.app()).isEqualTo(SHOP);
            assertThat(standing.uses()).extracting(Budgets.Use::ratio).containsExactly(0.85, 0.085);
        });
    }

    @Test
    void a_node_that_was_started_again_tells_nothing_that_was_told() {
        ledger.spend("2026-02-28", new BigDecimal(10));
        watch().look();
        watch().look();

        assertThat(told).containsExactly("budget.warning day 2026-02-28 10", "budget.exhausted day 2026-02-28 10");
    }

    @Test
    void a_budget_is_above_nothing_and_a_warning_a_percentage() {
        assertThatThrownBy(() -> new Budget(Optional.of(Price.parse("0 EUR")), Optional.empty(), 80))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> new Budget(Optional.empty(), Optional.empty(), 101))
                .hasMessageContaining("101");
    }

    private BudgetWatch watch() {
        var teller = new BudgetWatch.Teller(
                ledger,
                (_, use, type, _) -> type.label() + " " + use.period().label() + " " + use.first() + " " + use.spent(),
                () -> {});
        return new BudgetWatch(new OneApp(app("10 EUR", "100 EUR")), budgets, teller, () -> now);
    }

    private static App app(String day, String month) {
        var budget = new Budget(Optional.of(Price.parse(day)), Optional.of(Price.parse(month)), 80);
        return new App(
                SHOP,
                "Shop",
                Policy.DEFAULT,
                Map.of(),
                App.Access.DEFAULT,
                new App.RiskGuard(0.01, Optional.empty(), budget));
    }

    private record OneApp(App app) implements Apps {

        @Override
        public Optional<App> find(AppId id) {
            return Optional.of(app);
        }

        @Override
        public List<App> list() {
            return List.of(app);
        }

        @Override
        public void save(App other) {
            throw new IllegalStateException("nobody saves apps here");
        }

        @Override
        public boolean delete(AppId id) {
            return false;
        }
    }

    /// Euros.
    private final class Ledger implements Spending {

        private final Map<LocalDate, BigDecimal> spent = new HashMap<>();
        private final Set<String> notices = new HashSet<>();
        private int asked;

        void spend(String day, BigDecimal amount) {
            spent.merge(LocalDate.parse(day), amount, BigDecimal::add);
        }

        @Override
        public BigDecimal spent(AppId app, String currency, LocalDate first, LocalDate last) {
            asked++;
            return first.datesUntil(last.plusDays(1))
                    .filter(_ -> currency.equals("EUR"))
                    .map(day -> spent.getOrDefault(day, BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        @Override
        public boolean tell(Notice notice) {
            boolean first = notices.add(notice.period() + " " + notice.first() + " " + notice.type());
            if (first) {
                told.add(notice.body());
            }
            assertThat(notice.type()).isIn(EventType.BUDGET_WARNING, EventType.BUDGET_EXHAUSTED);
            return first;
        }

        @Override
        public int forget(LocalDate day) {
            return 0;
        }
    }
}
