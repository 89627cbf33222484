package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.server.http.ApiScene.Started;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.stream.SessionFeed;
import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.TimelineEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamTest {

    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void a_stream_tells_what_was_and_what_happens_until_the_session_is_over() throws Exception {
        var session = scene.started();
        try (var reader = reader(session, scene.server, Map.of())) {
            assertThat(reader.next())
                    .containsExactly(
                            "event: verification.started",
                            "id: 1",
                            "data: {\"sequence\":1,\"type\":\"verification.started\",\"at\":\"2026-11-25T12:00:00Z\","
                                    + "\"attempt\":0,\"details\":{},\"status\":\"pending\"}");
            assertThat(reader.next()).contains("event: attempt.started", "id: 2");
            scene.verifications.ring(session.session());
            assertThat(reader.next()).contains("event: call.ringing", "id: 3");
            scene.verifications.rang(session.session());
            assertThat(reader.next()).contains("event: call.delivered", "id: 4");
            scene.verifications.check(session.session(), "0123", "manual", false);
            var last = reader.next();
            assertThat(last).contains("event: verification.verified", "id: 5");
            scene.client
                    .contract()
                    .fits("/components/schemas/StreamedEvent", last.getLast().substring(6));
            assertThat(reader.next()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(scene.feed.readers()).isZero());
    }

    @Test
    void what_another_node_did_is_told_too_in_order_and_once() throws Exception {
        var session = scene.started();
        try (var reader = reader(session, scene.server, Map.of())) {
            assertThat(reader.next()).contains("id: 1");
            assertThat(reader.next()).contains("id: 2");
            await().until(() -> scene.feed.places().get(session.session()), place -> place == 2);

            scene.verifications.elsewhere(() -> scene.verifications.ring(session.session()));
            scene.feed.behind(session.session());
            scene.feed.behind(session.session());

            assertThat(reader.next()).contains("event: call.ringing", "id: 3");
            scene.verifications.elsewhere(() -> scene.verifications.rang(session.session()));
            scene.verifications.check(session.session(), "0123", "manual", false);
            assertThat(reader.next()).contains("event: call.delivered", "id: 4");
            assertThat(reader.next()).contains("event: verification.verified", "id: 5");
            assertThat(reader.next()).isEmpty();
        }
        assertThat(scene.feed.places()).isEmpty();
    }

    @Test
    void a_page_is_not_told_outcomes_or_routes() throws Exception {
        var session = scene.started();
        scene.verifications.rang(session.session());
        scene.verifications.cancel(session.session());
        try (var reader = reader(session, scene.publishable, session.proof())) {
            assertThat(reader.rest())
                    .contains("\"channel\":\"flash_call\"")
                    .doesNotContain("carrier-a", "487", "outcome");
        }
    }

    @Test
    void a_broken_stream_goes_on_behind_the_last_event() throws Exception {
        var session = scene.started();
        scene.verifications.cancel(session.session());
        try (var reader = reader(session, scene.server, Map.of("Last-Event-ID", "2"))) {
            assertThat(reader.next()).contains("id: 3");
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void the_streams_of_a_session_are_bounded() throws Exception {
        var session = scene.started();
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 10; i++) {
            readers.add(reader(session, scene.server, Map.of()));
        }
        var refused = scene.client.get(session.path() + "/stream", scene.server).is(Problem.TOO_MANY_STREAMS);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        scene.verifications.cancel(session.session());
        for (var reader : readers) {
            reader.rest();
            reader.close();
        }
    }

    @Test
    void streams_end_with_the_server() throws Exception {
        var session = scene.started();
        try (var reader = reader(session, scene.server, Map.of())) {
            reader.next();
            scene.api.close();
            assertThat(reader.rest()).contains("attempt.started");
        }
    }

    @Test
    void a_head_request_opens_no_stream() {
        var session = scene.started();
        var answer = scene.client
                .checked(scene.client.request("HEAD", session.path() + "/stream", scene.server))
                .is(200);
        assertThat(answer.body()).isEmpty();
        await().untilAsserted(() -> assertThat(scene.feed.readers()).isZero());
    }

    @Test
    void a_reader_that_does_not_read_is_dropped_and_the_teller_never_waits() throws Exception {
        var feed = new SessionFeed(10);
        var session = scene.verifications.session(scene.started().session());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var subscribed = new CountDownLatch(1);
            Callable<Boolean> slow = () -> {
                try (var _ = feed.subscribe(session.id()).orElseThrow()) {
                    subscribed.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return false;
                    } catch (InterruptedException e) {
                        return true;
                    }
                }
            };
            Future<Boolean> reader = threads.submit(slow);
            subscribed.await();
            for (int i = 1; i <= 100; i++) {
                feed.onChange(session, List.of(entry(i)));
            }
            assertThat(reader.get(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(feed.readers()).isZero();
    }

    @Test
    void nobody_subscribes_to_a_feed_that_is_closed() {
        var feed = new SessionFeed(10);
        feed.close();
        assertThat(feed.subscribe(new SessionId("ver_" + "0".repeat(26)))).isEmpty();
    }

    private TimelineEntry entry(int sequence) {
        return new TimelineEntry(EventType.CALL_RINGING, sequence, scene.now, 1, "{}");
    }

    private Reader reader(Started session, String key, Map<String, String> headers) throws Exception {
        var request = ApiClient.with(scene.client.request("GET", session.path() + "/stream", key), headers);
        var response = scene.client.http().send(request.build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        return new Reader(response);
    }

    /// Reads one event after the other; comments are not among them.
    private static final class Reader implements AutoCloseable {

        private final BufferedReader lines;

        Reader(HttpResponse<InputStream> response) {
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /// Lines of the next event; none at the end.
        List<String> next() throws IOException {
            var event = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !event.isEmpty()) {
                    Json.trusted(event.getLast().substring("data: ".length()));
                    return event;
                }
                if (!line.isEmpty() && !line.startsWith(":")) {
                    event.add(line);
                }
            }
            return event;
        }

        String rest() throws IOException {
            var rest = new StringBuilder();
            for (var event = next(); !event.isEmpty(); event = next()) {
                rest.append(event);
            }
            return rest.toString();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
