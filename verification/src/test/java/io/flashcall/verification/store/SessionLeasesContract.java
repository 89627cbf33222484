package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.ALICE;
import static io.flashcall.verification.store.Sample.BOB;
import static io.flashcall.verification.store.Sample.BUSY;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.OTHER_CALLER;
import static io.flashcall.verification.store.Sample.RANG;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Sessions.Created;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [Sessions] promises of leases.
public abstract class SessionLeasesContract extends StoreContract {

    @Test
    void a_session_may_be_saved_together_with_its_first_attempt_and_lease() {
        var write = Play.called(Sample.session().opening(), CALLER);

        assertThat(store.sessions().create(write)).isEqualTo(new Created.Done());
        assertThat(found(write.step().session().id())).isEqualTo(write.step().session());
        assertThat(leased()).containsExactly(CALLER.digits());
    }

    @Test
    void a_caller_id_that_is_leased_for_the_destination_is_refused_at_the_start_and_nothing_is_saved() {
        play.call(Sample.session(), CALLER);
        var write = Play.called(Sample.session().opening(), CALLER);

        assertThat(store.sessions().create(write)).isEqualTo(new Created.LeaseTaken());
        assertThat(store.sessions().find(write.step().session().id())).isEmpty();
        assertThat(store.sessions().timeline(write.step().session().id())).isEmpty();
    }

    @Test
    void a_caller_id_that_is_leased_for_the_destination_is_refused_later_too_and_nothing_is_saved() {
        play.call(Sample.session(), CALLER);
        var id = play.start(Sample.session()).id();
        var before = found(id);

        assertThatThrownBy(() -> play.call(id, CALLER, after(1))).isInstanceOf(LeaseTakenException.class);
        assertThat(found(id)).isEqualTo(before);
        assertThat(store.sessions().timeline(id)).hasSize(1);
        assertThat(play.call(id, OTHER_CALLER, after(1)).after().attempts()).hasSize(1);
    }

    @Test
    void a_caller_id_may_be_leased_for_two_destinations() {
        assertThat(play.call(Sample.session(), CALLER)).isEqualTo(new Created.Done());
        assertThat(play.call(Sample.session().to(BOB, "GB"), CALLER)).isEqualTo(new Created.Done());
    }

    @Test
    void a_resend_of_the_same_session_cannot_lease_the_same_caller_id() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, after(1));
        play.end(id, 1, RANG, after(3));
        play.on(id, new SessionEvent.ResendAsked(Optional.empty()), after(4));

        assertThatThrownBy(() -> play.call(id, CALLER, after(5))).isInstanceOf(LeaseTakenException.class);
    }

    @Test
    void the_end_of_a_session_closes_its_lease_and_the_destination_remembers_what_rang() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, after(1));
        play.ring(id, 1, after(2));
        play.check(id, 1, after(5));

        assertThat(leasedSince(after(60))).isEmpty();
        assertThat(leasedSince(NOON)).containsExactly(CALLER.digits());
        assertThat(play.call(Sample.session(), CALLER)).isEqualTo(new Created.Done());
    }

    @Test
    void the_end_of_a_session_drops_the_leases_of_calls_that_cannot_have_shown() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, after(1));
        play.end(id, 1, BUSY, after(2));
        assertThat(leased()).containsExactly(CALLER.digits());

        play.cancel(id, after(3));

        assertThat(leasedSince(NOON)).isEmpty();
    }

    private Session found(SessionId id) {
        return store.sessions().find(id).orElseThrow();
    }

    /// Caller ids of open leases for Alice.
    private List<String> leased() {
        return leasedSince(after(100_000));
    }

    private List<String> leasedSince(Instant since) {
        var mac = VAULT.numberMac(ALICE);
        return store.leases().taken(mac, since).stream()
                .map(caller -> VAULT.open(caller, mac))
                .toList();
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
