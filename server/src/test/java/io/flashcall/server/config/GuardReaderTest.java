package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import io.flashcall.engine.TrunkOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `guards` and `overload_control` of a trunk.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardReaderTest {

    private static final String TRUNK = """
            trunks:
              a:
                target: 127.0.0.1
                caller_ids: []
                flash_calls_allowed: false
            """;

    @TempDir
    Path directory;

    @Test
    void without_a_word_nothing_is_guarded_and_nothing_offered() {
        assertThat(options("")).isEqualTo(TrunkOptions.STANDARD);
        assertThat(options("    guards: {answered: off, short_calls: off, effective: off}\n"))
                .isEqualTo(TrunkOptions.STANDARD);
    }

    @Test
    void each_key_is_read() {
        var options = options("""
                    overload_control: true
                    guards:
                      answered: 3
                      short_calls: 20
                      effective: 40
                      short_call: 10s
                      window: 15m
                      min_calls: 200
                      rest: 2m
                      test_calls: 5
                """);
        assertThat(options.overloadControl()).isTrue();
        assertThat(options.guards())
                .isEqualTo(new GuardPolicy(
                        new Limits(OptionalInt.of(3), OptionalInt.of(20), OptionalInt.of(40)),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15),
                        200,
                        Duration.ofMinutes(2),
                        5));
    }

    @Test
    void what_is_wrong_is_named_with_what_was_expected() {
        assertThat(complaint("    guards: {answered: 100, effective: many, window: 1s, test_calls: 0}\n"))
                .contains("trunks.a.guards.answered: 100 (expected: off, or 0 to 99)")
                .contains("trunks.a.guards.effective: many (expected: off, or 1 to 100")
                .contains("trunks.a.guards.window: 1s (expected: 10s to 24h)")
                .contains("trunks.a.guards.test_calls: 0 (expected: 1 to 1000)");
        assertThat(complaint("    overload_control: loss\n"))
                .contains("trunks.a.overload_control: loss (expected: true or false)");
    }

    private TrunkOptions options(String lines) {
        return new ConfigFile(directory, TRUNK + lines).trunk().options();
    }

    private String complaint(String lines) {
        return new ConfigFile(directory, TRUNK + lines).complaint();
    }
}
