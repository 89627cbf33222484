package io.flashcall.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.Shell;
import io.flashcall.verification.KeyText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeysCommandTest {

    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        config = SandboxFile.in(folder);
    }

    @Test
    void create_prints_the_key_alone_and_list_shows_everything_but_the_key() {
        assertThat(keys("create", "--scope=server", "--app=demo", "--name=back end"))
                .as(shell.err())
                .isZero();
        var text = shell.out().strip();
        var key = KeyText.parse(text).orElseThrow();
        assertThat(keys("list")).isZero();
        assertThat(shell.out()).contains(key.id(), "server", "demo", "back end").doesNotContain(text);
    }

    @Test
    void an_admin_key_is_no_apps() {
        assertThat(keys("create", "--scope=admin")).isZero();
        assertThat(shell.out()).startsWith("fc_adm_");
        assertThat(keys("list")).isZero();
        assertThat(shell.out()).contains("admin        -");
    }

    @Test
    void a_revoked_key_is_shown_as_such_and_cannot_be_revoked_again() {
        assertThat(keys("create", "--scope=publishable", "--app=demo")).isZero();
        var key = KeyText.parse(shell.out().strip()).orElseThrow();
        assertThat(keys("revoke", key.id())).isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(keys("list")).isZero();
        assertThat(shell.out()).containsPattern(key.id() + ".*20\\d\\d-.*20\\d\\d-");
        assertThat(keys("revoke", key.text())).isEqualTo(2);
        assertThat(shell.err()).contains(key.id(), "keys list").doesNotContain(key.text());
    }

    @Test
    void list_can_show_one_apps_keys_alone() {
        assertThat(keys("create", "--scope=server", "--app=demo")).isZero();
        assertThat(keys("list", "--app=other")).isZero();
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create --scope=server             | --app
            create --scope=admin --app=demo   | demo (expected: none
            create --scope=server --app=nobody| nobody (expected: demo)
            create --scope=root               | --scope
            revoke fc_srv_with_a_slip         | *** is no key
            """)
    void bad_usage_says_what_was_expected(String args, String complaint) {
        assertThat(keys("create", "--scope=server", "--app=demo")).isZero();

        assertThat(keys(args.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(complaint);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void a_configuration_that_is_not_there_is_named() {
        assertThat(shell.run("keys", "list", "--config=" + folder.resolve("nowhere.yaml")))
                .isEqualTo(2);
        assertThat(shell.err()).contains("nowhere.yaml");
    }

    private int keys(String... args) {
        var all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(args));
        all.add("--config=" + config);
        return shell.run(all.toArray(String[]::new));
    }
}
