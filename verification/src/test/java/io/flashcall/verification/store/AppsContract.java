package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [Apps] promises.
public abstract class AppsContract extends StoreContract {

    @Test
    void an_app_is_found_as_it_was_saved() {
        store.apps().save(app(SHOP, "Shop"));

        assertThat(store.apps().find(SHOP)).contains(app(SHOP, "Shop"));
        assertThat(store.apps().find(BANK)).isEmpty();
    }

    @Test
    void saving_an_app_again_replaces_it() {
        store.apps().save(app(SHOP, "Shop"));
        store.apps().save(app(SHOP, "The Shop"));

        assertThat(store.apps().list()).containsExactly(app(SHOP, "The Shop"));
    }

    @Test
    void apps_are_listed_in_the_order_of_their_ids() {
        store.apps().save(app(SHOP, "Shop"));
        store.apps().save(app(BANK, "Bank"));

        assertThat(store.apps().list()).containsExactly(app(BANK, "Bank"), app(SHOP, "Shop"));
    }

    @Test
    void a_deleted_app_is_gone() {
        store.apps().save(app(SHOP, "Shop"));

        assertThat(store.apps().delete(SHOP)).isTrue();
        assertThat(store.apps().delete(SHOP)).isFalse();
        assertThat(store.apps().find(SHOP)).isEmpty();
    }

    @Test
    void apps_survive_a_restart() {
        store.apps().save(app(SHOP, "Shop"));

        reopen();

        assertThat(store.apps().find(SHOP)).contains(app(SHOP, "Shop"));
    }

    private static App app(AppId id, String title) {
        var access = new App.Access(Optional.of("GB"), List.of("https://shop.example"), Optional.empty());
        var guard = new App.RiskGuard(0.005, Optional.of(1000));
        return new App(id, title, Policy.DEFAULT, Map.of("login", Policy.DEFAULT), access, guard);
    }
}
