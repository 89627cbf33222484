package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.pricing.BudgetPeriod;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Spending.Notice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What [Spending] promises.
public abstract class SpendingContract extends StoreContract {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final Quote CALL = Purchases.call("0.01 EUR", "0.05 EUR");

    @Test
    void nothing_was_spent_at_first() {
        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isZero();
    }

    @Test
    void what_is_under_way_counts_with_its_ceiling_and_what_has_ended_with_its_cost() {
        var purchases = new Purchases(play);
        var id = purchases.call(Sample.session(), CALL).id();
        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.01");

        play.end(id, 1, Sample.BUSY, NOON.plusSeconds(1));
        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isZero();

        purchases.message(id, Optional.of(Purchases.message("0.05 EUR")), NOON.plusSeconds(2));
        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.10");

        play.end(id, 2, Purchases.accepted(3), NOON.plusSeconds(3));
        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.15");
    }

    @Test
    void apps_days_and_currencies_are_apart() {
        var purchases = new Purchases(play);
        purchases.call(Sample.session(), CALL);
        purchases.call(Sample.session().with(BANK), Purchases.call("0.02 EUR", "0.05 EUR"));
        purchases.call(Sample.session(), Purchases.call("0.04 USD", "0.05 EUR"));
        purchases.call(Sample.session().at(NOON.plus(Duration.ofDays(1))), Purchases.call("0.08 EUR", "0.05 EUR"));

        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.01");
        assertThat(spent(BANK, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.02");
        assertThat(spent(SHOP, "USD", TODAY, TODAY)).isEqualByComparingTo("0.04");
        assertThat(spent(SHOP, "EUR", TODAY, TODAY.plusDays(1))).isEqualByComparingTo("0.09");
        assertThat(spent(SHOP, "EUR", TODAY.minusDays(9), TODAY.minusDays(1))).isZero();
    }

    @Test
    void an_attempt_counts_on_the_day_that_it_began_also_when_it_ends_on_the_next() {
        var late = Instant.parse("2026-03-01T23:59:59.999Z");
        var id = new Purchases(play).call(Sample.session().at(late), CALL).id();
        play.end(id, 1, Sample.RANG, late.plusSeconds(5));

        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.01");
        assertThat(spent(SHOP, "EUR", TODAY.plusDays(1), TODAY.plusDays(1))).isZero();
    }

    @Test
    void what_is_spent_at_once_all_counts_and_stays_so_after_a_restart() throws Exception {
        Play.atOnce(60, () -> {
            var purchases = new Purchases(play);
            return purchases.busyThenMessage(Sample.session(), CALL, Purchases.message("0.00000001 EUR"), 1);
        });

        reopen();

        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("0.00000060");
    }

    @Test
    void a_sum_may_have_more_digits_than_a_machine_word() {
        var purchases = new Purchases(play);
        for (int i = 0; i < 20; i++) {
            purchases.call(Sample.session(), Purchases.call("9000000000.00000001 EUR", "0.05 EUR"));
        }

        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isEqualByComparingTo("180000000000.00000020");
    }

    @Test
    void a_notice_is_told_once_to_each_endpoint_that_wants_it() throws Exception {
        endpoint("we_all", SHOP, Set.of());
        endpoint("we_warned", SHOP, Set.of(EventType.BUDGET_WARNING));
        endpoint("we_other", SHOP, Set.of(EventType.VERIFICATION_FAILED));
        endpoint("we_bank", BANK, Set.of());

        var told = Play.atOnce(20, () -> store.spending().tell(notice(EventType.BUDGET_WARNING, TODAY)));

        assertThat(told).containsOnlyOnce(true);
        assertThat(claim("we_all")).extracting(Delivery::body).containsExactly("{\"budget\":1}");
        assertThat(claim("we_warned"))
                .extracting(delivery -> delivery.event().type())
                .containsExactly(EventType.BUDGET_WARNING);
        assertThat(claim("we_other")).isEmpty();
        assertThat(claim("we_bank")).isEmpty();
    }

    @Test
    void another_period_and_another_level_are_told_again_but_the_same_not_after_a_restart() {
        assertThat(store.spending().tell(notice(EventType.BUDGET_WARNING, TODAY)))
                .isTrue();
        assertThat(store.spending().tell(notice(EventType.BUDGET_EXHAUSTED, TODAY)))
                .isTrue();
        assertThat(store.spending().tell(notice(EventType.BUDGET_WARNING, TODAY.plusDays(1))))
                .isTrue();

        reopen();

        assertThat(store.spending().tell(notice(EventType.BUDGET_WARNING, TODAY)))
                .isFalse();
    }

    @Test
    void days_before_a_day_are_forgotten() {
        new Purchases(play).call(Sample.session(), CALL);
        store.spending().tell(notice(EventType.BUDGET_WARNING, TODAY));

        assertThat(store.spending().forget(TODAY)).isZero();
        assertThat(store.spending().forget(TODAY.plusDays(1))).isEqualTo(1);
        assertThat(spent(SHOP, "EUR", TODAY, TODAY)).isZero();
        assertThat(store.spending().tell(notice(EventType.BUDGET_WARNING, TODAY)))
                .isTrue();
    }

    private BigDecimal spent(AppId app, String currency, LocalDate first, LocalDate last) {
        return store.spending().spent(app, currency, first, last);
    }

    private void endpoint(String id, AppId app, Set<EventType> types) {
        store.endpoints()
                .save(new Endpoints.Endpoint(id, app, "https://shop.example/hook", types, List.of(), Optional.empty()));
    }

    private List<Delivery> claim(String endpoint) {
        return store.outbox().claim(endpoint, NOON.plusSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(5), 10);
    }

    private static Notice notice(EventType type, LocalDate first) {
        return new Notice(SHOP, BudgetPeriod.DAY, first, type, NOON, "{\"budget\":1}");
    }
}
