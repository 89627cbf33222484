package io.flashcall.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TerminalTest {

    @Test
    void colours_are_for_terminals_that_want_them() {
        assertThat(terminal(true, Map.of("TERM", "xterm")).colour()).isTrue();
        assertThat(terminal(false, Map.of("TERM", "xterm")).colour()).isFalse();
        assertThat(terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "1")).colour())
                .isFalse();
        assertThat(terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "")).colour())
                .isTrue();
        assertThat(terminal(true, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(terminal(true, Map.of()).colour()).isFalse();
    }

    @Test
    void its_width_is_what_the_environment_says_if_that_makes_sense() {
        assertThat(terminal(true, Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        for (String odd : new String[] {"", "0", "-5", "wide", "99999"}) {
            assertThat(terminal(true, Map.of("COLUMNS", odd)).width()).as(odd).isEqualTo(80);
        }
    }

    @Test
    void more_than_ASCII_is_for_UTF_8() {
        assertThat(Terminal.of(true, Map.of(), StandardCharsets.UTF_8).unicode())
                .isTrue();
        assertThat(Terminal.of(true, Map.of(), StandardCharsets.US_ASCII).unicode())
                .isFalse();
    }

    private static Terminal terminal(boolean interactive, Map<String, String> environment) {
        return Terminal.of(interactive, environment, StandardCharsets.UTF_8);
    }
}
