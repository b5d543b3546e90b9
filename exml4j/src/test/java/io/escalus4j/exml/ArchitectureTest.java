package io.escalus4j.exml;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** The depth of a tree is somebody else's choice, so nothing goes round through a method that it is in. */
    @Test
    void x17_nothing_calls_itself_on_any_way() {
        Map<String, Set<String>> calls = new HashMap<>();
        for (JavaClass owner : CLASSES) {
            owner.getAccessesFromSelf().stream()
                    .filter(access -> access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget)
                    .filter(access -> !access.getOrigin().getModifiers().contains(JavaModifier.BRIDGE))
                    .forEach(
                            access -> calls.computeIfAbsent(access.getOrigin().getFullName(), origin -> new HashSet<>())
                                    .addAll(targets((AccessTarget.CodeUnitAccessTarget) access.getTarget())));
        }
        assertThat(calls).hasSizeGreaterThan(300);
        assertThat(calls.keySet())
                .filteredOn(method -> reaches(method, method, calls))
                .isEmpty();
    }

    /** What is called of ours, and what may be called in its place: that of a class behind an interface. */
    private static Set<String> targets(AccessTarget.CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        if (!owner.getPackageName().startsWith("io.escalus4j")
                || target.getName().equals("<init>")) {
            return Set.of(target.getFullName());
        }
        return Stream.concat(Stream.of(owner), owner.getAllSubclasses().stream())
                .map(called -> called.getName()
                        + target.getFullName().substring(owner.getName().length()))
                .collect(Collectors.toSet());
    }

    private static boolean reaches(String from, String wanted, Map<String, Set<String>> calls) {
        var seen = new HashSet<String>();
        var pending = new ArrayDeque<>(calls.get(from));
        while (!pending.isEmpty()) {
            String method = pending.pop();
            if (method.equals(wanted)) {
                return true;
            }
            if (seen.add(method)) {
                pending.addAll(calls.getOrDefault(method, Set.of()));
            }
        }
        return false;
    }
}
