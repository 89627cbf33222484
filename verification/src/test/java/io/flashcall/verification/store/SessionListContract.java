package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.ALICE;
import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.BOB;
import static io.flashcall.verification.store.Sample.BUSY;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AppId;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [Sessions] promises of what is due, and of lists.
public abstract class SessionListContract extends StoreContract {

    private static final SessionQuery EVERYTHING = page(Optional.empty(), 100);

    @Test
    void sessions_are_due_once_their_deadline_has_passed_the_longest_overdue_first() {
        var late = play.start(Sample.session().at(after(10)));
        var early = play.start(Sample.session());
        var trying = play.start(Sample.session().at(after(1)));
        play.call(trying.id(), CALLER, after(2));
        var over = play.start(Sample.session());
        play.cancel(over.id(), after(1));

        assertThat(store.sessions().due(early.deadline().orElseThrow().minusMillis(1), 10))
                .isEmpty();
        assertThat(store.sessions().due(early.deadline().orElseThrow(), 10)).containsExactly(early.id());
        assertThat(store.sessions().due(after(300), 10)).containsExactly(early.id(), late.id(), trying.id());
        assertThat(store.sessions().due(after(300), 2)).containsExactly(early.id(), late.id());
    }

    @Test
    void sessions_are_listed_newest_first_by_app_number_and_status_a_page_at_a_time() {
        var one = play.start(Sample.session());
        var two = play.start(Sample.session().at(after(1)).with(BANK));
        var three = play.start(Sample.session().at(after(2)).to(BOB, "GB"));
        play.call(three.id(), CALLER, after(3));
        play.cancel(three.id(), after(4));

        assertThat(ids(EVERYTHING)).containsExactly(three.id(), two.id(), one.id());
        assertThat(ids(of(SHOP))).containsExactly(three.id(), one.id());
        assertThat(ids(to(VAULT.numberMac(ALICE)))).containsExactly(two.id(), one.id());
        assertThat(ids(in(Status.CANCELED))).containsExactly(three.id());
        assertThat(ids(in(Status.PENDING))).containsExactly(two.id(), one.id());
        assertThat(ids(page(Optional.empty(), 2))).containsExactly(three.id(), two.id());
        assertThat(ids(page(Optional.of(two.id()), 2))).containsExactly(one.id());
        assertThat(list(EVERYTHING))
                .first()
                .isEqualTo(store.sessions().find(three.id()).orElseThrow());
    }

    @Test
    void a_page_counts_sessions_and_not_their_attempts() {
        var ids = new ArrayList<SessionId>();
        for (int i = 0; i < 3; i++) {
            var id = play.start(Sample.session().at(after(i))).id();
            play.call(id, CALLER, after(i));
            play.end(id, 1, BUSY, after(i));
            play.message(id, "482915", after(i));
            play.cancel(id, after(i));
            ids.addFirst(id);
        }

        assertThat(list(EVERYTHING)).extracting(Session::id).containsExactlyElementsOf(ids);
        assertThat(list(EVERYTHING)).allMatch(session -> session.attempts().size() == 2);
    }

    @Test
    void what_is_asked_of_a_list_holds_together() {
        var wanted = play.start(Sample.session());
        play.start(Sample.session().with(BANK));
        play.start(Sample.session().to(BOB, "GB"));
        play.cancel(play.start(Sample.session()).id(), after(1));
        var newest = play.start(Sample.session().at(after(5)));

        var query = new SessionQuery(
                Optional.of(SHOP),
                Optional.of(VAULT.numberMac(ALICE)),
                Optional.of(Status.PENDING),
                Optional.of(newest.id()),
                100);

        assertThat(ids(query)).containsExactly(wanted.id());
    }

    private List<SessionId> ids(SessionQuery query) {
        return list(query).stream().map(Session::id).toList();
    }

    private List<Session> list(SessionQuery query) {
        return store.sessions().list(query);
    }

    private static SessionQuery of(AppId app) {
        return new SessionQuery(Optional.of(app), Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    private static SessionQuery to(String destinationMac) {
        return new SessionQuery(Optional.empty(), Optional.of(destinationMac), Optional.empty(), Optional.empty(), 100);
    }

    private static SessionQuery in(Status status) {
        return new SessionQuery(Optional.empty(), Optional.empty(), Optional.of(status), Optional.empty(), 100);
    }

    private static SessionQuery page(Optional<SessionId> after, int most) {
        return new SessionQuery(Optional.empty(), Optional.empty(), Optional.empty(), after, most);
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
