package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.store.IdempotentRequests.Claim;
import io.flashcall.verification.store.IdempotentRequests.Result;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What [IdempotentRequests] promises.
public abstract class IdempotentRequestsContract extends StoreContract {

    private static final Duration HOLD = Duration.ofSeconds(30);
    private static final IdempotentRequests.Key KEY = new IdempotentRequests.Key("server-key", "order-17");
    private static final String PRINT = "fingerprint";

    @Test
    void who_comes_first_is_granted_the_key_and_others_hear_that_it_is_in_progress() {
        assertThat(claim(NOON)).isEqualTo(new Claim.Granted());
        assertThat(claim(NOON.plusSeconds(1))).isEqualTo(new Claim.InProgress());
    }

    @Test
    void of_many_who_come_at_once_one_is_granted_the_key() throws Exception {
        var claims = Play.atOnce(100, () -> claim(NOON));

        assertThat(claims).containsOnlyOnce(new Claim.Granted()).contains(new Claim.InProgress());
    }

    @Test
    void a_completed_request_is_answered_again() {
        claim(NOON);
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));

        assertThat(claim(NOON.plusSeconds(1))).isEqualTo(new Claim.Replay(201, "sealed"));
    }

    @Test
    void the_answer_survives_a_restart() {
        claim(NOON);
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));

        reopen();

        assertThat(claim(NOON.plusSeconds(100))).isEqualTo(new Claim.Replay(201, "sealed"));
    }

    @Test
    void the_answer_that_was_kept_first_stays() {
        claim(NOON);
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));
        store.idempotentRequests().complete(new Result(KEY, 500, "other"));

        assertThat(claim(NOON.plusSeconds(1))).isEqualTo(new Claim.Replay(201, "sealed"));
    }

    @Test
    void a_key_used_for_another_request_is_a_mismatch_in_progress_and_afterwards() {
        claim(NOON);
        assertThat(claim("other", NOON.plusSeconds(1))).isEqualTo(new Claim.Mismatch());

        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));
        assertThat(claim("other", NOON.plusSeconds(1))).isEqualTo(new Claim.Mismatch());
    }

    @Test
    void a_request_in_progress_for_too_long_loses_its_key_to_the_next() {
        claim(NOON);

        assertThat(claim(NOON.plus(HOLD).minusMillis(1))).isEqualTo(new Claim.InProgress());
        assertThat(claim(NOON.plus(HOLD))).isEqualTo(new Claim.Granted());
        assertThat(claim(NOON.plus(HOLD).plusMillis(1))).isEqualTo(new Claim.InProgress());
    }

    @Test
    void a_completed_request_never_loses_its_key() {
        claim(NOON);
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));

        assertThat(claim(NOON.plus(HOLD).plus(HOLD))).isEqualTo(new Claim.Replay(201, "sealed"));
    }

    @Test
    void a_released_key_is_free_again_for_any_request() {
        claim(NOON);
        store.idempotentRequests().release(KEY);

        assertThat(claim("other", NOON)).isEqualTo(new Claim.Granted());
    }

    @Test
    void a_completed_request_cannot_be_released() {
        claim(NOON);
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));
        store.idempotentRequests().release(KEY);

        assertThat(claim(NOON)).isEqualTo(new Claim.Replay(201, "sealed"));
    }

    @Test
    void each_owner_has_keys_of_its_own() {
        claim(NOON);

        var theirs = new IdempotentRequests.Key("another-key", KEY.value());
        assertThat(store.idempotentRequests().claim(theirs, "other", NOON, HOLD))
                .isEqualTo(new Claim.Granted());
    }

    @Test
    void what_was_claimed_before_a_time_is_forgotten() {
        claim(NOON);
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));

        assertThat(store.idempotentRequests().forget(NOON)).isZero();
        assertThat(store.idempotentRequests().forget(NOON.plusMillis(1))).isEqualTo(1);
        assertThat(claim("other", NOON)).isEqualTo(new Claim.Granted());
    }

    @Test
    void what_is_completed_after_it_was_forgotten_is_not_kept() {
        store.idempotentRequests().complete(new Result(KEY, 201, "sealed"));

        assertThat(claim(NOON)).isEqualTo(new Claim.Granted());
    }

    private Claim claim(Instant now) {
        return claim(PRINT, now);
    }

    private Claim claim(String fingerprint, Instant now) {
        return store.idempotentRequests().claim(KEY, fingerprint, now, HOLD);
    }
}
