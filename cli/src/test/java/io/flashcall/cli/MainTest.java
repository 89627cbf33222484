package io.flashcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Engine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_goes_to_stdout() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: flashcall").contains("completion");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void every_subcommand_has_help_with_an_example() {
        for (Map.Entry<String, CommandLine> each : command().getSubcommands().entrySet()) {
            if (each.getKey().equals("help")) continue;
            assertThat(run(each.getKey(), "--help")).as(each.getKey()).isZero();
            assertThat(out.toString())
                    .contains("Usage: flashcall " + each.getKey())
                    .contains("./flashcall " + each.getKey());
        }
    }

    @Test
    void version_names_us_and_the_java_that_runs_us() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("flashcall .*, Java \\d+.*\\s+");
    }

    @Test
    void bad_usage_names_itself_on_stderr_and_ends_with_2() {
        for (List<String> args : List.of(List.<String>of(), List.of("no-such-command"), List.of("--no-such-option"))) {
            assertThat(run(args.toArray(String[]::new))).as("%s", args).isEqualTo(2);
            assertThat(err.toString()).contains(args.isEmpty() ? "subcommand" : args.getFirst());
            assertThat(err.toString()).contains("Try: flashcall --help");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void completion_is_a_script_that_knows_every_subcommand() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).startsWith("#!/usr/bin/env bash").contains("complete -F");
        assertThat(out.toString()).contains(command().getSubcommands().keySet());
    }

    private static CommandLine command() {
        return Main.commandLine(Engine::start, (_, _) -> {});
    }

    private int run(String... args) {
        return command()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
