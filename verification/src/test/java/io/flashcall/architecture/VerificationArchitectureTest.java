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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The domain keeps the architecture's rules, and each rule would notice who does not.
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerificationArchitectureTest {

    private static final JavaClasses DOMAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.flashcall.verification");
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages("io.flashcall.offender");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "the domain knows neither the service, nor a database, nor netty",
                        VerificationRules::the_domain_knows_neither_the_service_nor_a_database_nor_netty,
                        "channel.AsksTheServer",
                        "channel.HoldsABuffer",
                        "store.KeepsRows"),
                rule(
                        "the domain knows the engine's api alone",
                        VerificationRules::the_domain_knows_the_engines_api_alone,
                        "channel.KnowsAMachine"),
                rule(
                        "the domain does no I/O",
                        VerificationRules::the_domain_does_no_io,
                        "number.AsksTheDns",
                        "number.OpensASocket",
                        "number.ReadsAFile",
                        "number.ReadsAnOldFile"),
                rule("the fold knows values alone", VerificationRules::the_fold_knows_values_alone, "Effect", "Step"),
                rule(
                        "the fold is told the time and draws nothing",
                        VerificationRules::the_fold_is_told_the_time_and_draws_nothing,
                        "Session",
                        "Session$Drawn",
                        "Transition"));
    }

    private static Arguments rule(String name, Function<VerificationRules, ArchRule> rule, String... offenders) {
        return Arguments.of(name, rule, offenders);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_domain_keeps_the_rule(String name, Function<VerificationRules, ArchRule> rule, String[] offenders) {
        rule.apply(new VerificationRules("io.flashcall")).check(DOMAIN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_rule_notices_whoever_breaks_it(
            String name, Function<VerificationRules, ArchRule> rule, String[] offenders) {
        var report = rule.apply(new VerificationRules("io.flashcall.offender"))
                .evaluate(OFFENDERS)
                .getFailureReport()
                .getDetails();
        for (String offender : offenders) {
            assertThat(report)
                    .as("violations")
                    .anyMatch(line -> line.contains("io.flashcall.offender.verification." + offender));
        }
        assertThat(report).as("and nobody else").noneMatch(line -> line.contains("Innocent"));
    }

    @Test
    void there_is_something_to_judge() {
        for (String part : new String[] {"", ".channel", ".guard", ".number", ".routing", ".store"}) {
            assertThat(DOMAIN)
                    .as(part)
                    .anyMatch(type -> type.getPackageName().equals("io.flashcall.verification" + part));
        }
    }
}
