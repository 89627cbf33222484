package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.EventType;
import io.flashcall.verification.number.QuarantineRule;
import io.flashcall.verification.store.Quarantines.Block;
import io.flashcall.verification.store.Quarantines.Caller;
import io.flashcall.verification.store.Quarantines.Quarantined;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What [Quarantines] promises.
public abstract class QuarantinesContract extends StoreContract {

    private static final QuarantineRule TWO = new QuarantineRule(2, Duration.ofHours(1), Duration.ofHours(24));
    private static final Instant TOMORROW = NOON.plus(Duration.ofHours(24));

    @Test
    void a_number_is_quarantined_once_it_was_blocked_at_enough_destinations() {
        assertThat(report("x", "alice", NOON)).isEmpty();
        assertThat(store.quarantines().active(NOON)).isEmpty();

        var begun = new Quarantined(caller("x"), NOON.plusSeconds(1), TOMORROW.plusSeconds(1), 2, 1);
        assertThat(report("x", "bob", NOON.plusSeconds(1))).contains(begun);
        assertThat(store.quarantines().active(NOON.plusSeconds(2))).containsExactly(begun);
    }

    @Test
    void the_same_destination_and_other_numbers_count_for_nothing() {
        report("x", "alice", NOON);
        report("x", "alice", NOON.plusSeconds(1));
        report("y", "bob", NOON.plusSeconds(2));

        assertThat(store.quarantines().active(NOON.plusSeconds(3))).isEmpty();
    }

    @Test
    void blocks_count_within_the_window_alone() {
        report("x", "alice", NOON);

        assertThat(report("x", "bob", NOON.plus(TWO.window()))).isEmpty();
        assertThat(report("x", "carol", NOON.plus(TWO.window()).plusSeconds(1))).isPresent();
    }

    @Test
    void it_ends_by_itself_and_the_next_one_is_twice_as_long() {
        quarantine("x", NOON);
        assertThat(store.quarantines().active(TOMORROW.minusMillis(1))).hasSize(1);
        assertThat(store.quarantines().active(TOMORROW)).isEmpty();

        assertThat(quarantine("x", TOMORROW)).hasValueSatisfying(again -> {
            assertThat(again.times()).isEqualTo(2);
            assertThat(again.until()).isEqualTo(TOMORROW.plus(Duration.ofHours(48)));
        });
    }

    @Test
    void what_comes_during_it_neither_begins_nor_lengthens_one() {
        quarantine("x", NOON);

        assertThat(quarantine("x", NOON.plusSeconds(60))).isEmpty();
        assertThat(store.quarantines().active(NOON))
                .extracting(Quarantined::until)
                .containsExactly(TOMORROW);
    }

    @Test
    void a_number_that_is_released_is_as_if_it_had_never_been_blocked() {
        quarantine("x", NOON);

        assertThat(store.quarantines().release("x", NOON.plusSeconds(1))).isTrue();
        assertThat(store.quarantines().release("x", NOON.plusSeconds(1))).isFalse();
        assertThat(store.quarantines().active(NOON.plusSeconds(1))).isEmpty();
        assertThat(report("x", "carol", NOON.plusSeconds(2))).isEmpty();
        assertThat(report("x", "dave", NOON.plusSeconds(3)))
                .hasValueSatisfying(again -> assertThat(again.times()).isOne());
    }

    @Test
    void one_that_has_ended_is_not_released() {
        quarantine("x", NOON);

        assertThat(store.quarantines().release("x", TOMORROW)).isFalse();
    }

    @Test
    void blocks_and_quarantines_survive_a_restart() {
        report("x", "alice", NOON);
        quarantine("y", NOON);

        reopen();

        assertThat(store.quarantines().active(NOON))
                .extracting(Quarantined::caller)
                .containsExactly(caller("y"));
        assertThat(report("x", "bob", NOON.plusSeconds(1))).isPresent();
    }

    @Test
    void the_endpoints_of_the_app_are_told_once_whoever_else_reports_at_the_same_time() throws Exception {
        store.endpoints()
                .save(new Endpoints.Endpoint(
                        "we_all", SHOP, "https://shop.example/hook", Set.of(), List.of(), Optional.empty()));
        var number = new AtomicInteger();
        var begun = Play.atOnce(20, () -> report("x", "destination-" + number.getAndIncrement(), NOON));

        assertThat(begun.stream().filter(Optional::isPresent)).hasSize(1);
        assertThat(store.outbox().claim("we_all", NOON, Duration.ofMinutes(1), Duration.ofMinutes(1), 30))
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.event().type()).isEqualTo(EventType.CALLER_ID_QUARANTINED);
                    assertThat(delivery.body()).isEqualTo("{\"times\":1}");
                });
    }

    @Test
    void what_is_old_is_forgotten() {
        report("x", "alice", NOON);
        quarantine("y", NOON);

        assertThat(store.quarantines().forget(NOON.plusSeconds(1), TOMORROW.plusSeconds(1)))
                .isEqualTo(1);

        assertThat(report("x", "bob", NOON.plusSeconds(2))).isEmpty();
        assertThat(quarantine("y", TOMORROW))
                .hasValueSatisfying(again -> assertThat(again.times()).isOne());
    }

    @Test
    void an_erased_destination_is_known_of_no_block() {
        report("x", "alice", NOON);

        store.sessions().erase("alice");

        assertThat(report("x", "bob", NOON.plusSeconds(1))).isEmpty();
    }

    private Optional<Quarantined> quarantine(String caller, Instant at) {
        report(caller, "alice", at);
        return report(caller, "bob", at);
    }

    private Optional<Quarantined> report(String caller, String destination, Instant at) {
        return store.quarantines()
                .report(
                        new Block(SHOP, caller(caller), destination, at),
                        TWO,
                        begun -> "{\"times\":" + begun.times() + "}");
    }

    private static Caller caller(String mac) {
        return new Caller(mac, "sealed " + mac, "london", "north");
    }
}
