package io.flashcall.verification.store;

import static io.flashcall.verification.EventType.CALL_RINGING;
import static io.flashcall.verification.EventType.VERIFICATION_STARTED;
import static io.flashcall.verification.EventType.VERIFICATION_VERIFIED;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Outbox.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What [Outbox] promises of the order of one session's events at one endpoint.
public abstract class OutboxOrderContract extends StoreContract {

    private static final Duration HOLD = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeEach
    void saveEndpoint() {
        store.endpoints().save(endpoint("we_1"));
    }

    @Test
    void of_one_session_only_the_first_undelivered_event_is_claimed() {
        verified();

        assertThat(types(claim(after(10)))).containsExactly(VERIFICATION_STARTED);
        assertThat(claim(after(11))).isEmpty();
    }

    @Test
    void the_next_event_is_due_as_soon_as_the_one_before_it_is_delivered() {
        verified();

        delivered(claim(after(10)), after(11));
        assertThat(types(claim(after(11)))).containsExactly(CALL_RINGING);
        assertThat(claim(after(11))).isEmpty();
        delivered(claim(after(21)), after(22));
        assertThat(types(claim(after(22)))).containsExactly(VERIFICATION_VERIFIED);
    }

    @Test
    void the_next_event_is_due_too_once_the_one_before_it_was_given_up() {
        verified();
        long head = claim(after(10)).getFirst().id();
        assertThat(claim(after(10))).isEmpty();

        store.outbox().settle(List.of(new Settlement.Dead(head, after(11), "HTTP 410")));

        assertThat(types(claim(after(11)))).containsExactly(CALL_RINGING);
    }

    @Test
    void an_event_that_cannot_be_delivered_holds_its_successors_back_until_patience_is_over() {
        verified();
        long head = claim(after(10)).getFirst().id();
        store.outbox().settle(List.of(new Settlement.Again(head, after(3_600), "HTTP 500")));

        assertThat(claim(after(11))).isEmpty();
        assertThat(claim(after(39))).isEmpty();
        assertThat(types(claim(after(40)))).containsExactly(CALL_RINGING);
        assertThat(claim(after(41))).isEmpty();
    }

    @Test
    void patience_begins_with_the_first_try_and_not_with_each() {
        verified();
        long head = claim(after(10)).getFirst().id();
        store.outbox().settle(List.of(new Settlement.Again(head, after(20), "HTTP 500")));
        assertThat(types(claim(after(20)))).containsExactly(VERIFICATION_STARTED);
        store.outbox().settle(List.of(new Settlement.Again(head, after(3_600), "HTTP 500")));

        assertThat(types(claim(after(40)))).containsExactly(CALL_RINGING);
    }

    @Test
    void an_event_that_overtook_another_lets_its_own_successor_follow() {
        verified();
        long head = claim(after(10)).getFirst().id();
        store.outbox().settle(List.of(new Settlement.Again(head, after(3_600), "HTTP 500")));
        var second = claim(after(40));
        assertThat(claim(after(40))).isEmpty();

        delivered(second, after(41));

        assertThat(types(claim(after(41)))).containsExactly(VERIFICATION_VERIFIED);
        assertThat(types(claim(after(3_600)))).contains(VERIFICATION_STARTED);
    }

    @Test
    void what_has_waited_for_long_is_still_delivered_in_order() {
        verified();
        var hours = NOON.plus(Duration.ofHours(5));

        assertThat(types(claim(hours))).containsExactly(VERIFICATION_STARTED);
        assertThat(claim(hours.plusSeconds(9))).isEmpty();
    }

    @Test
    void an_event_that_is_written_after_its_predecessor_was_delivered_is_due_at_once() {
        var id = play.start(Sample.session()).id();
        delivered(claim(NOON), NOON);
        play.call(id, CALLER, after(1));
        play.ring(id, 1, after(2));

        assertThat(types(claim(after(2)))).containsExactly(CALL_RINGING);
    }

    @Test
    void sessions_do_not_hold_each_other_back() {
        verified();
        verified();

        assertThat(types(claim(after(10)))).containsExactly(VERIFICATION_STARTED, VERIFICATION_STARTED);
    }

    @Test
    void endpoints_do_not_hold_each_other_back() {
        store.endpoints().save(endpoint("we_2"));
        verified();
        claim(after(10));

        assertThat(types(store.outbox().claim("we_2", after(10), HOLD, PATIENCE, 10)))
                .containsExactly(VERIFICATION_STARTED);
    }

    @Test
    void an_event_that_is_delivered_again_holds_nothing_back() {
        var id = verified();
        var first = claim(after(10));
        delivered(first, after(11));
        store.outbox().redeliver("we_1", first.getFirst().id(), after(60));

        assertThat(types(claim(after(60)))).containsExactly(VERIFICATION_STARTED, CALL_RINGING);
        assertThat(store.sessions().find(id)).isPresent();
    }

    @Test
    void of_many_sessions_with_events_held_back_each_first_one_is_claimed() {
        for (int i = 0; i < 20; i++) {
            verified();
        }

        for (int page = 0; page < 4; page++) {
            var claimed = store.outbox().claim("we_1", after(10), HOLD, PATIENCE, 5);
            assertThat(types(claimed)).hasSize(5).containsOnly(VERIFICATION_STARTED);
        }
        assertThat(claim(after(10))).isEmpty();
    }

    /// A session that was verified after 5 s.
    private SessionId verified() {
        var id = play.start(Sample.session()).id();
        play.call(id, CALLER, after(1));
        play.ring(id, 1, after(2));
        play.check(id, 1, after(5));
        return id;
    }

    private List<Delivery> claim(Instant now) {
        return store.outbox().claim("we_1", now, HOLD, PATIENCE, 100);
    }

    private void delivered(List<Delivery> deliveries, Instant at) {
        store.outbox()
                .settle(deliveries.stream()
                        .<Settlement>map(delivery -> new Settlement.Delivered(delivery.id(), at))
                        .toList());
    }

    private static List<EventType> types(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.event().type()).toList();
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static Endpoint endpoint(String id) {
        return new Endpoint(id, SHOP, "https://shop.example/hook", Set.of(), List.of(), Optional.empty());
    }
}
