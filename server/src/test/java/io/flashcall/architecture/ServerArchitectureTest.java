package io.flashcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The service keeps the architecture's rules, and each rule would notice who does not.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServerArchitectureTest {

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.flashcall.server");
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages("io.flashcall.offender");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "the configuration knows no adapter",
                        ServerRules::the_configuration_knows_no_adapter,
                        "config.KnowsAnAdapter"),
                rule(
                        "no adapter knows another",
                        ServerRules::no_adapter_knows_another,
                        "config.KnowsAnAdapter",
                        "net.KnowsAnAdapter",
                        "metrics.KnowsAnAdapter",
                        "store.KnowsAnAdapter",
                        "store.sub.KnowsAnAdapter"),
                rule("the wiring alone knows all", ServerRules::the_wiring_alone_knows_all, "store.KnowsTheWiring"),
                rule(
                        "the service uses the engine's api, capture and telemetry alone",
                        ServerRules::the_service_uses_the_engines_api_capture_and_telemetry_alone,
                        "config.KnowsAnAgent"),
                rule(
                        "the service knows neither the command nor the testbed",
                        ServerRules::the_service_knows_neither_the_command_nor_the_testbed,
                        "http.KnowsTheCommand",
                        "http.KnowsTheTestbed"));
    }

    private static Arguments rule(String name, Function<ServerRules, ArchRule> rule, String... offenders) {
        return Arguments.of(name, rule, offenders);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_service_keeps_the_rule(String name, Function<ServerRules, ArchRule> rule, String[] offenders) {
        rule.apply(new ServerRules("io.flashcall")).allowEmptyShould(true).check(SERVER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_rule_notices_whoever_breaks_it(String name, Function<ServerRules, ArchRule> rule, String[] offenders) {
        var report = rule.apply(new ServerRules("io.flashcall.offender"))
                .evaluate(OFFENDERS)
                .getFailureReport()
                .getDetails();
        for (String offender : offenders) {
            assertThat(report)
                    .as("violations")
                    .anyMatch(line -> line.contains("io.flashcall.offender.server." + offender));
        }
        assertThat(report).as("and nobody else").noneMatch(line -> line.contains("Innocent"));
    }
}
