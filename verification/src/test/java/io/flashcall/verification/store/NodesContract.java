package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.Session;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.IdempotentRequests.Claim;
import io.flashcall.verification.store.IdempotentRequests.Result;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Outbox.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What [Nodes] promises, and what claims have to do with them.
public abstract class NodesContract extends StoreContract {

    private static final Duration HOLD = Duration.ofSeconds(60);
    private static final IdempotentRequests.Key KEY = new IdempotentRequests.Key("fc_1", "order-1");

    private Storage other;

    @BeforeEach
    void openOther() {
        other = store.beside();
        store.endpoints()
                .save(new Endpoint("we_1", SHOP, "https://shop.example/hook", Set.of(), List.of(), Optional.empty()));
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    @Test
    void each_has_a_name_of_its_own_and_another_one_after_a_restart() {
        var first = store.nodes().own();

        assertThat(other.nodes().own()).isNotEqualTo(first);
        assertThat(store.nodes().own()).isEqualTo(first);
        other.close();
        reopen();
        other = store.beside();
        assertThat(store.nodes().own()).isNotEqualTo(first);
    }

    @Test
    void each_beat_is_counted_and_seen_by_the_others() {
        store.nodes().beat();
        other.nodes().beat();
        other.nodes().beat();

        assertThat(store.nodes().beat())
                .containsOnly(
                        Map.entry(store.nodes().own(), 2L),
                        Map.entry(other.nodes().own(), 2L));
    }

    @Test
    void what_a_dead_node_was_delivering_is_due_at_once() {
        store.nodes().beat();
        other.nodes().beat();
        var session = play.start(Sample.session());
        play.start(Sample.session());
        long ours = claim(store, 1).getFirst().id();
        long theirs = claim(other, 1).getFirst().id();
        assertThat(claim(store, 9)).isEmpty();

        store.nodes().bury(List.of(other.nodes().own()), NOON.plusSeconds(1));

        assertThat(store.outbox().claim("we_1", NOON.plusSeconds(1), HOLD, HOLD, 9))
                .extracting(Delivery::id)
                .containsExactly(theirs);
        assertThat(theirs).isNotEqualTo(ours);
        assertThat(store.nodes().beat()).containsOnlyKeys(store.nodes().own());
        assertThat(store.sessions().find(session.id())).isPresent();
    }

    @Test
    void what_a_dead_node_had_delivered_stays_delivered() {
        play.start(Sample.session());
        long id = claim(other, 1).getFirst().id();
        other.outbox().settle(List.of(new Settlement.Delivered(id, NOON)));

        store.nodes().bury(List.of(other.nodes().own()), NOON.plusSeconds(1));

        assertThat(claim(store, 9)).isEmpty();
    }

    @Test
    void what_a_dead_node_was_to_try_again_later_is_tried_then() {
        play.start(Sample.session());
        long id = claim(other, 1).getFirst().id();
        other.outbox().settle(List.of(new Settlement.Again(id, NOON.plusSeconds(500), "HTTP 500")));

        store.nodes().bury(List.of(other.nodes().own()), NOON.plusSeconds(1));

        assertThat(store.outbox().claim("we_1", NOON.plusSeconds(499), HOLD, HOLD, 9))
                .isEmpty();
        assertThat(store.outbox().claim("we_1", NOON.plusSeconds(500), HOLD, HOLD, 9))
                .hasSize(1);
    }

    /// It only seemed dead, and did not know.
    @Test
    void a_node_that_was_buried_does_not_decide_on_what_another_one_delivers_now() {
        play.start(Sample.session());
        long id = claim(other, 1).getFirst().id();
        store.nodes().bury(List.of(other.nodes().own()), NOON.plusSeconds(1));
        assertThat(store.outbox().claim("we_1", NOON.plusSeconds(2), HOLD, HOLD, 9))
                .hasSize(1);

        other.outbox().settle(List.of(new Settlement.Again(id, NOON.plusSeconds(3), "HTTP 500")));
        assertThat(other.outbox().claim("we_1", NOON.plusSeconds(4), HOLD, HOLD, 9))
                .isEmpty();
        other.outbox().settle(List.of(new Settlement.Dead(id, NOON.plusSeconds(3), "HTTP 500")));
        assertThat(store.outbox().dead("we_1", 0, 9)).isEmpty();

        store.outbox().settle(List.of(new Settlement.Again(id, NOON.plusSeconds(5), "HTTP 500")));
        assertThat(other.outbox().claim("we_1", NOON.plusSeconds(5), HOLD, HOLD, 9))
                .hasSize(1);
    }

    @Test
    void a_key_that_a_dead_node_was_at_is_free_and_what_it_answered_is_kept() {
        var done = new IdempotentRequests.Key("fc_1", "order-2");
        other.idempotentRequests().claim(KEY, "a", NOON, HOLD);
        other.idempotentRequests().claim(done, "a", NOON, HOLD);
        other.idempotentRequests().complete(new Result(done, 201, "sealed"));
        assertThat(store.idempotentRequests().claim(KEY, "a", NOON, HOLD)).isEqualTo(new Claim.InProgress());

        store.nodes().bury(List.of(other.nodes().own()), NOON);

        assertThat(store.idempotentRequests().claim(KEY, "a", NOON, HOLD)).isEqualTo(new Claim.Granted());
        assertThat(store.idempotentRequests().claim(done, "a", NOON, HOLD)).isEqualTo(new Claim.Replay(201, "sealed"));
    }

    /// It only seemed dead, and did not know.
    @Test
    void what_was_started_under_a_key_that_another_node_took_over_is_not_saved() {
        other.idempotentRequests().claim(KEY, "a", NOON, HOLD);
        store.nodes().bury(List.of(other.nodes().own()), NOON);
        store.idempotentRequests().claim(KEY, "a", NOON, HOLD);
        var session = Session.start(Sample.session().opening());

        var write = Play.write(session).with(new Result(KEY, 201, "late"));
        assertThatThrownBy(() -> other.sessions().create(write)).isInstanceOf(ClaimLostException.class);
        other.idempotentRequests().complete(new Result(KEY, 500, "late"));
        other.idempotentRequests().release(KEY);

        assertThat(store.sessions().find(session.session().id())).isEmpty();
        assertThat(other.idempotentRequests().claim(KEY, "a", NOON, HOLD)).isEqualTo(new Claim.InProgress());
        store.idempotentRequests().complete(new Result(KEY, 201, "ours"));
        assertThat(other.idempotentRequests().claim(KEY, "a", NOON, HOLD)).isEqualTo(new Claim.Replay(201, "ours"));
    }

    @Test
    void what_the_living_have_claimed_stays_theirs() {
        store.nodes().beat();
        play.start(Sample.session());
        claim(store, 1);
        store.idempotentRequests().claim(KEY, "a", NOON, HOLD);

        store.nodes().bury(List.of(other.nodes().own()), NOON.plusSeconds(1));

        assertThat(claim(other, 9)).isEmpty();
        assertThat(other.idempotentRequests().claim(KEY, "a", NOON, HOLD)).isEqualTo(new Claim.InProgress());
        assertThat(store.nodes().beat()).containsKey(store.nodes().own());
    }

    private static List<Delivery> claim(Storage by, int most) {
        return by.outbox().claim("we_1", NOON, HOLD, HOLD, most);
    }
}
