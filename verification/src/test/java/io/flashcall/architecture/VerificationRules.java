package io.flashcall.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.flashcall.engine.E164;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;

/// The architecture's table of rules, as far as it concerns the domain. The packages stand below a root, so that the
/// same rules can be held against classes made to break them.
final class VerificationRules {

    /// The session and everything that it is made of.
    private static final String FOLD =
            "Session|Transition|Step|Phase|Effect|SessionEvent|EventType|Denial|Attempt|AttemptNews"
                    + "|AttemptResult|Verdict|Opening|Terms|Intent|Status|PlannedChannel|ChannelName|AppId|SessionId|Price|Receipt"
                    + "|pricing\\.(Quote|Rate|Increment|Usage)";

    private final String root;

    /// @param root `io.flashcall`
    VerificationRules(String root) {
        this.root = root;
    }

    ArchRule the_domain_knows_neither_the_service_nor_a_database_nor_netty() {
        return noClasses()
                .that()
                .resideInAPackage(domain())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".server..", "java.sql..", "javax.sql..", "io.netty..");
    }

    ArchRule the_domain_knows_the_engines_api_alone() {
        return noClasses()
                .that()
                .resideInAPackage(domain())
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".engine..").and(not(resideInAPackage(root + ".engine"))));
    }

    ArchRule the_domain_does_no_io() {
        var addresses = equivalentTo(URI.class)
                .or(equivalentTo(InetAddress.class))
                .or(equivalentTo(Inet4Address.class))
                .or(equivalentTo(Inet6Address.class));
        return noClasses()
                .that()
                .resideInAPackage(domain())
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
                        .and(not(addresses))
                        .or(nameMatching("java\\.io\\.(File.*|RandomAccessFile)"))
                        .or(nameMatching("java\\.lang\\.(Process|ProcessBuilder|Runtime)")))
                .orShould()
                .accessTargetWhere(asksTheDns());
    }

    ArchRule the_fold_knows_values_alone() {
        DescribedPredicate<JavaClass> values = resideInAnyPackage("java.lang", "java.time..", "java.util", "java.math")
                .or(nameMatching("java\\.lang\\.(runtime|invoke|annotation)\\..*"))
                .or(nameMatching("java\\.util\\.(function|stream|random|regex)\\..*"))
                .or(equivalentTo(E164.class));
        return classes()
                .that(fold())
                .should()
                .onlyDependOnClassesThat(fold().or(values).or(nameMatching("\\[.*|int|long|boolean|char|double")));
    }

    ArchRule the_fold_is_told_the_time_and_draws_nothing() {
        return noClasses()
                .that(fold())
                .should()
                .dependOnClassesThat(nameMatching("java\\.time\\.(Clock|InstantSource)")
                        .or(nameMatching("java\\.util\\.(Timer|UUID|Random)"))
                        .or(nameMatching("java\\.lang\\.(Thread|Math)")))
                .orShould()
                .accessTargetWhere(readsAClock());
    }

    private String domain() {
        return root + ".verification..";
    }

    private DescribedPredicate<JavaClass> fold() {
        var name = (root + ".verification.").replace(".", "\\.") + "(" + FOLD + ")(\\$.*)?";
        return nameMatching(name).as("the session's fold").forSubtype();
    }

    private static DescribedPredicate<JavaAccess<?>> asksTheDns() {
        return DescribedPredicate.describe("a name is looked up", access -> {
            String name = access.getTarget().getName();
            return access.getTargetOwner().isAssignableTo(InetAddress.class)
                    && (name.startsWith("getBy") || name.startsWith("getAllBy") || name.equals("getLocalHost"));
        });
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
