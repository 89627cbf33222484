package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.ALICE;
import static io.flashcall.verification.store.Sample.BUSY;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.RANG;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.EventType;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.Sessions.Created;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What [Sessions] promises of one session at a time, but for its leases: [SessionLeasesContract].
public abstract class SessionsContract extends StoreContract {

    @Test
    void a_new_session_is_found_as_it_was_saved() {
        var session = play.start(Sample.session().reusedBy("key"));

        assertThat(found(session.id())).isEqualTo(session);
    }

    @Test
    void a_session_is_found_as_it_was_after_each_of_its_steps() {
        var id = play.start(Sample.session()).id();
        var resend = new SessionEvent.ResendAsked(Optional.of(Sample.SMS));

        assertSaved(play.call(id, CALLER, after(1)));
        assertSaved(play.ring(id, 1, after(2)));
        assertSaved(play.end(id, 1, RANG, after(4)));
        assertSaved(play.check(id, 0, after(9)));
        assertSaved(play.on(id, resend, after(10)));
        assertSaved(play.message(id, "482915", after(11)));
        assertSaved(play.on(id, new SessionEvent.TimePassed(), after(42)));
        assertSaved(play.check(id, 2, after(50)));
        assertThat(found(id).status()).isEqualTo(Status.VERIFIED);
    }

    @Test
    void a_failed_session_is_found_with_its_reason() {
        var id = play.start(Sample.session()).id();
        for (int i = 1; i <= 3; i++) {
            play.check(id, 0, after(i));
        }

        assertThat(found(id).status()).isEqualTo(Status.FAILED);
        assertThat(found(id).reason()).isEqualTo("too_many_checks");
        assertThat(found(id).endedAt()).contains(after(3));
    }

    @Test
    void an_unknown_session_is_not_found_and_not_updated() {
        var id = SessionId.next(NOON, RandomGenerator.getDefault());

        assertThat(store.sessions().find(id)).isEmpty();
        assertThat(store.sessions().update(id, _ -> {
                    throw new AssertionError("there is nothing to fold");
                }))
                .isEmpty();
        assertThat(store.sessions().timeline(id)).isEmpty();
    }

    @Test
    void an_id_is_used_once() {
        var opening = Sample.session().opening();
        play.start(opening);

        assertThatThrownBy(() -> store.sessions().create(Play.write(Session.start(opening))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_start_with_the_reuse_key_of_a_pending_session_is_told_its_id_and_saves_nothing() {
        var first = play.start(Sample.session().reusedBy("key"));
        var write = Play.called(Sample.session().reusedBy("key").opening(), CALLER);

        assertThat(store.sessions().create(write)).isEqualTo(new Created.Reusable(first.id()));
        assertThat(store.sessions().find(write.step().session().id())).isEmpty();
        assertThat(store.sessions().timeline(write.step().session().id())).isEmpty();
        assertThat(leased()).isEmpty();
    }

    @Test
    void a_pending_session_is_found_by_its_reuse_key_and_an_ended_one_is_not() {
        var id = play.start(Sample.session().reusedBy("key")).id();
        play.call(id, CALLER, after(1));

        assertThat(store.sessions().findPending("key")).contains(found(id));
        assertThat(store.sessions().findPending("another")).isEmpty();

        play.cancel(id, after(2));
        assertThat(store.sessions().findPending("key")).isEmpty();
    }

    @Test
    void a_reuse_key_is_free_again_once_its_session_has_ended() {
        var first = play.start(Sample.session().reusedBy("key"));
        play.cancel(first.id(), after(1));

        var second = play.start(Sample.session().reusedBy("key"));

        assertThat(found(second.id()).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void sessions_without_a_reuse_key_never_stand_in_each_others_way() {
        var one = play.start(Sample.session());
        var two = play.start(Sample.session());

        assertThat(found(one.id())).isEqualTo(one);
        assertThat(found(two.id())).isEqualTo(two);
    }

    @Test
    void a_call_that_is_under_way_when_its_session_ends_is_remembered_until_it_turns_out_not_to_have_shown() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, after(1));
        play.cancel(id, after(2));
        assertThat(leasedSince(NOON)).containsExactly(CALLER.digits());

        play.end(id, 1, BUSY, after(3));

        assertThat(leasedSince(NOON)).isEmpty();
    }

    @Test
    void a_step_that_changes_nothing_saves_nothing() {
        var id = play.start(Sample.session()).id();
        var before = found(id);

        var change = play.on(id, new SessionEvent.TimePassed(), after(1));

        assertThat(change.after()).isEqualTo(before).isEqualTo(found(id));
        assertThat(store.sessions().timeline(id)).hasSize(1);
    }

    @Test
    void an_update_tells_the_session_before_and_after() {
        var session = play.start(Sample.session());

        var change = play.cancel(session.id(), after(1));

        assertThat(change.before()).isEqualTo(session);
        assertThat(change.after().status()).isEqualTo(Status.CANCELED);
        assertThat(change.step().published()).hasSize(1);
    }

    @Test
    void what_the_fold_throws_comes_out_and_nothing_is_saved() {
        var session = play.start(Sample.session());

        assertThatThrownBy(() -> play.change(session.id(), _ -> {
                    throw new IllegalStateException("a fault in the fold");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault in the fold");
        assertThat(found(session.id())).isEqualTo(session);
    }

    @Test
    void a_failed_check_is_counted_with_its_step() {
        var id = play.start(Sample.session()).id();
        var day = new FailedChecks.Day(VAULT.numberMac(ALICE), LocalDate.of(2026, 3, 1));

        play.change(
                id,
                session -> Play.write(session.on(new SessionEvent.Checked(0, "manual"), after(1)))
                        .with(day));

        assertThat(store.failedChecks().count(day)).isEqualTo(1);
    }

    @Test
    void the_response_of_an_idempotent_request_is_kept_with_its_session() {
        var key = new IdempotentRequests.Key("key-1", "abc");
        var hold = Duration.ofMinutes(1);
        store.idempotentRequests().claim(key, "print", NOON, hold);

        store.sessions()
                .create(Play.write(Session.start(Sample.session().opening()))
                        .with(new IdempotentRequests.Result(key, 201, "sealed")));

        assertThat(store.idempotentRequests().claim(key, "print", NOON, hold))
                .isEqualTo(new IdempotentRequests.Claim.Replay(201, "sealed"));
    }

    @Test
    void the_timeline_tells_what_happened_in_order() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, after(1));
        play.ring(id, 1, after(2));
        play.check(id, 0, after(3));

        assertThat(store.sessions().timeline(id))
                .extracting(TimelineEntry::type)
                .containsExactly(
                        EventType.VERIFICATION_STARTED,
                        EventType.ATTEMPT_STARTED,
                        EventType.CALL_RINGING,
                        EventType.CHECK_WRONG);
        assertThat(store.sessions().timeline(id))
                .extracting(TimelineEntry::sequence)
                .containsExactly(1, 2, 3, 4);
        assertThat(store.sessions().timeline(id).getLast())
                .isEqualTo(new TimelineEntry(
                        EventType.CHECK_WRONG, 4, after(3), 0, "{\"checks_left\":\"2\",\"source\":\"manual\"}"));
    }

    @Test
    void all_of_it_is_there_after_a_restart() {
        var id = play.start(Sample.session().reusedBy("key")).id();
        play.call(id, CALLER, after(1));
        play.ring(id, 1, after(2));
        var session = found(id);
        var timeline = store.sessions().timeline(id);

        reopen();

        assertThat(found(id)).isEqualTo(session);
        assertThat(store.sessions().timeline(id)).isEqualTo(timeline);
        assertThat(leased()).containsExactly(CALLER.digits());
        assertThat(store.sessions()
                        .create(Play.write(
                                Session.start(Sample.session().reusedBy("key").opening()))))
                .isEqualTo(new Created.Reusable(id));
    }

    private void assertSaved(Sessions.Change change) {
        assertThat(found(change.after().id())).isEqualTo(change.after());
        assertThat(change.after()).isNotEqualTo(change.before());
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
