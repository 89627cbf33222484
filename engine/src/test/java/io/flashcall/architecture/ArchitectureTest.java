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

/// The engine keeps the architecture's rules, and each rule would notice who does not.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.flashcall.engine");
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages("io.flashcall.offender");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "the engine knows neither the domain, nor the service, nor a database",
                        EngineRules::the_engine_knows_neither_the_domain_nor_the_service_nor_a_database,
                        "engine.agent.AsksTheServer",
                        "engine.agent.AsksTheDomain",
                        "engine.agent.KeepsRows"),
                rule(
                        "messages know bytes alone",
                        EngineRules::messages_know_bytes_alone,
                        "engine.sip.HoldsAChannel",
                        "engine.sip.KnowsATime",
                        "engine.sip.KnowsACall"),
                rule(
                        "the machines know no socket, no agent and no lock",
                        EngineRules::the_machines_know_no_socket_no_agent_and_no_lock,
                        "engine.call.HoldsABuffer",
                        "engine.call.TakesALock",
                        "engine.call.SendsByItself",
                        "engine.transaction.AsksItsAgent"),
                rule(
                        "the machines synchronize nothing",
                        EngineRules::the_machines_synchronize_nothing,
                        "engine.call.Synchronizes"),
                rule(
                        "the machines are told the time",
                        EngineRules::the_machines_are_told_the_time,
                        "engine.call.ReadsNanoTime",
                        "engine.call.ReadsMillis",
                        "engine.call.ReadsAnInstant",
                        "engine.transaction.HoldsAClock"));
    }

    private static Arguments rule(String name, Function<EngineRules, ArchRule> rule, String... offenders) {
        return Arguments.of(name, rule, offenders);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_engine_keeps_the_rule(String name, Function<EngineRules, ArchRule> rule, String[] offenders) {
        rule.apply(new EngineRules("io.flashcall")).check(ENGINE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_rule_notices_whoever_breaks_it(String name, Function<EngineRules, ArchRule> rule, String[] offenders) {
        var report = rule.apply(new EngineRules("io.flashcall.offender"))
                .evaluate(OFFENDERS)
                .getFailureReport()
                .getDetails();
        for (String offender : offenders) {
            assertThat(report).as("violations").anyMatch(line -> line.contains("io.flashcall.offender." + offender));
        }
        assertThat(report).as("and nobody else").noneMatch(line -> line.contains("call.Innocent."));
    }

    @Test
    void there_is_something_to_judge() {
        for (String part : new String[] {"sip", "call", "transaction", "agent", "transport", "trunk"}) {
            assertThat(ENGINE).as(part).anyMatch(type -> type.getPackageName().equals("io.flashcall.engine." + part));
        }
    }
}
