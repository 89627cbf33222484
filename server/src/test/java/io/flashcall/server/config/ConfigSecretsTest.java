package io.flashcall.server.config;

import static io.flashcall.server.config.ConfigFile.TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Variables of the environment, and what a message must not show.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigSecretsTest {

    @TempDir
    Path directory;

    @Test
    void an_environment_variable_that_is_not_set_is_told_by_name() {
        file("user_agents:\n  advertised: ${PUBLIC_IP}:5060\n" + TRUNK)
                .complains("line 2: user_agents.advertised: missing: environment variable PUBLIC_IP (expected: set)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${PUBLIC IP}", "${}", "${PUBLIC_IP", "${PUBLIC_IP:-x}"})
    void a_reference_to_the_environment_has_a_name_and_an_end(String reference) {
        file("user_agents:\n  advertised: \"" + reference + "\"\n" + TRUNK)
                .complains("line 2: user_agents.advertised: " + reference
                        + " (expected: ${NAME}, the name of an environment variable)");
    }

    @Test
    void what_an_environment_variable_holds_is_never_shown() {
        var complaint = file("user_agents: {count: 3, advertised: [\"${A}\", \"${A}\"], receive_buffer: \"${B}\"}\n"
                        + TRUNK
                        + "    ring_time: ${A}\n    max_channels: ${B}\n    numbers: {from_domain: \"${C}\"}\n")
                .complaint(Map.of("A", "hunter2", "B", "-77", "C", "hunter2 !"));

        assertThat(complaint)
                .contains("5 problems", "advertised: [${A}, ${A}]", "ring_time: ${A}", "${B}", "${C}")
                .doesNotContain("hunter2", "-77");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+1202555010 0 | +1202****** *",
                "+12025550199..+12025550100 | +1202*******..+***********",
                "12025550100 | 1202*******",
                "+0012025550100 | +0012*********",
                "+12025x50100 | +1202*x*****",
                "+1 | +1"
            })
    void a_caller_id_is_never_shown_in_the_clear(String written, String masked) {
        var complaint = file(TRUNK.replace("+12025550100", "'" + written + "'")).complaint();

        assertThat(complaint)
                .contains("line 4: trunks.carrier-a.caller_ids[0]: " + masked
                        + " (expected: +12025550123, a range +12025550100..+12025550199, or +120255501xx)");
    }

    @Test
    void a_telephone_number_is_masked_wherever_it_was_put() {
        var complaint = file("""
                +442079460123: 1
                user_agents: {count: 442079460123, +442079460124: 5, advertised: "+44 20 7946 0125"}
                timers: [+442079460126]
                trunks:
                  +442079460127: {target: +442079460128, sources: "+442079460129", +44 (20) 7946-0130: 1}
                  b: {caller_ids: {+442079460131: 1}, ring_policy: 442079460132, numbers: {from_domain: 442079460133!}}
                """).complaint();

        assertThat(complaint)
                .contains("problems", "+4420********")
                .doesNotContainPattern("7946")
                .doesNotContain("46012");
    }

    @Test
    void addresses_stay_readable() {
        file(TRUNK + "    ring_time: 192.0.2.100:50600\n")
                .complains("line 6: trunks.carrier-a.ring_time:"
                        + " 192.0.2.100:50600 (expected: a duration such as 1500ms, 2s, 1m or PT2S)");
    }

    @Test
    void a_long_value_is_cut_and_control_characters_are_replaced() {
        var complaint = file(TRUNK + "    ring_time: \"a\\n\\e[31m" + "b".repeat(200) + "\"\n")
                .complaint();

        assertThat(complaint.lines()).hasSize(2);
        assertThat(complaint).contains("ring_time: a??[31m" + "b".repeat(113) + "... (expected: a duration");
    }

    private ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }
}
