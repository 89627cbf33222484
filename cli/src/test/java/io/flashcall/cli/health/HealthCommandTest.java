package io.flashcall.cli.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.Shell;
import io.flashcall.cli.web.LocalServer;
import io.helidon.http.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HealthCommandTest {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Shell shell = new Shell();

    @Test
    void a_service_that_is_ready_is_0() {
        try (var service = answering(Status.OK_200)) {
            assertThat(shell.run("health", "--url=" + service.url() + "/")).isZero();
        }
        assertThat(shell.out()).isEqualToIgnoringNewLines("ready");
    }

    @Test
    void one_that_is_not_is_1_and_the_status_is_told() {
        try (var service = answering(Status.SERVICE_UNAVAILABLE_503)) {
            assertThat(shell.run("health", "--url=" + service.url())).isEqualTo(1);
        }
        assertThat(shell.out()).isEqualToIgnoringNewLines("not ready: HTTP status 503");
    }

    @Test
    void where_nobody_answers_in_time_it_is_1() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var url = "http://127.0.0.1:" + silent.getLocalPort();
            assertThat(shell.run("health", "--url=" + url, "--timeout=100ms")).isEqualTo(1);
            assertThat(shell.out()).startsWith("not ready: " + url + " does not answer: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "mailto:somebody", "file:/etc/hosts", "ftp://127.0.0.1"})
    void an_address_that_is_not_http_is_bad_usage(String url) {
        assertThat(shell.run("health", "--url=" + url)).isEqualTo(2);
        assertThat(shell.err()).contains("'--url': " + url + " (expected: http://HOST:PORT)");
    }

    private static LocalServer answering(Status status) {
        return LocalServer.start(
                ANYWHERE,
                routes -> routes.get(
                        "/readyz", (_, response) -> response.status(status).send()));
    }
}
