package io.flashcall.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.flashcall.server.net.AddressGuard;
import io.flashcall.server.net.Receiver;
import io.flashcall.server.net.Receiver.Received;
import io.flashcall.server.net.Receiver.Reply;
import io.flashcall.server.webhook.MemoryOutbox.State;
import io.flashcall.verification.EventType;
import io.flashcall.verification.KeyText;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What a receiver of webhooks sees, and what becomes of deliveries that it does not take.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DispatcherTest {

    private static final String SECRET = KeyText.webhookSecret();
    private static final String BODY = "{\"type\":\"call.ringing\",\"name\":\"Grüße\"}";

    @Test
    void a_receiver_gets_the_exact_bytes_that_were_signed() throws Exception {
        try (var receiver = Receiver.answering(_ -> Reply.status(204));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);

            office.awaitDelivered(id);

            var request = receiver.received().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("webhook-id")).isEqualTo("msg_" + id);
            assertThat(request.body()).isEqualTo(BODY);
            verify(request, SECRET);
            assertThatThrownBy(() -> new Webhook(SECRET).verify(request.body() + " ", headers(request)))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThat(office.counts.delivered()).isEqualTo(1);
            assertThat(office.counts.inFlight()).isZero();
        }
    }

    @Test
    void what_failed_is_sent_again_with_the_same_id_and_a_signature_of_its_own() throws Exception {
        try (var receiver = failingFirst(Reply.status(500));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);

            var failed = office.awaitTries(id, 1);
            assertThat(failed.delivery().tries().last()).isEqualTo("HTTP 500");
            assertThat(Duration.between(office.clock.instant(), failed.due()))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
            office.clock.forward(Duration.ofSeconds(6));
            office.awaitDelivered(id);

            var first = receiver.received().getFirst();
            var second = receiver.received().getLast();
            assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.header("webhook-timestamp")).isNotEqualTo(first.header("webhook-timestamp"));
            assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
            verify(first, SECRET);
            verify(second, SECRET);
            assertThat(office.counts.failed()).isEqualTo(1);
        }
    }

    @Test
    void a_redirect_is_a_failure_and_is_not_followed() {
        try (var receiver = Receiver.answering(_ -> Reply.status(307, "Location: /other\r\n", ""));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);

            assertThat(lastOf(office, office.event("we_1", BODY))).isEqualTo("HTTP 307");
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void silence_and_slow_bodies_are_failures_at_the_deadline() {
        try (var silent = Receiver.answering(_ -> Reply.silence());
                var slow = Receiver.answering(_ -> Reply.drip());
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", silent, SECRET);
            office.endpoint("we_2", slow, SECRET);

            assertThat(lastOf(office, office.event("we_1", BODY))).isEqualTo("timeout");
            assertThat(lastOf(office, office.event("we_2", BODY))).isEqualTo("timeout");
        }
    }

    @Test
    void a_receiver_that_is_not_there_is_a_failure() {
        var receiver = Receiver.counting();
        receiver.close();
        try (var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);

            assertThat(lastOf(office, office.event("we_1", BODY))).isEqualTo("connection refused");
        }
    }

    @Test
    void a_private_address_is_not_connected_to() {
        try (var receiver = Receiver.counting();
                var office = new Office(Office.QUICK, new AddressGuard(List.of())).open()) {
            office.endpoint("we_1", receiver, SECRET);

            assertThat(lastOf(office, office.event("we_1", BODY)))
                    .isEqualTo("address refused: it is private, local or reserved");
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void a_url_that_is_none_is_a_failure_like_others() {
        try (var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", "http://[", List.of(office.secret("we_1", SECRET, Optional.empty())));

            assertThat(lastOf(office, office.event("we_1", BODY))).isEqualTo("the URL is none");
        }
    }

    @Test
    void an_endpoint_whose_secrets_do_not_open_is_a_failure_like_others() {
        try (var receiver = Receiver.counting();
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver.url("/").toString(), List.of());

            assertThat(lastOf(office, office.event("we_1", BODY))).isEqualTo("not sent, see the log");
            assertThat(receiver.count()).isZero();
        }
    }

    @Test
    void after_its_last_pause_a_delivery_is_given_up_and_can_be_made_again() {
        var once = new DispatchSettings(
                8,
                Duration.ofMillis(400),
                Duration.ofMillis(20),
                Duration.ofSeconds(30),
                new RetrySchedule(List.of()),
                Duration.ZERO);
        try (var receiver = failingFirst(Reply.status(500));
                var office = new Office(once).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);

            assertThat(office.awaitTries(id, 1).state()).isEqualTo(State.DEAD);
            assertThat(office.counts.dead()).isEqualTo(1);
            assertThat(office.outbox.redeliver("we_1", id, office.clock.instant()))
                    .isTrue();
            office.awaitDelivered(id);
        }
    }

    @Test
    void gone_disables_the_endpoint_and_nothing_more_is_sent() {
        try (var receiver = Receiver.answering(_ -> Reply.status(410));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);

            await().until(() ->
                    office.endpoints.find("we_1").orElseThrow().disabled().isPresent());
            assertThat(office.outbox.row(id).state()).isEqualTo(State.DEAD);
            assertThat(office.endpoints.find("we_1").orElseThrow().disabled())
                    .contains("the receiver answered HTTP 410");
            long next = office.event("we_1", BODY);
            letItLook(office);
            assertThat(office.outbox.row(next).delivery().tries().made()).isZero();
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void a_receiver_that_asks_for_quiet_gets_it_for_everything() {
        try (var receiver = failingFirst(Reply.status(429, "Retry-After: 120\r\n", ""));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);
            var failed = office.awaitTries(id, 1);
            assertThat(Duration.between(office.clock.instant(), failed.due())).isEqualTo(Duration.ofSeconds(120));

            long next = office.event("we_1", BODY);
            letItLook(office);
            assertThat(office.outbox.row(next).delivery().tries().made()).isZero();

            office.clock.forward(Duration.ofSeconds(121));
            office.awaitDelivered(id);
            office.awaitDelivered(next);
        }
    }

    @Test
    void while_secrets_rotate_both_sign_and_then_only_the_new_one() throws Exception {
        var old = KeyText.webhookSecret();
        try (var receiver = Receiver.answering(_ -> Reply.status(200));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint(
                    "we_1",
                    receiver.url("/").toString(),
                    List.of(
                            office.secret("we_1", SECRET, Optional.empty()),
                            office.secret(
                                    "we_1",
                                    old,
                                    Optional.of(office.clock.instant().plusSeconds(60)))));

            office.awaitDelivered(office.event("we_1", BODY));
            verify(receiver.received().getLast(), SECRET);
            verify(receiver.received().getLast(), old);

            office.clock.forward(Duration.ofSeconds(60));
            office.awaitDelivered(office.event("we_1", BODY));
            verify(receiver.received().getLast(), SECRET);
            assertThatThrownBy(() -> verify(receiver.received().getLast(), old))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void events_of_a_session_come_in_order_each_after_the_one_before_was_taken() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);
            var session = office.session();
            long last = 0;
            for (int i = 1; i <= 20; i++) {
                last = office.event("we_1", session, i, "{\"sequence\":" + i + "}");
            }

            office.awaitDelivered(last);

            assertThat(receiver.received().stream().map(Received::body).toList())
                    .isEqualTo(numbers(20));
        }
    }

    @Test
    void an_event_that_is_not_taken_holds_its_successors_for_30_seconds_at_most() {
        try (var receiver = Receiver.answering(
                        request -> Reply.status(request.body().contains(":1}") ? 500 : 200));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);
            var session = office.session();
            long first = office.event("we_1", session, 1, "{\"sequence\":1}");
            long second = office.event("we_1", session, 2, "{\"sequence\":2}");
            long other = office.event("we_1", BODY);

            office.awaitTries(first, 1);
            office.awaitDelivered(other);
            assertThat(office.outbox.row(second).delivery().tries().made())
                    .as("held back, and only in its own session")
                    .isZero();
            office.clock.forward(Duration.ofSeconds(29));
            office.awaitTries(first, 2);
            letItLook(office);
            assertThat(office.outbox.row(second).delivery().tries().made()).isZero();

            office.clock.forward(Duration.ofSeconds(1));
            office.awaitDelivered(second);
            assertThat(office.outbox.row(first).state()).isEqualTo(State.WAITING);
        }
    }

    @Test
    void a_slow_endpoint_takes_nothing_from_another() {
        var settings = new DispatchSettings(
                2,
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Duration.ofSeconds(30),
                RetrySchedule.STANDARD,
                Duration.ZERO);
        try (var silent = Receiver.answering(_ -> Reply.silence());
                var fast = Receiver.answering(_ -> Reply.status(200));
                var office = new Office(settings).open()) {
            office.endpoint("we_slow", silent, SECRET);
            office.endpoint("we_fast", fast, SECRET);
            for (int i = 0; i < 50; i++) {
                office.event("we_slow", BODY);
            }
            for (int i = 0; i < 50; i++) {
                office.event("we_fast", BODY);
            }

            await().until(() -> office.outbox.count(State.DELIVERED) == 50);

            assertThat(silent.count())
                    .as("as many at once as one endpoint may have")
                    .isEqualTo(2);
            assertThat(office.counts.inFlight()).isEqualTo(2);
        }
    }

    @Test
    void a_wake_is_heard_at_once() {
        var rarely = new DispatchSettings(
                8,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                RetrySchedule.STANDARD,
                Duration.ZERO);
        try (var receiver = Receiver.answering(_ -> Reply.status(200));
                var office = new Office(rarely).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);
            office.dispatcher().wake();
            office.awaitDelivered(id);

            long next = office.event("we_1", BODY);
            office.dispatcher().wake();
            office.awaitDelivered(next);
        }
    }

    @Test
    void a_test_event_is_delivered_like_others() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200));
                var office = new Office(Office.QUICK).open()) {
            office.endpoint("we_1", receiver, SECRET);

            office.awaitDelivered(
                    office.outbox.add("we_1", EventType.VERIFICATION_STARTED, BODY, office.clock.instant()));
        }
    }

    @Test
    void when_the_store_is_away_for_a_while_nothing_is_lost() {
        var arrived = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        try (var receiver = Receiver.answering(_ -> (out, in) -> {
                    arrived.countDown();
                    awaitLatch(mayAnswer);
                    Reply.status(200).write(out, in);
                });
                var office = new Office(DispatchSettings.DEFAULT).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);
            awaitLatch(arrived);
            office.outbox.breakDown(true);
            mayAnswer.countDown();
            await().until(() -> office.counts.delivered() == 1);
            assertThat(office.outbox.row(id).state()).isEqualTo(State.WAITING);

            office.outbox.breakDown(false);

            office.awaitDelivered(id);
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void closing_waits_for_what_is_under_way_and_begins_nothing() {
        var arrived = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        try (var receiver = Receiver.answering(_ -> (out, in) -> {
                    arrived.countDown();
                    awaitLatch(mayAnswer);
                    Reply.status(200).write(out, in);
                });
                var office = new Office(DispatchSettings.DEFAULT).open()) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);
            awaitLatch(arrived);

            var closing = Thread.ofVirtual().start(() -> office.dispatcher().close());
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            long late = office.event("we_1", BODY);
            mayAnswer.countDown();

            await().until(() -> !closing.isAlive());
            assertThat(office.outbox.row(id).state()).isEqualTo(State.DELIVERED);
            assertThat(office.outbox.row(late).delivery().tries().made()).isZero();
        }
    }

    @Test
    void what_was_claimed_by_a_process_that_died_is_delivered_by_the_next() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200));
                var office = new Office(DispatchSettings.DEFAULT)) {
            office.endpoint("we_1", receiver, SECRET);
            long id = office.event("we_1", BODY);
            var now = office.clock.instant();
            assertThat(office.outbox.claim("we_1", now, Duration.ofSeconds(40), Duration.ofSeconds(30), 1))
                    .hasSize(1);

            office.open();
            letItLook(office);
            assertThat(receiver.count()).isZero();
            office.clock.forward(Duration.ofSeconds(40));

            office.awaitDelivered(id);
        }
    }

    @Test
    void a_fast_receiver_gets_thousands() {
        try (var receiver = Receiver.counting();
                var office = new Office(DispatchSettings.DEFAULT).open()) {
            office.endpoint("we_1", receiver, SECRET);
            for (int i = 0; i < 3000; i++) {
                office.event("we_1", BODY);
            }
            office.dispatcher().wake();

            await().atMost(Duration.ofSeconds(15)).until(() -> office.outbox.count(State.DELIVERED) == 3000);
            assertThat(receiver.connections()).isLessThanOrEqualTo(DispatchSettings.DEFAULT.concurrency());
        }
    }

    private static String lastOf(Office office, long delivery) {
        return office.awaitTries(delivery, 1).delivery().tries().last();
    }

    /// Lets a whole look of the dispatcher pass: another endpoint's event goes out after it.
    private static void letItLook(Office office) {
        try (var witness = Receiver.counting()) {
            var id = "we_witness_" + System.nanoTime();
            office.endpoint(id, witness, SECRET);
            office.awaitDelivered(office.event(id, BODY));
            office.awaitDelivered(office.event(id, BODY));
        }
    }

    private static Receiver failingFirst(Reply failure) {
        var first = new AtomicBoolean(true);
        return Receiver.answering(_ -> first.getAndSet(false) ? failure : Reply.status(200));
    }

    private static List<String> numbers(int most) {
        return IntStream.rangeClosed(1, most)
                .mapToObj(i -> "{\"sequence\":" + i + "}")
                .toList();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void verify(Received request, String secret) throws Exception {
        new Webhook(secret).verify(request.body(), headers(request));
    }

    private static HttpHeaders headers(Received request) {
        return HttpHeaders.of(
                request.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (_, _) -> true);
    }
}
