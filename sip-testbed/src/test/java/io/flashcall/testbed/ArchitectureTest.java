package io.flashcall.testbed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The testbed stands alone, and only the callee behind its own class loader sees a SIP stack.
@AnalyzeClasses(packages = "io.flashcall.testbed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_OF_OURS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.flashcall.engine..",
                    "io.flashcall.verification..",
                    "io.flashcall.server..",
                    "io.flashcall.cli..");

    @ArchTest
    static final ArchRule STACKS_STAY_BEHIND_THEIR_LOADER = noClasses()
            .that()
            .resideOutsideOfPackage("io.flashcall.testbed.jain.callee")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..", "io.flashcall.testbed.jain.callee");

    @ArchTest
    static final ArchRule THE_WIRE_KNOWS_NOTHING_ABOVE_IT = noClasses()
            .that()
            .resideInAPackage("io.flashcall.testbed.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.flashcall.testbed", "io.flashcall.testbed.behaviour", "java.net..", "java.nio.channels..");
}
