package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.BANK;
import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Outbox.Event;
import io.flashcall.verification.store.Outbox.Settlement;
import io.flashcall.verification.store.Outbox.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What [Outbox] promises, but for the order within a session: [OutboxOrderContract].
public abstract class OutboxContract extends StoreContract {

    private static final Duration HOLD = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeEach
    void saveEndpoint() {
        store.endpoints().save(endpoint("we_1", SHOP, Set.of()));
    }

    @Test
    void nothing_waits_at_first() {
        assertThat(store.outbox().waiting(NOON)).isEmpty();
        assertThat(claim(NOON)).isEmpty();
        assertThat(store.outbox().oldest()).isEmpty();
    }

    @Test
    void an_event_waits_at_each_endpoint_of_its_app_that_wants_its_type() {
        store.endpoints().save(endpoint("we_2", SHOP, Set.of(EventType.VERIFICATION_STARTED, EventType.CALL_FAILED)));
        store.endpoints().save(endpoint("we_3", SHOP, Set.of(EventType.VERIFICATION_VERIFIED)));
        store.endpoints().save(endpoint("we_4", BANK, Set.of()));
        store.endpoints().save(disabled("we_5"));

        play.start(Sample.session());

        assertThat(store.outbox().waiting(NOON)).containsExactly("we_1", "we_2");
    }

    @Test
    void an_event_that_is_for_no_endpoint_is_delivered_to_none() {
        var id = play.start(Sample.session()).id();
        delivered(claim(NOON));

        play.call(id, CALLER, NOON);
        play.check(id, 0, NOON);

        assertThat(claim(NOON.plusSeconds(1))).isEmpty();
    }

    @Test
    void a_delivery_says_all_that_is_needed_to_send_it() {
        var id = play.start(Sample.session()).id();

        var delivery = claim(NOON).getFirst();

        assertThat(delivery.id()).isPositive();
        assertThat(delivery.endpoint()).isEqualTo("we_1");
        assertThat(delivery.session()).contains(id);
        assertThat(delivery.event()).isEqualTo(new Event(EventType.VERIFICATION_STARTED, 1, NOON));
        assertThat(delivery.body())
                .isEqualTo("{\"type\":\"verification.started\",\"id\":\"" + id + "\",\"to\":\"+447700900123\"}");
        assertThat(delivery.tries()).isEqualTo(new Tries(0, ""));
    }

    @Test
    void deliveries_are_claimed_in_the_order_in_which_they_were_written_so_many_at_once() {
        var ids = new ArrayList<Optional<SessionId>>();
        for (int i = 0; i < 5; i++) {
            ids.add(Optional.of(play.start(Sample.session()).id()));
        }

        assertThat(claim(NOON, 2)).extracting(Delivery::session).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(claim(NOON, 9)).extracting(Delivery::session).containsExactlyElementsOf(ids.subList(2, 5));
    }

    @Test
    void what_is_claimed_is_not_claimed_again_before_its_hold_is_over() {
        play.start(Sample.session());
        var first = claim(NOON);

        assertThat(first).hasSize(1);
        assertThat(claim(NOON.plus(HOLD).minusMillis(1))).isEmpty();
        assertThat(store.outbox().waiting(NOON.plus(HOLD).minusMillis(1))).isEmpty();
        assertThat(claim(NOON.plus(HOLD)))
                .extracting(Delivery::id)
                .containsExactly(first.getFirst().id());
    }

    @Test
    void many_who_claim_at_once_get_each_delivery_once() throws Exception {
        for (int i = 0; i < 50; i++) {
            play.start(Sample.session());
        }

        var claims = new ArrayList<Callable<List<Delivery>>>();
        for (int i = 0; i < 20; i++) {
            claims.add(() -> claim(NOON, 5));
        }
        var ids = Play.atOnce(claims).stream()
                .flatMap(List::stream)
                .map(Delivery::id)
                .toList();

        assertThat(ids).hasSize(50);
        assertThat(new HashSet<>(ids)).hasSize(50);
    }

    @Test
    void what_was_delivered_waits_no_more() {
        play.start(Sample.session());
        delivered(claim(NOON));

        assertThat(claim(NOON.plusSeconds(1_000))).isEmpty();
        assertThat(store.outbox().waiting(NOON.plusSeconds(1_000))).isEmpty();
        assertThat(store.outbox().oldest()).isEmpty();
    }

    @Test
    void what_is_to_be_tried_again_waits_until_then_and_knows_its_tries() {
        play.start(Sample.session());
        var id = claim(NOON).getFirst().id();
        store.outbox().settle(List.of(new Settlement.Again(id, NOON.plusSeconds(60), "HTTP 500")));

        assertThat(claim(NOON.plusSeconds(59))).isEmpty();
        assertThat(store.outbox().waiting(NOON.plusSeconds(59))).isEmpty();
        assertThat(store.outbox().waiting(NOON.plusSeconds(60))).containsExactly("we_1");
        assertThat(claim(NOON.plusSeconds(60)).getFirst().tries()).isEqualTo(new Tries(1, "HTTP 500"));
    }

    @Test
    void what_was_given_up_is_listed_newest_first_a_page_at_a_time() {
        for (int i = 0; i < 3; i++) {
            play.start(Sample.session());
        }
        var ids = claim(NOON).stream().map(Delivery::id).toList();
        for (long id : ids) {
            store.outbox().settle(List.of(new Settlement.Dead(id, NOON.plusSeconds(1), "HTTP 410")));
        }

        assertThat(claim(NOON.plusSeconds(1_000))).isEmpty();
        var page = store.outbox().dead("we_1", 0, 2);
        assertThat(page).extracting(Delivery::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(page.getFirst().tries()).isEqualTo(new Tries(1, "HTTP 410"));
        assertThat(store.outbox().dead("we_1", ids.get(1), 2))
                .extracting(Delivery::id)
                .containsExactly(ids.get(0));
        assertThat(store.outbox().dead("we_9", 0, 2)).isEmpty();
    }

    @Test
    void what_was_given_up_or_delivered_can_be_made_due_again_from_its_first_try_on() {
        play.start(Sample.session());
        play.start(Sample.session());
        var ids = claim(NOON).stream().map(Delivery::id).toList();
        store.outbox()
                .settle(List.of(
                        new Settlement.Dead(ids.get(0), NOON, "HTTP 410"), new Settlement.Delivered(ids.get(1), NOON)));

        for (long id : ids) {
            assertThat(store.outbox().redeliver("we_1", id, NOON.plusSeconds(5)))
                    .isTrue();
        }

        assertThat(store.outbox().dead("we_1", 0, 2)).isEmpty();
        assertThat(claim(NOON.plusSeconds(5))).extracting(Delivery::id).isEqualTo(ids);
        delivered(claim(NOON.plusSeconds(60)));
        assertThat(claim(NOON.plusSeconds(100))).isEmpty();
    }

    @Test
    void only_a_delivery_of_the_endpoint_can_be_made_due_again() {
        play.start(Sample.session());
        var claimed = claim(NOON);
        long id = claimed.getFirst().id();
        delivered(claimed);

        assertThat(store.outbox().redeliver("we_9", id, NOON)).isFalse();
        assertThat(store.outbox().redeliver("we_1", id + 1, NOON)).isFalse();
        assertThat(claim(NOON.plusSeconds(1))).isEmpty();
    }

    @Test
    void one_that_is_under_way_is_not_made_due_again() {
        play.start(Sample.session());
        var id = claim(NOON).getFirst().id();

        assertThat(store.outbox().redeliver("we_1", id, NOON)).isTrue();
        assertThat(claim(NOON.plusSeconds(1))).isEmpty();
    }

    @Test
    void a_test_event_is_delivered_though_it_belongs_to_no_session() {
        long id = store.outbox().add("we_1", EventType.CALL_RINGING, "{\"test\":true}", NOON);

        assertThat(claim(NOON))
                .containsExactly(new Delivery(
                        id,
                        "we_1",
                        Optional.empty(),
                        new Event(EventType.CALL_RINGING, 0, NOON),
                        "{\"test\":true}",
                        new Tries(0, "")));
    }

    @Test
    void test_events_do_not_hold_each_other_back() {
        store.outbox().add("we_1", EventType.CALL_RINGING, "{}", NOON);
        store.outbox().add("we_1", EventType.CALL_RINGING, "{}", NOON);

        assertThat(claim(NOON)).hasSize(2);
    }

    @Test
    void nothing_can_be_added_for_an_endpoint_that_does_not_exist() {
        assertThatThrownBy(() -> store.outbox().add("we_9", EventType.CALL_RINGING, "{}", NOON))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_disabled_endpoint_is_not_waiting_and_what_waits_for_it_is_not_claimed_until_it_is_enabled() {
        play.start(Sample.session());
        store.endpoints().save(disabled("we_1"));

        assertThat(store.outbox().waiting(NOON)).isEmpty();
        assertThat(claim(NOON)).isEmpty();
        assertThat(store.outbox().oldest()).isEmpty();

        store.endpoints().save(endpoint("we_1", SHOP, Set.of()));
        assertThat(claim(NOON)).hasSize(1);
    }

    @Test
    void the_oldest_is_the_undelivered_event_that_was_written_first() {
        play.start(Sample.session());
        play.start(Sample.session().at(NOON.plusSeconds(5)));
        assertThat(store.outbox().oldest()).contains(NOON);

        delivered(claim(NOON, 1));

        assertThat(store.outbox().oldest()).contains(NOON.plusSeconds(5));
    }

    @Test
    void what_was_delivered_or_given_up_before_a_time_is_forgotten() {
        for (int i = 0; i < 3; i++) {
            play.start(Sample.session());
        }
        var ids = claim(NOON).stream().map(Delivery::id).toList();
        store.outbox()
                .settle(List.of(
                        new Settlement.Dead(ids.get(0), NOON, "HTTP 410"), new Settlement.Delivered(ids.get(1), NOON)));

        assertThat(store.outbox().forget(NOON)).isZero();
        assertThat(store.outbox().forget(NOON.plusMillis(1))).isEqualTo(2);

        assertThat(store.outbox().redeliver("we_1", ids.get(0), NOON)).isFalse();
        assertThat(store.outbox().redeliver("we_1", ids.get(1), NOON)).isFalse();
        assertThat(claim(NOON.plus(HOLD))).extracting(Delivery::id).containsExactly(ids.get(2));
    }

    @Test
    void what_waits_or_was_given_up_survives_a_restart() {
        play.start(Sample.session());
        play.start(Sample.session());
        long first = claim(NOON, 1).getFirst().id();
        store.outbox().settle(List.of(new Settlement.Dead(first, NOON, "HTTP 410")));

        reopen();

        assertThat(claim(NOON)).hasSize(1);
        assertThat(store.outbox().dead("we_1", 0, 10)).extracting(Delivery::id).containsExactly(first);
    }

    @Test
    void settling_nothing_is_nothing() {
        store.outbox().settle(List.of());

        assertThat(claim(NOON)).isEmpty();
    }

    private List<Delivery> claim(Instant now) {
        return claim(now, 100);
    }

    private List<Delivery> claim(Instant now, int most) {
        return store.outbox().claim("we_1", now, HOLD, PATIENCE, most);
    }

    private void delivered(List<Delivery> deliveries) {
        store.outbox()
                .settle(deliveries.stream()
                        .<Settlement>map(delivery -> new Settlement.Delivered(delivery.id(), NOON))
                        .toList());
    }

    private static Endpoint disabled(String id) {
        return new Endpoint(id, SHOP, "https://shop.example/hook", Set.of(), List.of(), Optional.of("410 Gone"));
    }

    private static Endpoint endpoint(String id, AppId app, Set<EventType> types) {
        return new Endpoint(id, app, "https://shop.example/hook", types, List.of(), Optional.empty());
    }
}
