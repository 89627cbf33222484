package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.ALICE;
import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AppId;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.store.Bills.Item;
import io.flashcall.verification.store.Bills.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [Bills] promises.
public abstract class BillsContract extends StoreContract {

    private static final Quote CALL = Purchases.call("0.01 EUR", "0.05 EUR");
    private static final Quote MESSAGE = Purchases.message("0.05 EUR");
    private static final Instant END = NOON.plusSeconds(3_600);

    @Test
    void an_attempt_is_told_as_it_was_saved() {
        var id = new Purchases(play).busyThenMessage(Sample.session(), CALL, MESSAGE, 2);
        var saved = store.sessions().find(id).orElseThrow();

        assertThat(all(Optional.empty(), 10))
                .containsExactly(
                        new Item(
                                id,
                                SHOP,
                                "signup",
                                Optional.of(ALICE),
                                "GB",
                                saved.attempts().get(0)),
                        new Item(
                                id,
                                SHOP,
                                "signup",
                                Optional.of(ALICE),
                                "GB",
                                saved.attempts().get(1)));
        assertThat(saved.attempts().get(1).plan().quote()).contains(MESSAGE);
    }

    @Test
    void pages_follow_each_other_without_a_gap_also_among_attempts_of_the_same_moment() {
        for (int i = 0; i < 7; i++) {
            new Purchases(play).busyThenMessage(Sample.session(), CALL, MESSAGE, 1);
        }

        var items = all(Optional.empty(), 3);

        assertThat(items)
                .hasSize(14)
                .isSortedAccordingTo((a, b) -> a.attempt()
                        .times()
                        .begun()
                        .compareTo(b.attempt().times().begun()));
        assertThat(new HashSet<>(items)).hasSize(14);
    }

    @Test
    void a_period_is_of_attempts_that_began_from_its_begin_to_before_its_end() {
        new Purchases(play).call(Sample.session(), CALL);

        assertThat(page(NOON, NOON.plusMillis(1))).hasSize(1);
        assertThat(page(NOON.plusMillis(1), END)).isEmpty();
        assertThat(page(NOON.minusSeconds(9), NOON)).isEmpty();
    }

    @Test
    void an_app_has_its_own() {
        new Purchases(play).call(Sample.session(), CALL);
        new Purchases(play).call(Sample.session().with(BANK), CALL);

        assertThat(all(Optional.of(SHOP), 10)).extracting(Item::app).containsExactly(SHOP);
    }

    @Test
    void a_number_that_was_removed_is_not_there() {
        var id = new Purchases(play).call(Sample.session(), CALL).id();
        play.cancel(id, NOON.plusSeconds(1));
        store.sessions().erase(Sample.VAULT.numberMac(ALICE));

        assertThat(all(Optional.empty(), 10)).extracting(Item::to).containsExactly(Optional.empty());
    }

    private List<Item> page(Instant from, Instant to) {
        return store.bills().page(new Query(Optional.empty(), from, to), Optional.empty(), 10);
    }

    private List<Item> all(Optional<AppId> app, int most) {
        var query = new Query(app, NOON, END);
        var all = new ArrayList<Item>();
        var page = store.bills().page(query, Optional.empty(), most);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.bills().page(query, Optional.of(page.getLast()), most);
        }
        return all;
    }
}
