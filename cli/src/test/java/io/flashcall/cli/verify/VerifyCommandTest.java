package io.flashcall.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.cli.FakeService;
import io.flashcall.cli.FakeService.Faults;
import io.flashcall.cli.Shell;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The fake's first caller id is +442079460001.
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerifyCommandTest {

    private static final String PHONE = "+447300000123";

    private final FakeService service = new FakeService(Faults.none());

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void the_right_digits_verify_the_number() {
        var shell = typing("0001\n");
        assertThat(verify(shell)).as(shell.err()).isZero();
        assertThat(shell.out())
                .startsWith("Calling " + PHONE)
                .contains("Last 4 digits of the number that called (+44207946…)")
                .endsWith(PHONE + " is verified." + System.lineSeparator());
    }

    @Test
    void wrong_digits_are_asked_for_again_until_there_is_no_try_left() {
        var shell = typing("1111\n\n2222\n3333\n0001\n");
        assertThat(verify(shell)).isEqualTo(1);
        assertThat(shell.out())
                .contains("That is not it. 2 tries are left.", "That is not it. 1 try is left.")
                .contains(PHONE + " is not verified: failed (too many checks).");
    }

    @Test
    void who_types_nothing_is_not_verified() {
        var shell = typing("");
        assertThat(verify(shell)).isEqualTo(1);
        assertThat(shell.out()).contains("is not verified: nobody entered the digits.");
    }

    @Test
    void what_happens_is_told_and_an_end_from_elsewhere_ends_it() throws IOException {
        try (var keys = new PipedWriter()) {
            var shell = new Shell(new PipedReader(keys));
            var ended = CompletableFuture.supplyAsync(() -> verify(shell));
            await().until(() -> shell.out().contains("The phone rings."));
            service.expire("ver_%026d".formatted(1));
            await().until(ended::isDone);
            assertThat(ended.join()).isEqualTo(1);
            assertThat(shell.out()).contains("is not verified: expired.");
        }
    }

    @Test
    void a_script_gets_one_object_on_stdout() {
        var shell = typing("0001\n");
        assertThat(verify(shell, "--json", "--purpose=login", "--user-reference=u1"))
                .isZero();
        assertThat(new JsonMapper().readTree(shell.out()).path("status").asString(""))
                .isEqualTo("verified");
        assertThat(shell.err()).contains("Last 4 digits");
    }

    @Test
    void a_number_that_the_service_refuses_is_bad_usage() {
        var shell = typing("");
        assertThat(shell.run("verify", "--to=+44", "--url=" + service.url(), "--key=" + FakeService.KEY))
                .isEqualTo(2);
        assertThat(shell.err()).contains("This number is not called");
    }

    @Test
    void without_a_key_it_says_where_one_may_stand() {
        var shell = typing("");
        assertThat(shell.run("verify", "--to=" + PHONE, "--key=")).isEqualTo(2);
        assertThat(shell.err()).contains("--key", "FLASHCALL_KEY");
    }

    @Test
    void nobody_at_the_url_is_told() {
        var shell = typing("");
        assertThat(shell.run("verify", "--to=" + PHONE, "--url=http://127.0.0.1:9", "--key=k"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("http://127.0.0.1:9 does not answer");
    }

    private static Shell typing(String text) {
        return new Shell(new StringReader(text));
    }

    private int verify(Shell shell, String... more) {
        var args = new ArrayList<>(
                List.of("verify", "--to=" + PHONE, "--url=" + service.url(), "--key=" + FakeService.KEY));
        args.addAll(List.of(more));
        return shell.run(args.toArray(String[]::new));
    }
}
