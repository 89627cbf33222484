package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.ALICE;
import static io.flashcall.verification.store.Sample.BOB;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.OTHER_CALLER;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What [Leases] promises.
public abstract class LeasesContract extends StoreContract {

    @Test
    void nothing_is_taken_at_first() {
        assertThat(taken(ALICE, Instant.EPOCH)).isEmpty();
    }

    @Test
    void open_leases_are_taken_however_old_they_are() {
        play.call(Sample.session(), CALLER);

        assertThat(taken(ALICE, NOON.plusSeconds(1_000_000))).containsExactly(CALLER.digits());
    }

    @Test
    void closed_leases_are_taken_where_they_were_made_after_a_time() {
        closed(CALLER, NOON);
        closed(OTHER_CALLER, NOON.plusSeconds(10));

        assertThat(taken(ALICE, NOON.minusMillis(1))).containsExactlyInAnyOrder(CALLER.digits(), OTHER_CALLER.digits());
        assertThat(taken(ALICE, NOON)).containsExactly(OTHER_CALLER.digits());
        assertThat(taken(ALICE, NOON.plusSeconds(10))).isEmpty();
    }

    @Test
    void each_destination_has_its_own() {
        play.call(Sample.session(), CALLER);

        assertThat(taken(BOB, Instant.EPOCH)).isEmpty();
    }

    @Test
    void closed_leases_made_before_a_time_are_forgotten_and_open_ones_never() {
        closed(CALLER, NOON);
        closed(OTHER_CALLER, NOON.plusSeconds(10));
        play.call(Sample.session().to(BOB, "GB"), CALLER);

        assertThat(store.leases().forget(NOON.plusSeconds(10))).isEqualTo(1);

        assertThat(taken(ALICE, Instant.EPOCH)).containsExactly(OTHER_CALLER.digits());
        assertThat(taken(BOB, Instant.EPOCH)).containsExactly(CALLER.digits());
    }

    private void closed(E164 caller, Instant at) {
        var id = play.start(Sample.session().at(at)).id();
        play.call(id, caller, at);
        play.ring(id, 1, at);
        play.cancel(id, at);
    }

    private List<String> taken(E164 destination, Instant since) {
        var mac = VAULT.numberMac(destination);
        return store.leases().taken(mac, since).stream()
                .map(caller -> VAULT.open(caller, mac))
                .toList();
    }
}
