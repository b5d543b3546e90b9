package io.escalus4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The floors: what may know what. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.escalus4j");

    @Test
    void no_client_knows_a_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.escalus4j.server..", "io.netty..", "io.escalus4j.stories..")
                .check(CLASSES);
    }

    @Test
    void only_the_junit_package_knows_junit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.escalus4j.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
    }

    @Test
    void nothing_below_knows_the_junit_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.escalus4j.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.escalus4j.junit..")
                .check(CLASSES);
    }

    @Test
    void the_parser_knows_nobody() {
        noClasses()
                .that()
                .resideInAPackage("io.escalus4j.exml..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.escalus4j", "io.escalus4j.wire..", "io.escalus4j.match..", "io.escalus4j.stanza..")
                .check(CLASSES);
    }

    @Test
    void wires_know_no_stories() {
        noClasses()
                .that()
                .resideInAPackage("io.escalus4j.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.escalus4j",
                        "io.escalus4j.match..",
                        "io.escalus4j.history..",
                        "io.escalus4j.users..",
                        "io.escalus4j.stanza..")
                .check(CLASSES);
    }

    @Test
    void the_history_knows_no_clients() {
        noClasses()
                .that()
                .resideInAPackage("io.escalus4j.history..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.escalus4j", "io.escalus4j.wire..", "io.escalus4j.match..")
                .check(CLASSES);
    }

    @Test
    void nothing_static_can_change() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void nobody_sleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }
}
