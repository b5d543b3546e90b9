package io.escalus4j.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.escalus4j.Spec;
import io.escalus4j.junit.Story;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Xep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the server claims, a story proves; and every story says what it proves. */
class EveryXepHasAStoryTest {
    private static final JavaClasses STORIES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.escalus4j.stories");

    @Test
    void every_module_of_the_server_is_proven_by_a_story() {
        var proven = stories()
                .flatMap(EveryXepHasAStoryTest::specs)
                .map(EveryXepHasAStoryTest::document)
                .collect(Collectors.toSet());

        assertThat(proven).containsAll(installed().stream().map(Xep::id).toList());
    }

    @Test
    void every_story_says_which_sentence_of_a_specification_it_proves() {
        assertThat(stories())
                .allSatisfy(story -> assertThat(specs(story))
                        .as(story.getFullName())
                        .isNotEmpty()
                        .allSatisfy(spec -> {
                            assertThat(List.of(
                                            spec.xep() > 0,
                                            spec.rfc() > 0,
                                            !spec.proposal().isEmpty()))
                                    .containsOnlyOnce(true);
                            assertThat(spec.section()).isNotBlank();
                            assertThat(spec.says()).isNotBlank();
                        }));
    }

    @Test
    void there_are_more_than_sixty_stories() {
        assertThat(stories().count()).isGreaterThanOrEqualTo(60);
    }

    private static String document(Spec spec) {
        return spec.proposal().isEmpty() ? new Xep(Math.max(spec.xep(), spec.rfc()), "", "").id() : spec.proposal();
    }

    private static List<Xep> installed() {
        try (var server = XmppServer.builder().profile(Profile.TEST).start()) {
            return server.modules().installed().stream()
                    .map(module -> module.xep())
                    .toList();
        }
    }

    private static Stream<JavaMethod> stories() {
        return STORIES.stream()
                .map(JavaClass::getMethods)
                .flatMap(methods -> methods.stream().filter(m -> m.isAnnotatedWith(Story.class)));
    }

    private static Stream<Spec> specs(JavaMethod story) {
        return Arrays.stream(story.reflect().getAnnotationsByType(Spec.class));
    }
}
