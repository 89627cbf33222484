package io.flashcall.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

/// The architecture's table of rules, as far as it concerns the engine. The packages stand below a root, so that the
/// same rules can be held against classes made to break them.
final class EngineRules {

    private final String root;

    /// @param root `io.flashcall`
    EngineRules(String root) {
        this.root = root;
    }

    ArchRule the_engine_knows_neither_the_domain_nor_the_service_nor_a_database() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".verification..", root + ".server..", "java.sql..");
    }

    ArchRule messages_know_bytes_alone() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".engine.sip..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty.channel..", "java.time..")
                        .or(resideInAPackage(root + ".engine..").and(not(resideInAPackage(root + ".engine.sip..")))));
    }

    ArchRule the_machines_know_no_socket_no_agent_and_no_lock() {
        return noClasses()
                .that()
                .resideInAnyPackage(machines())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "java.util.concurrent.locks..",
                        root + ".engine.transport..",
                        root + ".engine.agent..");
    }

    ArchRule the_machines_synchronize_nothing() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(machines())
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED);
    }

    ArchRule the_machines_are_told_the_time() {
        var clockTypes = nameMatching("java\\.time\\.(Clock|InstantSource)");
        return noClasses()
                .that()
                .resideInAnyPackage(machines())
                .should()
                .dependOnClassesThat(clockTypes.forSubtype())
                .orShould()
                .accessTargetWhere(readsAClock());
    }

    private String[] machines() {
        return new String[] {root + ".engine.call..", root + ".engine.transaction.."};
    }

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return DescribedPredicate.describe("a clock is read", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            boolean readsTheSystem =
                    owner.equals("java.lang.System") && (name.equals("nanoTime") || name.equals("currentTimeMillis"));
            boolean readsTheWall = owner.startsWith("java.time.") && name.equals("now");
            boolean makesADate = owner.equals("java.util.Date") && name.equals("<init>");
            return readsTheSystem || readsTheWall || makesADate;
        });
    }
}
