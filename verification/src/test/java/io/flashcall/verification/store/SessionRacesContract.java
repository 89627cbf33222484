package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.OTHER_CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.Sessions.Created;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What [Sessions] promises when many ask at once.
public abstract class SessionRacesContract extends StoreContract {

    private static final int MANY = 100;

    @Test
    void many_checks_of_one_session_count_exactly() throws Exception {
        var id = play.start(Sample.session()).id();

        var changes = Play.atOnce(MANY, () -> play.check(id, 0, NOON.plusSeconds(1)));

        assertThat(changes.stream().filter(change -> change.step().denial().isEmpty()))
                .hasSize(3);
        var after = store.sessions().find(id).orElseThrow();
        assertThat(after.tally().checks()).isEqualTo(3);
        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(store.sessions().timeline(id))
                .extracting(TimelineEntry::sequence)
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void of_many_right_checks_one_verifies() throws Exception {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, NOON);

        var changes = Play.atOnce(MANY, () -> play.check(id, 1, NOON.plusSeconds(1)));

        assertThat(changes.stream().filter(change -> change.step().denial().isEmpty()))
                .hasSize(1);
    }

    @Test
    void two_starts_never_share_a_caller_id_for_one_destination() throws Exception {
        var starts = new ArrayList<Callable<Created>>();
        for (int i = 0; i < MANY; i++) {
            E164 caller = i % 2 == 0 ? CALLER : OTHER_CALLER;
            starts.add(() -> play.call(Sample.session(), caller));
        }

        var results = Play.atOnce(starts);

        assertThat(results.stream().filter(Created.Done.class::isInstance)).hasSize(2);
        assertThat(results.stream().filter(Created.LeaseTaken.class::isInstance))
                .hasSize(MANY - 2);
    }

    @Test
    void two_sessions_never_lease_one_caller_id_for_one_destination_later_either() throws Exception {
        var starts = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < MANY; i++) {
            var id = play.start(Sample.session()).id();
            starts.add(() -> {
                try {
                    play.call(id, CALLER, NOON);
                    return true;
                } catch (LeaseTakenException e) {
                    return false;
                }
            });
        }

        assertThat(Play.atOnce(starts)).containsOnlyOnce(true);
    }

    @Test
    void of_many_starts_with_one_reuse_key_one_session_comes_and_the_others_are_told_it() throws Exception {
        var results = Play.atOnce(MANY, () -> {
            var write =
                    Play.write(Session.start(Sample.session().reusedBy("key").opening()));
            var created = store.sessions().create(write);
            return created instanceof Created.Reusable reusable
                    ? reusable.id()
                    : write.step().session().id();
        });

        assertThat(results).hasSize(MANY);
        assertThat(results.stream().distinct()).hasSize(1);
    }

    @Test
    void changes_of_different_sessions_do_not_hurt_each_other() throws Exception {
        var sessions = new ArrayList<Session>();
        for (int i = 0; i < MANY; i++) {
            sessions.add(play.start(Sample.session()));
        }
        var changes = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < MANY; i++) {
            var id = sessions.get(i).id();
            boolean fails = i % 3 == 0;
            changes.add(() -> changedOrFailed(id, fails));
        }

        var changed = Play.atOnce(changes);

        for (int i = 0; i < MANY; i++) {
            var status =
                    store.sessions().find(sessions.get(i).id()).orElseThrow().status();
            assertThat(status).isEqualTo(changed.get(i) ? Status.CANCELED : Status.PENDING);
            assertThat(changed.get(i)).isEqualTo(i % 3 != 0);
        }
    }

    private boolean changedOrFailed(SessionId id, boolean fails) {
        try {
            play.change(id, session -> {
                if (fails) {
                    throw new IllegalStateException("a fault in the fold");
                }
                return Play.write(session.on(new SessionEvent.CancelAsked(), NOON));
            });
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void sessions_that_are_read_while_others_write_are_whole() throws Exception {
        var id = play.start(Sample.session()).id();
        var tasks = new ArrayList<Callable<Boolean>>();
        tasks.add(() -> {
            play.call(id, CALLER, NOON);
            play.ring(id, 1, NOON.plusSeconds(1));
            play.check(id, 1, NOON.plusSeconds(2));
            return true;
        });
        tasks.addAll(Collections.nCopies(
                MANY, () -> isWhole(store.sessions().find(id).orElseThrow())));

        assertThat(Play.atOnce(tasks)).containsOnly(true);
    }

    private static boolean isWhole(Session session) {
        return switch (session.tally().events()) {
            case 1 -> session.attempts().isEmpty();
            case 2 -> session.attempts().getFirst().times().rang().isEmpty();
            case 3 -> session.attempts().getFirst().times().rang().isPresent() && session.status() == Status.PENDING;
            default -> session.status() == Status.VERIFIED;
        };
    }
}
