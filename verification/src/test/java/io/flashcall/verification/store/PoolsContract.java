package io.flashcall.verification.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.verification.number.Pool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What [Pools] promises.
public abstract class PoolsContract extends StoreContract {

    @Test
    void a_pool_is_found_as_it_was_saved() {
        store.pools().save(pool("london", "Ofcom"));

        assertThat(store.pools().find("london")).contains(pool("london", "Ofcom"));
        assertThat(store.pools().find("paris")).isEmpty();
    }

    @Test
    void saving_a_pool_again_replaces_it() {
        store.pools().save(pool("london", "Ofcom"));
        store.pools().save(pool("london", "Ofcom, 2026"));

        assertThat(store.pools().list()).containsExactly(pool("london", "Ofcom, 2026"));
    }

    @Test
    void pools_are_listed_in_the_order_of_their_names() {
        store.pools().save(pool("paris", "Arcep"));
        store.pools().save(pool("london", "Ofcom"));

        assertThat(store.pools().list()).containsExactly(pool("london", "Ofcom"), pool("paris", "Arcep"));
    }

    @Test
    void a_deleted_pool_is_gone() {
        store.pools().save(pool("london", "Ofcom"));

        assertThat(store.pools().delete("london")).isTrue();
        assertThat(store.pools().delete("london")).isFalse();
        assertThat(store.pools().find("london")).isEmpty();
    }

    @Test
    void the_revision_changes_with_each_pool_that_is_saved_or_deleted() {
        long before = store.pools().revision();
        store.pools().save(pool("london", "Ofcom"));
        long saved = store.pools().revision();
        store.pools().delete("london");

        assertThat(saved).isNotEqualTo(before);
        assertThat(store.pools().revision()).isNotIn(before, saved);
    }

    @Test
    void pools_survive_a_restart() {
        store.pools().save(pool("london", "Ofcom"));

        reopen();

        assertThat(store.pools().find("london")).contains(pool("london", "Ofcom"));
    }

    private static Pool pool(String name, String proof) {
        return new Pool(
                name,
                new Pool.Ownership("Shop Ltd", proof, "GB"),
                Set.of("north"),
                List.of(CallerIds.Range.parse("+44207946xxxx")),
                new Pool.State(true, Set.of(new E164("442079460123"))),
                Optional.of(5));
    }
}
