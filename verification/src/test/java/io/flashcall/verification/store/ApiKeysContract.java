package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.ApiKey;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.ApiKeys.Validity;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [ApiKeys] promises.
public abstract class ApiKeysContract extends StoreContract {

    private static final ApiKey SHOPS = key("k1", Scope.SERVER, Optional.of(SHOP), NOON);
    private static final ApiKey SHOPS_PAGE = key("k0", Scope.PUBLISHABLE, Optional.of(SHOP), NOON.plusSeconds(1));
    private static final ApiKey BANKS = key("k2", Scope.SERVER, Optional.of(BANK), NOON.plusSeconds(2));
    private static final ApiKey ADMINS = key("k3", Scope.ADMIN, Optional.empty(), NOON.plusSeconds(3));

    @Test
    void a_key_is_found_as_it_was_added() {
        store.apiKeys().add(SHOPS);
        store.apiKeys().add(ADMINS);

        assertThat(store.apiKeys().find("k1")).contains(SHOPS);
        assertThat(store.apiKeys().find("k3")).contains(ADMINS);
        assertThat(store.apiKeys().find("k9")).isEmpty();
    }

    @Test
    void an_id_is_used_once() {
        store.apiKeys().add(SHOPS);

        assertThatThrownBy(() -> store.apiKeys().add(key("k1", Scope.ADMIN, Optional.empty(), NOON)))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.apiKeys().find("k1")).contains(SHOPS);
    }

    @Test
    void keys_are_listed_for_one_app_or_all_the_oldest_first() {
        for (var key : new ApiKey[] {ADMINS, BANKS, SHOPS_PAGE, SHOPS}) {
            store.apiKeys().add(key);
        }

        assertThat(store.apiKeys().list(Optional.of(SHOP))).containsExactly(SHOPS, SHOPS_PAGE);
        assertThat(store.apiKeys().list(Optional.empty())).containsExactly(SHOPS, SHOPS_PAGE, BANKS, ADMINS);
        assertThat(store.apiKeys().list(Optional.of(new AppId("nobody")))).isEmpty();
    }

    @Test
    void a_key_is_revoked_once_and_says_when() {
        store.apiKeys().add(SHOPS);

        assertThat(store.apiKeys().revoke("k1", NOON.plusSeconds(9))).isTrue();
        assertThat(store.apiKeys().revoke("k1", NOON.plusSeconds(10))).isFalse();
        assertThat(store.apiKeys().revoke("k9", NOON)).isFalse();

        assertThat(store.apiKeys().find("k1").orElseThrow().validity())
                .isEqualTo(new Validity(NOON, Optional.of(NOON.plusSeconds(9))));
    }

    @Test
    void keys_survive_a_restart() {
        store.apiKeys().add(SHOPS);

        reopen();

        assertThat(store.apiKeys().find("k1")).contains(SHOPS);
    }

    private static ApiKey key(String id, Scope scope, Optional<AppId> app, Instant createdAt) {
        return new ApiKey(id, scope, app, "hash of " + id, "for tests", new Validity(createdAt, Optional.empty()));
    }
}
