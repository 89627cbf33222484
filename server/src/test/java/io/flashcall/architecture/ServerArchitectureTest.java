package io.flashcall.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServerArchitectureTest {

    private static ArchRule configIsForAllAndKnowsNoAdapter(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".server.config..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(root + ".server..").and(not(resideInAPackage(root + ".server.config.."))));
    }

    private static ArchRule usesTheEnginesApiAlone(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".server..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".engine..")
                        .and(not(resideInAnyPackage(
                                root + ".engine", root + ".engine.capture..", root + ".engine.telemetry.."))));
    }

    @Test
    void the_configuration_knows_no_adapter() {
        check(configIsForAllAndKnowsNoAdapter("io.flashcall"));
        notices(configIsForAllAndKnowsNoAdapter("io.flashcall.offender"), "config.KnowsAnAdapter");
    }

    @Test
    void the_service_uses_the_engines_api_capture_and_telemetry_alone() {
        check(usesTheEnginesApiAlone("io.flashcall"));
        notices(usesTheEnginesApiAlone("io.flashcall.offender"), "config.KnowsAnAgent");
    }

    private static void check(ArchRule rule) {
        rule.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.flashcall.server"));
    }

    private static void notices(ArchRule rule, String offender) {
        var report = rule.evaluate(new ClassFileImporter().importPackages("io.flashcall.offender"))
                .getFailureReport()
                .getDetails();
        assertThat(report).isNotEmpty().allMatch(line -> line.contains(offender));
    }
}
