package io.flashcall.engine.identity;

import static io.flashcall.engine.identity.Authority.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.SpecialAddresses;
import io.flashcall.engine.identity.CertificateSource.Answer;
import io.flashcall.engine.identity.CertificateSource.Chain;
import io.flashcall.engine.identity.CertificateSource.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class HttpsCertificatesTest {

    private static final String X5U = "https://cert.example.org:8443/passport.cer";
    private static final Authority ROOT = Authority.root("STI root");
    private static final X509Certificate LEAF = ROOT.signer(Keys.p256());
    private static final String PEM = pem(LEAF) + pem(ROOT.certificate());
    private static final String LENGTH = "Content-Length: " + PEM.length() + "\r\n";

    private final AtomicInteger lookups = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close_all() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void a_chain_is_fetched_with_its_leaf_first() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + PEM);

        assertThat(source(server).fetch(X5U, NOW)).isEqualTo(new Chain(List.of(LEAF, ROOT.certificate())));
        assertThat(server.requests()).containsExactly("""
                        GET /passport.cer HTTP/1.1
                        Host: cert.example.org:8443
                        Accept: */*
                        Connection: close
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a%20b/c.pem"})
    void the_path_is_asked_for_as_it_stands(String path) throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + PEM);

        assertThat(source(server).fetch("https://cert.example.org:8443" + path, NOW))
                .isInstanceOf(Chain.class);
        assertThat(server.requests().getFirst()).startsWith("GET " + (path.isEmpty() ? "/" : path) + " HTTP/1.1\n");
    }

    @Test
    void a_body_may_come_in_chunks_or_end_with_the_connection() throws Exception {
        String chunked = "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(100, PEM.substring(0, 100), PEM.length() - 100, PEM.substring(100));

        assertThat(fetch("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked))
                .isInstanceOf(Chain.class);
        assertThat(fetch("HTTP/1.0 200 OK\r\n\r\n" + PEM)).isInstanceOf(Chain.class);
        assertThat(fetch("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + PEM))
                .isInstanceOf(Chain.class);
    }

    @Test
    void a_chain_is_used_again_for_as_long_as_its_server_allows() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n" + LENGTH + "\r\n" + PEM);
        var source = source(server);

        source.fetch(X5U, NOW);
        assertThat(source.fetch(X5U, NOW.plusSeconds(59))).isInstanceOf(Chain.class);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(source.fetch(X5U, NOW.plusSeconds(60))).isInstanceOf(Chain.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_chain_that_must_not_be_kept_is_fetched_each_time() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n" + LENGTH + "\r\n" + PEM);
        var source = source(server);

        source.fetch(X5U, NOW);
        source.fetch(X5U, NOW);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_failure_is_remembered_for_a_while() throws Exception {
        var server = answering("HTTP/1.1 404 Not Found\r\nCache-Control: max-age=3600\r\nContent-Length: 0\r\n\r\n");
        var source = source(server);

        assertUnavailable(source.fetch(X5U, NOW), Fault.X5U_UNREACHABLE, "status 404");
        assertUnavailable(source.fetch(X5U, NOW.plusSeconds(29)), Fault.X5U_UNREACHABLE, "status 404");
        assertThat(server.connections()).isEqualTo(1);
        source.fetch(X5U, NOW.plusSeconds(30));
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void no_redirect_is_followed() throws Exception {
        var server = answering(
                "HTTP/1.1 302 Found\r\nLocation: https://cert.example.org:8443/other.cer\r\nContent-Length: 0\r\n\r\n");

        assertUnavailable(source(server).fetch(X5U, NOW), Fault.X5U_UNREACHABLE, "status 302");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void more_than_64_kib_is_not_read() throws Exception {
        assertUnavailable(
                fetch("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n" + PEM),
                Fault.X5U_UNREACHABLE,
                "longer than 64 KiB");
        assertUnavailable(
                source(start((request, out) -> {
                            send(out, "HTTP/1.1 200 OK\r\n\r\n" + PEM);
                            while (true) {
                                send(out, "x".repeat(1000));
                            }
                        }))
                        .fetch(X5U, NOW),
                Fault.X5U_UNREACHABLE,
                "longer than 64 KiB");
        assertUnavailable(
                fetch("HTTP/1.1 200 OK\r\nX: " + "x".repeat(9000) + "\r\n" + LENGTH + "\r\n" + PEM),
                Fault.X5U_UNREACHABLE,
                "");
    }

    @Test
    void what_is_not_http_or_ends_too_early_fails() throws Exception {
        assertUnavailable(fetch("SSH-2.0-OpenSSH_9.2\r\n\r\n"), Fault.X5U_UNREACHABLE, "not HTTP");
        assertUnavailable(fetch(""), Fault.X5U_UNREACHABLE, "ends too early");
        assertUnavailable(
                fetch("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + PEM), Fault.X5U_UNREACHABLE, "too early");
    }

    @Test
    void what_holds_no_certificate_is_a_bad_one() throws Exception {
        String broken = PEM.replaceFirst("MII", "AAA");

        assertUnavailable(fetch("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), Fault.BAD_CERTIFICATE, "none");
        assertUnavailable(fetch("HTTP/1.1 200 OK\r\n\r\n<html>"), Fault.BAD_CERTIFICATE, "none");
        assertUnavailable(fetch("HTTP/1.1 200 OK\r\n\r\n" + broken), Fault.BAD_CERTIFICATE, "cannot be read");
    }

    @Test
    void a_server_that_drips_is_given_up_after_two_seconds() throws Exception {
        var server = start((request, out) -> {
            for (byte each : ("HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + PEM).getBytes(ISO_8859_1)) {
                out.write(each);
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        });

        assertGivenUp(source(server), X5U);
    }

    @Test
    void a_server_that_does_not_shake_hands_is_given_up_after_two_seconds() throws Exception {
        var server = answering("");
        try (var silent = new ServerSocket(8443, 5, next(server.address()))) {
            assertGivenUp(source(List.of(silent.getInetAddress()), server.trusting()), X5U);
        }
    }

    @Test
    void the_web_server_s_own_certificate_must_be_right() throws Exception {
        var wrongName = start("cert.example.net", (request, out) -> send(out, "HTTP/1.1 200 OK\r\n\r\n" + PEM));
        var server = answering("HTTP/1.1 200 OK\r\n\r\n" + PEM);
        var stranger = answering("HTTP/1.1 200 OK\r\n\r\n" + PEM);

        assertUnavailable(source(wrongName).fetch(X5U, NOW), Fault.X5U_UNREACHABLE, "SSL");
        assertUnavailable(
                source(List.of(server.address()), stranger.trusting()).fetch(X5U, NOW), Fault.X5U_UNREACHABLE, "SSL");
        assertThat(wrongName.requests()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void an_address_that_is_not_everybody_s_is_never_connected_to() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n\r\n" + PEM);
        var addresses = List.of(server.address(), InetAddress.ofLiteral("10.0.0.1"));
        var source = open(new HttpsCertificates(
                new Reachability(host -> addresses.toArray(InetAddress[]::new), SpecialAddresses::isGlobal),
                server.trusting()));

        assertUnavailable(source.fetch(X5U, NOW), Fault.X5U_FORBIDDEN, "no host that everybody can reach");
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:8443/a.pem",
                "https://localhost/a.pem",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/a.pem",
                "https://[::ffff:10.0.0.1]/a.pem",
                "https://0/a.pem"
            })
    void the_public_source_goes_to_no_internal_address(String x5u) throws Exception {
        var answer = open(new HttpsCertificates()).fetch(x5u, NOW);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        failed -> assertThat(failed.fault()).as(failed.detail()).isEqualTo(Fault.X5U_FORBIDDEN));
    }

    @Test
    void it_connects_to_the_address_that_was_checked_and_asks_once() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n\r\n" + PEM);
        var source = open(new HttpsCertificates(
                new Reachability(
                        host -> lookups.getAndIncrement() == 0
                                ? new InetAddress[] {InetAddress.ofLiteral("192.0.2.1"), server.address()}
                                : new InetAddress[] {InetAddress.ofLiteral("192.0.2.2")},
                        address -> address.equals(server.address())),
                server.trusting()));

        assertThat(source.fetch(X5U, NOW)).isInstanceOf(Chain.class);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void a_second_address_is_tried_if_the_first_does_not_listen() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n\r\n" + PEM);

        assertThat(source(List.of(next(server.address()), server.address()), server.trusting())
                        .fetch(X5U, NOW))
                .isInstanceOf(Chain.class);
    }

    @Test
    void a_name_that_is_not_known_fails() throws Exception {
        var source = open(new HttpsCertificates(
                new Reachability(
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        address -> true),
                (SSLSocketFactory) SSLSocketFactory.getDefault()));

        assertUnavailable(source.fetch(X5U, NOW), Fault.X5U_UNREACHABLE, "UnknownHostException");
    }

    @Test
    void a_uri_of_another_form_is_not_even_looked_up() throws Exception {
        var server = answering("");
        var source = source(server);

        assertUnavailable(source.fetch("https://cert.example.org:8080/a.pem", NOW), Fault.X5U_FORBIDDEN, "form");
        assertThat(lookups).hasValue(0);
    }

    @Test
    void one_at_a_time_is_at_a_host() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + PEM);
        var source = source(server);

        for (var answer : atOnce(8, i -> source.fetch(X5U + i, NOW))) {
            assertThat(answer).isInstanceOf(Chain.class);
        }
        assertThat(server.connections()).isEqualTo(8);
        assertThat(server.mostOpen()).isEqualTo(1);
    }

    @Test
    void whoever_wants_the_same_waits_for_it() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + PEM);
        var source = source(server);

        for (var answer : atOnce(8, i -> source.fetch(X5U, NOW))) {
            assertThat(answer).isInstanceOf(Chain.class);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_closed_source_fetches_nothing() throws Exception {
        var server = answering("HTTP/1.1 200 OK\r\n\r\n" + PEM);
        var source = source(server);
        source.close();

        assertUnavailable(source.fetch(X5U, NOW), Fault.X5U_UNREACHABLE, "shutting down");
    }

    /// Two seconds are the promise; the rest is for a busy machine.
    private static void assertGivenUp(HttpsCertificates source, String x5u) {
        long started = System.nanoTime();
        var answer = source.fetch(x5u, NOW);
        var took = Duration.ofNanos(System.nanoTime() - started);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        failed -> assertThat(failed.fault()).as(failed.detail()).isEqualTo(Fault.X5U_UNREACHABLE));
        assertThat(took).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(3_900));
    }

    private static void assertUnavailable(Answer answer, Fault fault, String detail) {
        assertThat(answer).isInstanceOfSatisfying(Unavailable.class, failed -> {
            assertThat(failed.fault()).as(failed.detail()).isEqualTo(fault);
            assertThat(failed.detail()).contains(detail);
        });
    }

    private static List<Answer> atOnce(int count, Fetch fetch) throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                Callable<Answer> call = () -> fetch.get(number);
                answers.add(threads.submit(call));
            }
        }
        List<Answer> all = new ArrayList<>();
        for (var answer : answers) {
            all.add(answer.get());
        }
        return all;
    }

    @FunctionalInterface
    private interface Fetch {

        Answer get(int number);
    }

    private Answer fetch(String response) throws Exception {
        return source(answering(response)).fetch(X5U, NOW);
    }

    private CertificateServer answering(String response) throws Exception {
        return start((request, out) -> send(out, response));
    }

    private CertificateServer start(CertificateServer.Script script) throws Exception {
        return start(CertificateServer.HOST, script);
    }

    private CertificateServer start(String name, CertificateServer.Script script) throws Exception {
        return open(new CertificateServer(name, script));
    }

    private HttpsCertificates source(CertificateServer server) {
        return source(List.of(server.address()), server.trusting());
    }

    private HttpsCertificates source(List<InetAddress> addresses, SSLSocketFactory tls) {
        return open(new HttpsCertificates(
                new Reachability(
                        host -> {
                            lookups.incrementAndGet();
                            return addresses.toArray(InetAddress[]::new);
                        },
                        InetAddress::isLoopbackAddress),
                tls));
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    /// A loopback address beside that one.
    private static InetAddress next(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        bytes[2]++;
        return InetAddress.getByAddress(bytes);
    }

    private static String pem(X509Certificate certificate) {
        try {
            return Keys.pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
