package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Endpoints.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What [Endpoints] promises.
public abstract class EndpointsContract extends StoreContract {

    private static final Endpoint SHOPS = endpoint("we_2", SHOP, Optional.empty());
    private static final Endpoint BANKS = endpoint("we_1", BANK, Optional.of("410 Gone"));

    @Test
    void an_endpoint_is_found_as_it_was_saved() {
        store.endpoints().save(SHOPS);
        store.endpoints().save(BANKS);

        assertThat(store.endpoints().find("we_2")).contains(SHOPS);
        assertThat(store.endpoints().find("we_1")).contains(BANKS);
        assertThat(store.endpoints().find("we_9")).isEmpty();
    }

    @Test
    void an_endpoint_may_want_all_types() {
        var all = new Endpoint("we_3", SHOP, "https://shop.example", Set.of(), List.of(), Optional.empty());
        store.endpoints().save(all);

        assertThat(store.endpoints().find("we_3")).contains(all);
    }

    @Test
    void saving_an_endpoint_again_replaces_it_and_keeps_what_is_to_be_delivered() {
        store.endpoints().save(SHOPS);
        play.start(Sample.session());
        var moved = new Endpoint("we_2", SHOP, "https://new.example", Set.of(), List.of(), Optional.empty());

        store.endpoints().save(moved);

        assertThat(store.endpoints().list(Optional.empty())).containsExactly(moved);
        assertThat(store.outbox().waiting(NOON)).containsExactly("we_2");
    }

    @Test
    void endpoints_are_listed_for_one_app_or_all() {
        store.endpoints().save(SHOPS);
        store.endpoints().save(BANKS);

        assertThat(store.endpoints().list(Optional.of(SHOP))).containsExactly(SHOPS);
        assertThat(store.endpoints().list(Optional.empty())).containsExactly(BANKS, SHOPS);
        assertThat(store.endpoints().list(Optional.of(new AppId("nobody")))).isEmpty();
    }

    @Test
    void deleting_an_endpoint_deletes_what_was_to_be_delivered_to_it_and_nothing_else() {
        var other = endpoint("we_5", SHOP, Optional.empty());
        store.endpoints().save(SHOPS);
        store.endpoints().save(other);
        play.start(Sample.session());

        assertThat(store.endpoints().delete("we_2")).isTrue();
        assertThat(store.endpoints().delete("we_2")).isFalse();

        assertThat(store.endpoints().find("we_2")).isEmpty();
        assertThat(store.outbox().waiting(NOON)).containsExactly("we_5");
        store.endpoints().save(SHOPS);
        assertThat(store.outbox().waiting(NOON)).containsExactly("we_5");
    }

    @Test
    void endpoints_survive_a_restart() {
        store.endpoints().save(SHOPS);

        reopen();

        assertThat(store.endpoints().find("we_2")).contains(SHOPS);
    }

    private static Endpoint endpoint(String id, AppId app, Optional<String> disabled) {
        return new Endpoint(
                id,
                app,
                "https://shop.example/hook",
                Set.of(EventType.VERIFICATION_STARTED, EventType.CALL_RINGING),
                List.of(
                        new Secret("new, sealed", Optional.empty()),
                        new Secret("old, sealed", Optional.of(NOON.plusSeconds(60)))),
                disabled);
    }
}
