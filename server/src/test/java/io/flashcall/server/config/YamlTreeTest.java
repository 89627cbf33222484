package io.flashcall.server.config;

import static io.flashcall.server.config.ConfigFile.TRUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class YamlTreeTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'trunks:\n  a: b: c\n' | line 2: YAML: mapping values are not allowed here",
                "'trunks:\n\ta: 1\n' | line 2: YAML: while scanning for the next token, found character '\\t(TAB)'"
                        + " that cannot start any token",
                "'a: 1\ntrunks: {a: [1\nb: 2}\n' | line 3: YAML: while parsing a flow sequence, expected '','' or '']'', but got",
                "'a: 1\nb: \u0007\n' | line 2: YAML: special characters are not allowed",
                "'a: 1\nb: [::1]:5060' | line 2: YAML: while parsing a flow node, expected the node content, but found '':''"
            })
    void what_is_not_yaml_is_told_with_its_line(String text, String complaint) {
        assertThat(file(text).complaint())
                .startsWith("engine.yaml: 1 problem\n  " + complaint.replace("''", "'"))
                .endsWith(" (expected: YAML; a value such as \"[::1]:5060\" or \"a: b\" stands in quotes)");
    }

    @Test
    void a_syntax_error_shows_nothing_of_the_file() {
        assertThat(file("password: \"hunter2\n+442079460123\n").complaint())
                .doesNotContain("hunter2")
                .doesNotContain("2079");
    }

    @Test
    void a_file_of_absurd_depth_is_a_problem_like_any_other() {
        assertThat(file("[".repeat(10_000)).complaint()).startsWith("engine.yaml: 1 problem\n  line 1: YAML: ");
    }

    @Test
    void a_file_is_one_mapping() {
        file("- 1\n- 2\n").complains("line 1: file: a list (expected: keys and values)");
        file("just text\n").complains("line 1: file: text (expected: keys and values)");
        file(TRUNK + "---\n" + TRUNK).complains("line 7: file: a second document (expected: one)");
    }

    @Test
    void an_alias_is_not_followed() {
        file("timers: {t1: &x 1s, t2: *x}\n" + TRUNK)
                .complains("line 1: timers.t2: *x (expected: a duration such as 1500ms, 2s, 1m or PT2S)");
    }

    @Test
    void a_file_is_in_utf_8() throws IOException {
        var path = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});

        assertThat(catchThrowable(() -> EngineConfigReader.read(path)))
                .hasMessage(path + ": 1 problem\n  file: not UTF-8 (expected: a YAML file in UTF-8)");
    }

    private ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }
}
