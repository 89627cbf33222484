package io.flashcall.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/// The architecture's table of rules, as far as it concerns the service. The packages stand below a root, so that the
/// same rules can be held against classes made to break them.
final class ServerRules {

    private final String root;

    /// @param root `io.flashcall`
    ServerRules(String root) {
        this.root = root;
    }

    ArchRule the_configuration_knows_no_adapter() {
        return noClasses()
                .that()
                .resideInAPackage(config())
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".server..").and(not(resideInAPackage(config()))));
    }

    ArchRule no_adapter_knows_another() {
        return slices().matching(root + ".server.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(), resideInAnyPackage(config(), root + ".server.net..", root + ".server.metrics.."));
    }

    ArchRule the_wiring_alone_knows_all() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".server");
    }

    ArchRule the_service_uses_the_engines_api_capture_and_telemetry_alone() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".server..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".engine..")
                        .and(not(resideInAnyPackage(
                                root + ".engine", root + ".engine.capture..", root + ".engine.telemetry.."))));
    }

    ArchRule the_service_knows_neither_the_command_nor_the_testbed() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".cli..", root + ".testbed..");
    }

    private String config() {
        return root + ".server.config..";
    }
}
