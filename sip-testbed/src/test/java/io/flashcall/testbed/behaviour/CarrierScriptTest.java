package io.flashcall.testbed.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts: first rule first, weights by seed, every problem with its line.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CarrierScriptTest {

    @TempDir
    private Path folder;

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("carrier.yaml"), text);
    }

    private static final String GOOD = """
            # numbers in the first rule ring slowly
            rules:
              - called: "+44*"
                behaviour: ring:pdd=200ms
              - called: "*99"
                mix:
                  - behaviour: ring
                    weight: 90
                  - behaviour: busy
                    weight: 10
              - called: "+15550017"
                behaviour: reflect
            otherwise: by-number
            """;

    @Test
    void the_first_rule_that_fits_decides() throws IOException {
        Dialplan plan = CarrierScript.load(script(GOOD));
        Random random = new Random(1);
        assertThat(plan.behaviourFor("+4420799", random).text()).isEqualTo("ring:pdd=200ms");
        assertThat(plan.behaviourFor("+12025550404", random).text()).isEqualTo("status-404");
        assertThat(plan.reflects("+15550017")).isTrue();
        assertThat(plan.reflects("+12025550017")).isTrue();
        assertThat(plan.reflects("+4420017")).isFalse();
    }

    @Test
    void weights_are_kept_and_a_seed_chooses_the_same_again() throws IOException {
        Dialplan plan = CarrierScript.load(script(GOOD));
        Map<String, Long> shares = choices(plan, 7);
        assertThat(shares.get("busy")).isBetween(800L, 1200L);
        assertThat(shares.values()).hasSize(2);
        assertThat(choices(plan, 7)).isEqualTo(shares);
    }

    private static Map<String, Long> choices(Dialplan plan, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 10_000)
                .mapToObj(_ -> plan.behaviourFor("+1299", random).text())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    void every_problem_is_told_with_file_line_value_and_expectation() throws IOException {
        Path file = script("""
                rules:
                  - called: "+44x"
                    behaviour: rign
                  - colour: red
                    behaviour: ring
                  - mix:
                      - behaviour: ring
                        weight: many
                      - behaviour: reflect
                        weight: 1
                  - called: "1"
                otherwise: [ring]
                wrong: 1
                """);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CarrierScript.load(file))
                .withMessageContaining(file + ":2: called: '+44x' (expected: digits")
                .withMessageContaining(file + ":3: behaviour 'rign' is unknown (expected: one of ring,")
                .withMessageContaining(file + ":4: colour: 'red' (expected: one of the keys [behaviour, called, mix])")
                .withMessageContaining(file + ":8: weight: 'many' (expected: a number above 0)")
                .withMessageContaining(file + ":9: behaviour: 'reflect' (expected: one that remembers")
                .withMessageContaining(file + ":11: rule: '{}' (expected: either behaviour or mix)")
                .withMessageContaining(file + ":12: otherwise: 'a list' (expected: one value)")
                .withMessageContaining(file + ":13: wrong: '1' (expected: one of the keys [otherwise, rules])");
    }

    @Test
    void what_is_no_YAML_is_told_with_its_line() throws IOException {
        Path file = script("rules:\n  - called: \"+44\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CarrierScript.load(file))
                .withMessageStartingWith(file + ":")
                .withMessageContaining("no YAML");
    }
}
