package io.escalus4j.exml;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The lowest floor of the house: it stands on the JDK alone. */
class ArchitectureTest {
    private static final String JAXB_BINDING = ".*\\.JaxbBinding(\\$.*)?";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.escalus4j.exml");

    @Test
    void exml4j_needs_the_jdk_only_and_its_binding_jaxb() {
        classes()
                .that()
                .haveNameNotMatching(JAXB_BINDING)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.escalus4j.exml..", "java..", "javax.xml..", "org.jspecify..")
                .check(CLASSES);
        classes()
                .that()
                .haveNameMatching(JAXB_BINDING)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.escalus4j.exml..", "java..", "jakarta.xml.bind..", "javax.xml..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void classes_are_final_and_hold_no_changing_static_state() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void nobody_outside_sees_the_insides() {
        assertThat(CLASSES.stream()
                        .filter(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "Attribute",
                        "Element",
                        "NamespaceChange",
                        "Node",
                        "Path",
                        "StreamEvent",
                        "StreamParser",
                        "Text",
                        "XmlDiff",
                        "XmlException",
                        "XmlLimits",
                        "XmlWriter");
    }
}
