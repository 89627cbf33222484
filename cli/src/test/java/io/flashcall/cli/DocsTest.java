package io.flashcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.behaviour.BehaviourTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents say what is there.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocsTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Pattern RUN = Pattern.compile("benchmarks/results/[^/)]+/README\\.md");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "docs/follow-one-call.md",
                "docs/follow-one-verification.md",
                "docs/operations.md",
                "docs/adr/README.md"
            })
    void every_file_that_a_document_links_to_exists(String document) throws IOException {
        var file = ROOT.resolve(document);
        var missing = new ArrayList<String>();
        var link = LINK.matcher(Files.readString(file));
        while (link.find()) {
            if (!Files.exists(file.resolveSibling(link.group(1)))) {
                missing.add(link.group(1));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void the_figures_of_the_readme_are_rows_of_the_run_that_it_links_to() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        var link = RUN.matcher(readme);
        assertThat(link.find()).isTrue();
        String section = readme.split("\n## What a call costs\n", -1)[1].split("\n## ", -1)[0];

        assertThat(section.lines().filter(line -> line.startsWith("|")).toList())
                .anyMatch(row -> row.contains("SIPp"))
                .isSubsetOf(Files.readAllLines(ROOT.resolve(link.group())));
    }

    @Test
    void follow_one_call_names_the_classes_that_a_call_passes() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/follow-one-call.md")))
                .contains("UserAgentPool.java", "FlashCall.java", "InviteTransaction.java", "ResponseView.java");
    }

    @Test
    void follow_one_verification_names_the_classes_that_a_verification_passes() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/follow-one-verification.md")))
                .contains("Starts.java", "Transition.java", "SessionChanges.java", "GroupWriter.java", "Courier.java");
    }

    @Test
    void the_readme_has_the_carriers_table_of_numbers() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(BehaviourTable.table().strip());
    }

    @Test
    void the_readmes_program_rings_a_phone_until_the_ring_time_is_over(@TempDir Path folder) throws Exception {
        var readme = Files.readString(ROOT.resolve("README.md"));
        var snippet = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(snippet.find()).isTrue();
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring:pdd=10ms"))) {
            var told = run(program(folder, snippet.group(1)), config(carrier.address()));
            assertThat(told).matches("session-1: Rang\\[last=SipStatus\\[code=487,.*\\R");
            assertThat(carrier.counters().requests().cancels()).isEqualTo(1);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    private static Method program(Path folder, String statements) throws Exception {
        var source = Files.writeString(folder.resolve("Program.java"), """
                import io.flashcall.engine.*;
                import java.time.Duration;
                import java.util.concurrent.CountDownLatch;

                public class Program {
                    public static void run(EngineConfig config) throws Exception {
                %s    }
                }
                """.formatted(statements.indent(8)));
        var errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        errors,
                        errors,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        return loader.loadClass("Program").getMethod("run", EngineConfig.class);
    }

    private static EngineConfig config(InetSocketAddress target) {
        var owned = new CallerIds(List.of(CallerIds.Range.parse("+12025550123")), true);
        var trunk =
                new TrunkConfig("carrier-a", PeerConfig.at(target), owned, NumberPolicy.PLUS_E164, CallPolicy.DEFAULT);
        var agents = UserAgentConfig.of(1, new InetSocketAddress(target.getAddress(), 0));
        return new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk));
    }

    /// Whatever it prints.
    private static String run(Method program, EngineConfig config) throws Exception {
        var stdout = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.invoke(null, config);
        } finally {
            System.setOut(stdout);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void every_decision_is_in_the_index() throws IOException {
        var index = Files.readString(ROOT.resolve("docs/adr/README.md"));
        List<String> records;
        try (var files = Files.list(ROOT.resolve("docs/adr"))) {
            records = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{4}-.*\\.md"))
                    .toList();
        }
        assertThat(records).isNotEmpty().allMatch(index::contains);
    }
}
