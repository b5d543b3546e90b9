package io.escalus4j.stories.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.escalus4j.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/escalus.md sends people to is there. */
class EscalusDocsTest {
    private static final Path PAGE = Path.of("../docs/escalus.md");

    private static String right() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| escalus4j |"))
                .map(line -> line.split(" \\| ")[1])
                .flatMap(EscalusDocsTest::codes)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> codes(String cell) {
        return matches("`([^`]+)`", cell);
    }

    private static Stream<String> matches(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map(found -> found.group(1));
    }

    private static Stream<JavaClass> ours() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(place -> !place.contains("/escalus4j/server/"))
                        .withImportOption(place -> !place.contains("/escalus4j/stories/"))
                        .importPackages("io.escalus4j")
                        .stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC));
    }

    @Test
    void every_method_exists() throws IOException {
        Set<String> methods = ours().flatMap(type -> type.getMethods().stream())
                .map(method -> method.getName())
                .collect(Collectors.toSet());
        Set<String> named =
                matches("(?<![@\\w])([a-z]\\w*)\\(", right()).collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(Set.of("story", "run"));

        assertThat(named).hasSizeGreaterThan(150);
        assertThat(methods).containsAll(named);
    }

    @Test
    void every_class_and_annotation_exists() throws IOException {
        Set<String> classes = ours().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        Set<String> named =
                matches("(?<![\"\\w-])@?([A-Z][a-z]\\w+)", right()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(classes).containsAll(named);
    }

    @Test
    void every_setting_exists() throws IOException {
        assertThat(Arrays.stream(Option.values()).map(Option::key))
                .containsAll(matches("(escalus\\.[a-z.]+)", right()).toList());
    }

    @Test
    void every_group_of_functions_of_escalus_has_its_table() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(IntStream.rangeClosed(1, 13).mapToObj("(2.%d)\n\n| Escalus | escalus4j |"::formatted))
                .allSatisfy(heading -> assertThat(page).contains(heading));
        assertThat(page).contains("| sinttest | escalus4j |");
    }
}
