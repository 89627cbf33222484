package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.BUSY;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.OTHER_CALLER;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flashcall.engine.E164;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.pricing.Money;
import io.flashcall.verification.store.Statistics.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [Statistics] promises.
public abstract class StatisticsContract extends StoreContract {

    private static final AttemptResult ACCEPTED = new AttemptResult(Verdict.DELIVERED, "accepted", "", true);
    private static final AttemptResult UNSEEN = new AttemptResult(Verdict.PERHAPS, "rang_unseen", "", true);
    private static final Instant END = NOON.plusSeconds(3_600);

    @Test
    void nothing_was_started_at_first() {
        assertThat(rows()).isEmpty();
    }

    @Test
    void attempts_are_counted_by_country_trunk_and_channel() {
        // Verified by the call after 6 s; after 8 s; by an SMS that came after a busy line; and never.
        verified(Sample.session(), 6);
        verified(Sample.session(), 8);
        busyThenMessage(Sample.session());
        play.call(play.start(Sample.session().to(new E164("33612345678"), "FR")).id(), CALLER, NOON);

        assertThat(rows())
                .containsExactly(
                        new Row("FR", "north", "flash_call", 1, 0, 0, Duration.ZERO),
                        new Row("GB", "", "sms", 1, 1, 1, Duration.ofSeconds(5)),
                        new Row("GB", "north", "flash_call", 3, 2, 2, Duration.ofSeconds(7)));
    }

    @Test
    void what_may_have_rung_counts_as_rung() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, NOON);
        play.end(id, 1, UNSEEN, NOON.plusSeconds(9));

        assertThat(rows()).containsExactly(new Row("GB", "north", "flash_call", 1, 1, 0, Duration.ZERO));
    }

    @Test
    void the_code_that_was_entered_says_which_attempt_verified() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, NOON);
        play.ring(id, 1, NOON.plusSeconds(1));
        play.end(id, 1, Sample.RANG, NOON.plusSeconds(3));
        play.on(id, new SessionEvent.ResendAsked(Optional.empty()), NOON.plusSeconds(4));
        play.call(id, OTHER_CALLER, NOON.plusSeconds(5));
        play.check(id, 1, NOON.plusSeconds(10));

        assertThat(rows()).containsExactly(new Row("GB", "north", "flash_call", 2, 1, 1, Duration.ofSeconds(10)));
    }

    @Test
    void a_period_is_of_sessions_started_from_its_begin_to_before_its_end() {
        verified(Sample.session(), 6);

        assertThat(store.statistics().rows(Optional.empty(), NOON, NOON.plusMillis(1)))
                .hasSize(1);
        assertThat(store.statistics().rows(Optional.empty(), NOON.minusSeconds(60), NOON))
                .isEmpty();
        assertThat(store.statistics().rows(Optional.empty(), NOON.plusMillis(1), END))
                .isEmpty();
    }

    @Test
    void an_app_has_its_own() {
        verified(Sample.session(), 6);
        verified(Sample.session().with(BANK), 8);

        assertThat(bare(store.statistics().rows(Optional.of(SHOP), NOON, END)))
                .containsExactly(new Row("GB", "north", "flash_call", 1, 1, 1, Duration.ofSeconds(6)));
        assertThat(rows()).containsExactly(new Row("GB", "north", "flash_call", 2, 2, 2, Duration.ofSeconds(7)));
    }

    @Test
    void what_attempts_cost_stands_with_them_and_what_their_sends_would_have_at_the_first() {
        busyThenMessage(Sample.session());
        verified(Sample.session(), 6);

        assertThat(store.statistics().rows(Optional.empty(), NOON, END))
                .extracting(Row::channel, StatisticsContract::money)
                // Nobody knows what the message cost, so that nobody knows what was saved.
                .containsExactly(tuple("sms", "0 0 unknown"), tuple("flash_call", "0.004 0.1 0.096"));
    }

    private SessionId verified(Sample sample, int seconds) {
        var id = play.start(sample).id();
        play.call(id, CALLER, NOON);
        play.ring(id, 1, NOON.plusSeconds(1));
        play.check(id, 1, NOON.plusSeconds(seconds));
        return id;
    }

    private void busyThenMessage(Sample sample) {
        var id = play.start(sample).id();
        play.call(id, CALLER, NOON);
        play.end(id, 1, BUSY, NOON.plusSeconds(1));
        play.message(id, "482915", NOON.plusSeconds(2));
        play.end(id, 2, ACCEPTED, NOON.plusSeconds(3));
        play.check(id, 2, NOON.plusSeconds(7));
    }

    private List<Row> rows() {
        return bare(store.statistics().rows(Optional.empty(), NOON, END));
    }

    private static String money(Row row) {
        var money = row.money().getFirst();
        return Money.plain(money.cost()) + " " + Money.plain(money.alternative()) + " "
                + money.saving().map(Money::plain).orElse("unknown");
    }

    /// Without what they cost.
    private static List<Row> bare(List<Row> rows) {
        return rows.stream()
                .map(row -> new Row(
                        row.country(),
                        row.trunk(),
                        row.channel(),
                        row.started(),
                        row.rang(),
                        row.verified(),
                        row.timeToVerify()))
                .toList();
    }
}
