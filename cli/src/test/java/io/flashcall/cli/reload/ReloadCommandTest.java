package io.flashcall.cli.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.Shell;
import io.flashcall.cli.web.LocalServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReloadCommandTest {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Shell shell = new Shell();

    @Test
    void what_was_done_is_told_line_by_line() {
        try (var service = answering(200, """
                {"trunks": [{"name": "a", "change": "new_secrets"}, {"name": "b", "change": "leaving"}],
                 "routes_changed": true, "pools_changed": ["uk"], "need_restart": ["limits"]}""")) {
            assertThat(shell.run("reload", "--url=" + service.url(), "--key=fc_adm_x"))
                    .isZero();
        }
        assertThat(shell.out()).isEqualToNormalizingNewlines("""
                trunk a: new secrets
                trunk b: leaving
                routes: changed
                pool uk: changed
                needs a restart: limits
                """);
    }

    @Test
    void a_file_that_cannot_be_used_is_2_and_each_problem_is_told() {
        try (var service = answering(422, """
                {"title": "The configuration file cannot be used", "detail": "nothing has changed",
                 "errors": [{"pointer": "routes[0].trunk", "detail": "line 9: x is not declared"}]}""")) {
            assertThat(shell.run("reload", "--url=" + service.url(), "--key=fc_adm_x"))
                    .isEqualTo(2);
        }
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("cannot be used", "\n  routes[0].trunk line 9: x is not declared");
    }

    @Test
    void a_service_that_is_in_trouble_or_does_not_answer_is_1() {
        try (var service = answering(500, "{}")) {
            assertThat(shell.run("reload", "--url=" + service.url(), "--key=fc_adm_x"))
                    .isEqualTo(1);
        }
        assertThat(shell.run("reload", "--url=http://127.0.0.1:1", "--key=fc_adm_x"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("http://127.0.0.1:1 does not answer");
    }

    @Test
    void bad_usage_is_2() {
        assertThat(shell.run("reload", "--url=http://127.0.0.1:1", "--key=")).isEqualTo(2);
        assertThat(shell.err()).contains("FLASHCALL_KEY");
    }

    private static LocalServer answering(int status, String body) {
        return LocalServer.start(
                ANYWHERE,
                routes -> routes.post(
                        "/v1/reload", (_, response) -> response.status(status).send(body)));
    }
}
