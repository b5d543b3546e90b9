package io.escalus4j.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.ExpectedFailure;
import io.escalus4j.ExpectedFailures;
import io.escalus4j.junit.Story;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other servers are expected to fail is a story that there is, with a section and a link. */
class ExpectedFailuresTest {
    private static final Path FOLDER = Path.of("src/main/resources/expected-failures");

    static Stream<Path> files() throws IOException {
        return Files.list(FOLDER).sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_line_names_a_story_and_says_where_it_is_written(Path file) throws IOException {
        var failures = ExpectedFailures.parse(Files.readString(file), file.toString());

        assertThat(failures.all()).isNotEmpty().allSatisfy(failure -> {
            assertThat(failure).matches(ExpectedFailuresTest::isStory, "is a story");
            assertThat(failure.section()).matches("(RFC|XEP).* section .*");
            assertThat(failure.link()).startsWith("https://");
        });
    }

    private static boolean isStory(ExpectedFailure failure) {
        String[] parts = failure.story().split("\\.");
        try {
            Class<?> type = Class.forName("io.escalus4j.stories." + parts[0]);
            return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> isCalled(method, parts[1]));
        } catch (ClassNotFoundException gone) {
            return false;
        }
    }

    /** A story with arguments has them behind its name. */
    private static boolean isCalled(Method method, String name) {
        return method.isAnnotationPresent(ParameterizedTest.class)
                ? name.startsWith(method.getName() + '_')
                : method.isAnnotationPresent(Story.class) && name.equals(method.getName());
    }
}
