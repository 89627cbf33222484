package io.flashcall.cli.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.Shell;
import io.flashcall.engine.Engine;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CarrierCommandTest {

    @Test
    void it_says_where_it_is_and_what_it_saw() {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0")).isZero();
        assertThat(shell.out()).startsWith("carrier ring on 127.0.0.1:").contains("invites", "violations");
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--behaviour=by-number", "--json"))
                .isZero();
        assertThat(shell.out().lines().skip(1)).singleElement().asString().startsWith("{\"invites\":0,");
    }

    @Test
    void help_lists_behaviours_and_the_table_by_number() {
        var shell = new Shell();
        assertThat(shell.run("carrier", "--help")).isZero();
        assertThat(shell.out()).contains("answer-on-cancel", "  005      answer-on-cancel", "./flashcall carrier");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --listen=192.0.2.1:5070     | loopback  | --answer-anyone
                    --listen=nowhere            | --listen  | nowhere
                    --behaviour=rign            | rign      | ring
                    --behaviour=ring:pdd=soon   | pdd       | soon
                    --script=/no/such/file.yaml | file.yaml | expected
                    --seed=x                    | --seed    | x
                    """)
    void a_bad_value_names_itself_and_what_was_expected(String bad, String first, String second) {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", bad)).isEqualTo(2);
        assertThat(shell.err()).contains(first, second);
        assertThat(shell.out()).isEmpty();
    }
}
