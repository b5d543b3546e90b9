package io.escalus4j.stories.cli;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** The methods behind the stories that JUnit has found. */
final class StoryMethods {
    private StoryMethods() {}

    /** A story that is told several times, with parameters, is one method. */
    static Stream<Method> of(TestPlan plan) {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .flatMap(test -> source(test).map(MethodSource::getJavaMethod).stream())
                .distinct();
    }

    /** A test, or the method of several that are made when it is their turn. */
    static boolean isStory(TestIdentifier test) {
        return test.isTest() || source(test).isPresent();
    }

    static Optional<MethodSource> source(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }
}
