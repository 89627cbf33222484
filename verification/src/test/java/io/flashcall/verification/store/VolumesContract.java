package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [Volumes] promises.
public abstract class VolumesContract extends StoreContract {

    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final String NORTH = "north +44";

    @Test
    void nothing_was_counted_at_first() {
        assertThat(store.volumes().attempts(NORTH, MARCH)).isZero();
    }

    @Test
    void each_attempt_counts_once_in_its_family_however_it_ends() {
        var purchases = new Purchases(play);
        purchases.busyThenMessage(
                Sample.session(), Purchases.call("0.01 EUR", "0.05 EUR"), Purchases.message("0.05 EUR"), 2);
        purchases.call(play.start(Sample.session()).id(), Optional.empty(), NOON);

        assertThat(store.volumes().attempts(NORTH, MARCH)).isEqualTo(1);
        assertThat(store.volumes().attempts("sms +", MARCH)).isEqualTo(1);
        assertThat(store.volumes().attempts("north +", MARCH)).isZero();
    }

    @Test
    void a_month_begins_at_midnight_utc() {
        var purchases = new Purchases(play);
        var quote = Purchases.call("0.01 EUR", "0.05 EUR");
        purchases.call(Sample.session().at(Instant.parse("2026-03-31T23:59:59.999Z")), quote);
        purchases.call(Sample.session().at(Instant.parse("2026-04-01T00:00:00Z")), quote);

        assertThat(store.volumes().attempts(NORTH, MARCH)).isEqualTo(1);
        assertThat(store.volumes().attempts(NORTH, MARCH.plusMonths(1))).isEqualTo(1);
    }

    @Test
    void attempts_at_once_are_all_counted_and_stay_so_after_a_restart() throws Exception {
        var quote = Purchases.call("0.01 EUR", "0.05 EUR");
        Play.atOnce(60, () -> new Purchases(play).call(Sample.session(), quote));

        reopen();

        assertThat(store.volumes().attempts(NORTH, MARCH)).isEqualTo(60);
    }

    @Test
    void months_before_a_month_are_forgotten() {
        new Purchases(play).call(Sample.session(), Purchases.call("0.01 EUR", "0.05 EUR"));

        assertThat(store.volumes().forget(MARCH)).isZero();
        assertThat(store.volumes().forget(MARCH.plusMonths(1))).isEqualTo(1);
        assertThat(store.volumes().attempts(NORTH, MARCH)).isZero();
    }
}
