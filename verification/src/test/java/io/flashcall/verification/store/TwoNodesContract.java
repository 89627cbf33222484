package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.FailedChecks.Day;
import io.flashcall.verification.store.IdempotentRequests.Claim;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Outbox.Settlement;
import io.flashcall.verification.store.Sessions.Created;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a store promises when two nodes work on it: the same as to one.
public abstract class TwoNodesContract extends StoreContract {

    private static final int MANY = 60;
    private static final Duration HOLD = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Storage other;
    private Play otherPlay;

    @BeforeEach
    void openOther() {
        other = store.beside();
        otherPlay = new Play(other.sessions());
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    @Test
    void a_session_that_one_started_is_checked_at_the_other() {
        var id = play.start(Sample.session()).id();
        otherPlay.call(id, CALLER, NOON);
        play.ring(id, 1, NOON.plusSeconds(1));

        otherPlay.check(id, 1, NOON.plusSeconds(2));

        assertThat(store.sessions().find(id).orElseThrow().status()).isEqualTo(Status.VERIFIED);
    }

    @Test
    void checks_at_both_count_exactly() throws Exception {
        var id = play.start(Sample.session()).id();

        var changes = atBoth((play, _) -> play.check(id, 0, NOON.plusSeconds(1)));

        assertThat(changes.stream().filter(change -> change.step().denial().isEmpty()))
                .hasSize(3);
        assertThat(other.sessions().find(id).orElseThrow().tally().checks()).isEqualTo(3);
        assertThat(other.sessions().timeline(id))
                .extracting(TimelineEntry::sequence)
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void failed_checks_of_a_day_are_counted_exactly() throws Exception {
        var day = new Day("mac", LocalDate.of(2026, 1, 1));
        var ids = new ArrayList<SessionId>();
        for (int i = 0; i < MANY; i++) {
            ids.add(play.start(Sample.session()).id());
        }
        var next = Collections.synchronizedList(new ArrayList<>(ids));

        atBoth((play, _) -> play.change(
                next.removeLast(),
                session -> Play.write(session.on(new SessionEvent.Checked(0, "manual"), NOON.plusSeconds(1)))
                        .with(day)));

        assertThat(store.failedChecks().count(day)).isEqualTo(MANY);
    }

    @Test
    void a_caller_id_is_leased_once_for_one_destination() throws Exception {
        var created = atBoth((play, _) -> play.call(Sample.session(), CALLER));

        assertThat(created.stream().filter(Created.Done.class::isInstance)).hasSize(1);
    }

    @Test
    void one_reuse_key_starts_one_session() throws Exception {
        var ids = atBoth((_, at) -> {
            var write =
                    Play.write(Session.start(Sample.session().reusedBy("key").opening()));
            return at.sessions().create(write) instanceof Created.Reusable(var pending)
                    ? pending
                    : write.step().session().id();
        });

        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void a_key_is_granted_to_one_request() throws Exception {
        var key = new IdempotentRequests.Key("fc_1", "order-1");

        var claims = atBoth((_, at) -> at.idempotentRequests().claim(key, "a", NOON, HOLD));

        assertThat(claims.stream().filter(Claim.Granted.class::isInstance)).hasSize(1);
        assertThat(claims.stream().filter(Claim.InProgress.class::isInstance)).hasSize(MANY - 1);
    }

    @Test
    void keys_that_are_given_back_all_the_time_are_never_granted_to_two() throws Exception {
        var key = new IdempotentRequests.Key("fc_1", "order-1");
        var holders = new AtomicInteger();

        var most = atBoth((_, at) -> {
            int seen = 0;
            if (at.idempotentRequests().claim(key, "a", NOON, HOLD) instanceof Claim.Granted) {
                seen = holders.incrementAndGet();
                holders.decrementAndGet();
                at.idempotentRequests().release(key);
            }
            return seen;
        });

        assertThat(Collections.max(most)).isEqualTo(1);
    }

    /// Two nodes drain what a third party writes meanwhile. Where a node did not see that an event's
    /// predecessor has been settled, the event would be put off for 30 s and the test would not end.
    @Test
    void two_who_deliver_never_deliver_twice_or_out_of_order_or_leave_anything() throws Exception {
        store.endpoints()
                .save(new Endpoint("we_1", SHOP, "https://shop.example/hook", Set.of(), List.of(), Optional.empty()));
        var delivered = Collections.synchronizedMap(new HashMap<SessionId, List<Integer>>());
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int writer = 0; writer < 4; writer++) {
            var by = writer % 2 == 0 ? play : otherPlay;
            tasks.add(() -> {
                for (int i = 0; i < MANY / 4; i++) {
                    var id = by.start(Sample.session()).id();
                    by.cancel(id, NOON);
                }
                return true;
            });
        }
        for (int courier = 0; courier < 6; courier++) {
            var at = courier % 2 == 0 ? store : other;
            tasks.add(() -> drain(at, delivered));
        }

        assertThat(Play.atOnce(tasks)).containsOnly(true);

        assertThat(delivered).hasSize(MANY / 4 * 4);
        assertThat(delivered.values())
                .allSatisfy(sequences ->
                        assertThat(sequences).isSorted().doesNotHaveDuplicates().hasSize(2));
    }

    /// Until all sessions are through.
    private static boolean drain(Storage at, Map<SessionId, List<Integer>> delivered) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            var claimed = at.outbox().claim("we_1", NOON.plusSeconds(1), HOLD, PATIENCE, 7);
            claimed.forEach(delivery -> note(delivery, delivered));
            at.outbox()
                    .settle(claimed.stream()
                            .<Settlement>map(delivery -> new Settlement.Delivered(delivery.id(), NOON.plusSeconds(1)))
                            .toList());
            synchronized (delivered) {
                if (delivered.size() == MANY / 4 * 4
                        && delivered.values().stream().allMatch(sequences -> sequences.size() >= 2)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void note(Delivery delivery, Map<SessionId, List<Integer>> delivered) {
        synchronized (delivered) {
            delivered
                    .computeIfAbsent(delivery.session().orElseThrow(), _ -> new ArrayList<>())
                    .add(delivery.event().sequence());
        }
    }

    /// Many times at once, half of them at each node.
    private <T> List<T> atBoth(Task<T> task) throws Exception {
        var tasks = new ArrayList<Callable<T>>();
        for (int i = 0; i < MANY; i++) {
            boolean here = i % 2 == 0;
            tasks.add(() -> task.run(here ? play : otherPlay, here ? store : other));
        }
        return Play.atOnce(tasks);
    }

    private interface Task<T> {
        T run(Play play, Storage at) throws Exception;
    }
}
