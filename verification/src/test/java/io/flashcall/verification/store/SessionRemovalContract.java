package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.ALICE;
import static io.flashcall.verification.store.Sample.BOB;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.RANG;
import static io.flashcall.verification.store.Sample.SHOP;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What [Sessions] promises of sessions whose numbers must go.
public abstract class SessionRemovalContract extends StoreContract {

    private static final Instant LATER = NOON.plus(Duration.ofDays(31));
    private static final Endpoints.Endpoint ENDPOINT = new Endpoints.Endpoint(
            "we_1",
            SHOP,
            "https://shop.example/hook",
            Set.of(),
            List.of(new Endpoints.Secret("sealed", Optional.empty())),
            Optional.empty());

    @Test
    void a_session_loses_its_numbers_and_addresses_once_it_ended_long_ago() {
        var id = verified(ALICE);

        assertThat(store.sessions().anonymize(LATER, 10)).isEqualTo(1);

        var session = found(id);
        var intent = session.opening().intent();
        assertThat(intent)
                .isEqualTo(new Intent(
                        Intent.REMOVED,
                        "GB",
                        "signup",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("en-GB"),
                        Optional.empty()));
        assertThat(intent.isRemoved()).isTrue();
        assertThat(session.opening().claims().reuseKey()).isEmpty();
        assertThat(session.opening().claims().requestedCode()).isEmpty();
        assertThat(session.attempts().getFirst().code()).isEqualTo(new Attempt.Code("", Optional.empty(), ""));
        assertThat(store.sessions().timeline(id))
                .isNotEmpty()
                .allMatch(entry -> entry.details().equals("{}"));
        assertThat(leased(ALICE)).isEmpty();
    }

    @Test
    void what_statistics_need_stays() {
        var id = verified(ALICE);
        var before = found(id);
        var rows = store.statistics().rows(Optional.empty(), NOON, LATER);

        store.sessions().anonymize(LATER, 10);

        var after = found(id);
        assertThat(after.status()).isEqualTo(Status.VERIFIED);
        assertThat(after.tally()).isEqualTo(before.tally());
        assertThat(after.attempts().getFirst().plan())
                .isEqualTo(before.attempts().getFirst().plan());
        assertThat(after.attempts().getFirst().times())
                .isEqualTo(before.attempts().getFirst().times());
        assertThat(after.attempts().getFirst().result())
                .isEqualTo(before.attempts().getFirst().result());
        assertThat(store.statistics().rows(Optional.empty(), NOON, LATER)).isEqualTo(rows);
        assertThat(ofDestination(ALICE)).containsExactly(id);
    }

    @Test
    void deliveries_of_such_a_session_are_gone() {
        store.endpoints().save(ENDPOINT);
        verified(ALICE);
        assertThat(store.outbox().waiting(LATER)).containsExactly("we_1");

        store.sessions().anonymize(LATER, 10);

        assertThat(store.outbox().waiting(LATER)).isEmpty();
        assertThat(store.outbox().oldest()).isEmpty();
    }

    @Test
    void sessions_that_are_pending_or_ended_later_keep_everything() {
        var pending = play.start(Sample.session()).id();
        var ended = verified(BOB);
        var before = List.of(found(pending), found(ended));

        assertThat(store.sessions().anonymize(found(ended).endedAt().orElseThrow(), 10))
                .isZero();

        assertThat(List.of(found(pending), found(ended))).isEqualTo(before);
    }

    @Test
    void so_many_sessions_are_done_at_once_and_each_is_done_once() {
        for (int i = 0; i < 5; i++) {
            verified(new E164("44770090000" + i));
        }

        assertThat(store.sessions().anonymize(LATER, 3)).isEqualTo(3);
        assertThat(store.sessions().anonymize(LATER, 3)).isEqualTo(2);
        assertThat(store.sessions().anonymize(LATER, 3)).isZero();
    }

    @Test
    void an_erased_destination_leaves_its_sessions_without_number_timeline_deliveries_leases_and_counts() {
        store.endpoints().save(ENDPOINT);
        var one = verified(ALICE);
        var two = verified(ALICE);
        var day = new FailedChecks.Day(VAULT.numberMac(ALICE), LocalDate.of(2026, 3, 1));
        assertThat(store.failedChecks().count(day)).isEqualTo(2);

        assertThat(store.sessions().erase(VAULT.numberMac(ALICE))).isEqualTo(2);

        for (var id : List.of(one, two)) {
            assertThat(found(id).opening().intent().isRemoved()).isTrue();
            assertThat(found(id).attempts())
                    .allMatch(attempt -> attempt.code().callerId().isEmpty());
            assertThat(store.sessions().timeline(id)).isEmpty();
        }
        assertThat(store.outbox().waiting(LATER)).isEmpty();
        assertThat(leased(ALICE)).isEmpty();
        assertThat(store.failedChecks().count(day)).isZero();
    }

    @Test
    void other_destinations_keep_everything() {
        store.endpoints().save(ENDPOINT);
        verified(ALICE);
        var bobs = verified(BOB);
        var session = found(bobs);
        var timeline = store.sessions().timeline(bobs);

        store.sessions().erase(VAULT.numberMac(ALICE));

        assertThat(found(bobs)).isEqualTo(session);
        assertThat(store.sessions().timeline(bobs)).isEqualTo(timeline);
        assertThat(leased(BOB)).hasSize(1);
        assertThat(store.outbox().waiting(LATER)).containsExactly("we_1");
    }

    @Test
    void a_pending_session_of_the_destination_is_left_alone() {
        var pending = play.start(Sample.session()).id();
        play.call(pending, CALLER, NOON);
        var before = found(pending);

        assertThat(store.sessions().erase(VAULT.numberMac(ALICE))).isZero();

        assertThat(found(pending)).isEqualTo(before);
        assertThat(store.sessions().timeline(pending)).hasSize(2);
        assertThat(leased(ALICE)).hasSize(1);
    }

    @Test
    void the_call_of_an_erased_session_may_still_end() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, NOON);
        play.cancel(id, NOON.plusSeconds(1));
        store.sessions().erase(VAULT.numberMac(ALICE));

        play.end(id, 1, RANG, NOON.plusSeconds(2));

        assertThat(found(id).attempts().getFirst().result()).contains(RANG);
        assertThat(found(id).opening().intent().isRemoved()).isTrue();
    }

    private SessionId verified(E164 to) {
        var id = play.start(Sample.session().to(to, "GB").reusedBy("key of " + to.digits()))
                .id();
        play.call(id, CALLER, NOON);
        play.ring(id, 1, NOON.plusSeconds(1));
        play.end(id, 1, RANG, NOON.plusSeconds(3));
        var day = new FailedChecks.Day(VAULT.numberMac(to), LocalDate.of(2026, 3, 1));
        play.change(
                id,
                session -> Play.write(session.on(new SessionEvent.Checked(0, "manual"), NOON.plusSeconds(4)))
                        .with(day));
        play.check(id, 1, NOON.plusSeconds(5));
        return id;
    }

    private Session found(SessionId id) {
        return store.sessions().find(id).orElseThrow();
    }

    private List<SessionId> ofDestination(E164 number) {
        var query = new SessionQuery(
                Optional.empty(), Optional.of(VAULT.numberMac(number)), Optional.empty(), Optional.empty(), 100);
        return store.sessions().list(query).stream().map(Session::id).toList();
    }

    private List<String> leased(E164 destination) {
        return store.leases().taken(VAULT.numberMac(destination), Instant.EPOCH);
    }
}
