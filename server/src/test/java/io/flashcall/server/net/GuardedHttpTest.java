package io.flashcall.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Cidr;
import io.flashcall.server.net.Receiver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardedHttpTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final AddressGuard LOOPBACK =
            new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")));

    @Test
    void an_answer_comes_with_its_status_its_body_and_when_to_come_again() {
        try (var receiver = Receiver.answering(_ -> Reply.status(503, "Retry-After: 7\r\n", "busy"));
                var http = new GuardedHttp(LOOPBACK)) {
            var answer = answered(http.send(post(receiver.url("/hook?a=b"), LONG)));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.isSuccess()).isFalse();
            assertThat(answer.retryAfter()).contains("7");
            assertThat(answer.body()).isEqualTo("busy");
            var request = receiver.received().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hook?a=b");
            assertThat(request.body()).isEqualTo("{\"grüße\":1}");
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("x-mine")).isEqualTo("yes");
            assertThat(request.headers()).doesNotContainKeys("upgrade", "accept-encoding", "cookie", "expect");
        }
    }

    @Test
    void connections_are_used_again() {
        try (var receiver = Receiver.counting();
                var http = new GuardedHttp(LOOPBACK)) {
            for (int i = 0; i < 20; i++) {
                answered(http.send(post(receiver.url("/"), LONG)));
            }

            assertThat(receiver.count()).isEqualTo(20);
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        try (var receiver = Receiver.answering(_ -> Reply.status(302, "Location: /elsewhere\r\n", ""));
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(answered(http.send(post(receiver.url("/"), LONG))).status())
                    .isEqualTo(302);
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void a_cookie_is_not_kept() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200, "Set-Cookie: a=b\r\n", ""));
                var http = new GuardedHttp(LOOPBACK)) {
            http.send(post(receiver.url("/"), LONG));
            http.send(post(receiver.url("/"), LONG));

            assertThat(receiver.received().getLast().headers()).doesNotContainKey("cookie");
        }
    }

    @Test
    void nothing_is_repeated_when_the_server_hangs_up() {
        try (var receiver = Receiver.answering(_ -> Reply.hangUp());
                var http = new GuardedHttp(LOOPBACK)) {
            var answer = http.send(post(receiver.url("/"), LONG));

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.mayHaveActed()).isTrue());
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void silence_ends_at_the_deadline() {
        try (var receiver = Receiver.answering(_ -> Reply.silence());
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(timed(http, receiver.url("/"))).isEqualTo(new Answer.Failed("timeout", true));
        }
    }

    @Test
    void a_body_that_drips_ends_at_the_deadline_too() {
        try (var receiver = Receiver.answering(_ -> Reply.drip());
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(timed(http, receiver.url("/"))).isEqualTo(new Answer.Failed("timeout", true));
        }
    }

    @Test
    void a_connection_that_is_never_accepted_ends_at_the_deadline_and_nothing_was_sent() throws IOException {
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var http = new GuardedHttp(LOOPBACK)) {
            // Fill the queue of what waits to be accepted: further ones get no answer to their SYN.
            for (int i = 0; i < 4; i++) {
                var socket = new Socket();
                waiting.add(socket);
                connect(socket, full);
            }
            assertThat(timed(http, URI.create("http://127.0.0.1:" + full.getLocalPort() + "/")))
                    .isEqualTo(new Answer.Failed("timeout", false));
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void no_more_of_a_body_is_read_than_the_cap() {
        var much = "x".repeat(300_000);
        try (var receiver = Receiver.answering(_ -> Reply.status(200, "", much));
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(answered(http.send(post(receiver.url("/"), LONG))).body())
                    .hasSize(GuardedHttp.MOST_BODY_BYTES);
            assertThat(answered(http.send(post(receiver.url("/"), LONG))).body())
                    .hasSize(GuardedHttp.MOST_BODY_BYTES);
            assertThat(receiver.connections())
                    .as("the rest is not waited for: its connection is closed")
                    .isEqualTo(2);
        }
    }

    @Test
    void endless_headers_are_no_answer() {
        try (var receiver =
                        Receiver.answering(_ -> Reply.raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000) + "\r\n"));
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(http.send(post(receiver.url("/"), LONG))).isInstanceOf(Answer.Failed.class);
        }
    }

    @Test
    void something_else_than_http_is_no_answer() {
        try (var receiver = Receiver.answering(_ -> Reply.raw("SSH-2.0-nothing\r\n\r\n"));
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(timed(http, receiver.url("/"))).isInstanceOf(Answer.Failed.class);
        }
    }

    @Test
    void a_refused_connection_says_so_and_nothing_was_sent() {
        var receiver = Receiver.counting();
        receiver.close();
        try (var http = new GuardedHttp(LOOPBACK)) {
            assertThat(http.send(post(receiver.url("/"), LONG)))
                    .isEqualTo(new Answer.Failed("connection refused", false));
        }
    }

    @Test
    void an_unknown_name_says_so() {
        try (var http = new GuardedHttp(LOOPBACK, (host, _) -> {
            throw new UnknownHostException(host);
        })) {
            assertThat(http.send(post(URI.create("http://hook.test/"), LONG)))
                    .isEqualTo(new Answer.Failed("host name not found", false));
        }
    }

    @Test
    void a_name_server_that_says_nothing_does_not_outlast_the_deadline() {
        var never = new CountDownLatch(1);
        var asked = new AtomicInteger();
        try (var lookup = new SystemLookup(host -> {
                    asked.incrementAndGet();
                    throw answerAfter(never, host);
                });
                var http = new GuardedHttp(LOOPBACK, lookup)) {
            var answer = timed(http, URI.create("http://slow.test/"));
            assertThat(answer)
                    .isIn(new Answer.Failed("timeout", false), new Answer.Failed("host name not found", false));

            timed(http, URI.create("http://slow.test/"));
            assertThat(asked).as("a slow name takes one thread").hasValue(1);
        }
    }

    @Test
    void what_is_no_url_of_http_is_not_sent() {
        try (var http = new GuardedHttp(LOOPBACK)) {
            for (var url : List.of("ftp://127.0.0.1/", "file:///etc/passwd", "http://user:word@127.0.0.1/", "/path")) {
                assertThat(http.send(post(URI.create(url), LONG)))
                        .isEqualTo(new Answer.Failed("the URL is not one of http or https", false));
            }
        }
    }

    @Test
    void literals_of_every_spelling_are_checked_as_names_are() {
        try (var receiver = Receiver.counting();
                var http = new GuardedHttp(new AddressGuard(List.of()))) {
            for (var host : List.of("127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost")) {
                assertThat(http.send(post(URI.create("http://" + host + ":" + receiver.port() + "/"), LONG)))
                        .as(host)
                        .isIn(new Answer.Refused(), new Answer.Failed("the URL is not one of http or https", false));
            }
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void an_ipv6_literal_that_is_allowed_is_reached() {
        try (var receiver = Receiver.at("::1", _ -> Reply.status(200));
                var http = new GuardedHttp(LOOPBACK)) {
            assertThat(answered(http.send(post(receiver.url("/"), LONG))).status())
                    .isEqualTo(200);
            assertThat(receiver.received().getFirst().header("host"))
                    .startsWith("[")
                    .contains("1]:");
        }
    }

    @Test
    void a_name_that_changes_its_address_after_the_check_gains_nothing() {
        // 127.0.0.2 stands for a public address, 127.0.0.1 for a private one.
        var guard = new AddressGuard(List.of(Cidr.parse("127.0.0.2")));
        var answers = new ConcurrentLinkedQueue<>(List.of("127.0.0.2", "127.0.0.1", "127.0.0.1"));
        try (var inside = Receiver.counting();
                var http = new GuardedHttp(
                        guard, (_, _) -> List.of(InetAddress.ofLiteral(String.valueOf(answers.remove()))))) {
            var url = URI.create("http://rebinding.test:" + inside.port() + "/");

            assertThat(http.send(post(url, LONG)))
                    .as("it connects to the address that was checked, where nobody listens")
                    .isEqualTo(new Answer.Failed("connection refused", false));
            assertThat(answers).as("and asks once").hasSize(2);
            assertThat(http.send(post(url, LONG))).isEqualTo(new Answer.Refused());
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void of_several_addresses_only_those_allowed_are_tried() {
        var guard = new AddressGuard(List.of(Cidr.parse("127.0.0.2")));
        try (var allowed = Receiver.at("127.0.0.2", _ -> Reply.status(200));
                var http = new GuardedHttp(
                        guard,
                        (_, _) -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2")))) {
            assertThat(answered(http.send(post(URI.create("http://both.test:" + allowed.port() + "/"), LONG)))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static UnknownHostException answerAfter(CountDownLatch latch, String host) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new UnknownHostException(host);
    }

    private static Answer timed(GuardedHttp http, URI url) {
        long began = System.nanoTime();
        var answer = http.send(post(url, Duration.ofMillis(300)));
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
        return answer;
    }

    private static void connect(Socket socket, ServerSocket full) {
        try {
            socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException e) {
            // The queue is full.
        }
    }

    private static Outgoing post(URI url, Duration deadline) {
        return Outgoing.json(url, Map.of("X-Mine", "yes"), "{\"grüße\":1}", deadline);
    }

    private static Answer.Answered answered(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Answered.class);
        return (Answer.Answered) answer;
    }
}
