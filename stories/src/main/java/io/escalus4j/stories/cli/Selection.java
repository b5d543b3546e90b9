package io.escalus4j.stories.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Which stories a pattern means: a part of a class name, or {@code CLASS.METHOD}, with {@code *} for anything; several are
 * separated by commas; case does not count.
 *
 * <pre>{@code
 * roster          every story of RosterStory
 * roster.*push*   those of them with "push" in the name
 * *.*resource*    every story with "resource" in its name
 * roster,presence every story of RosterStory and of PresenceStory
 * }</pre>
 */
final class Selection implements PostDiscoveryFilter {
    private final List<One> patterns;
    private final Predicate<String> wanted;
    private final List<Class<?>> always;

    private record One(Pattern className, Pattern method) {
        static One of(String pattern) {
            int dot = pattern.indexOf('.');
            return dot < 0
                    ? new One(glob("*" + pattern + "*"), glob("*"))
                    : new One(glob("*" + pattern.substring(0, dot) + "*"), glob(pattern.substring(dot + 1)));
        }

        boolean includes(String simpleClassName, String methodName) {
            return className.matcher(simpleClassName.toLowerCase(Locale.ROOT)).matches()
                    && method.matcher(methodName.toLowerCase(Locale.ROOT)).matches();
        }
    }

    private Selection(List<One> patterns, Predicate<String> wanted, List<Class<?>> always) {
        this.patterns = patterns;
        this.wanted = wanted;
        this.always = always;
    }

    static Selection of(String patterns) {
        return new Selection(
                Stream.of(patterns.split(",")).map(String::strip).map(One::of).toList(), name -> true, List.of());
    }

    /** Those of them that are wanted by their names, as in {@code BindStory.a_client_gets_the_resource_it_asks_for}. */
    Selection and(Predicate<String> names) {
        return new Selection(patterns, names, always);
    }

    /** And all tests of these classes. */
    Selection andAll(List<Class<?>> classes) {
        return new Selection(patterns, wanted, classes);
    }

    private static Pattern glob(String text) {
        return Pattern.compile(Stream.of(text.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        return descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> FilterResult.includedIf(includes((MethodSource) source)))
                .orElseGet(() -> FilterResult.included("not a story"));
    }

    private boolean includes(MethodSource story) {
        String fullName = story.getClassName();
        return always.stream().anyMatch(type -> type.getName().equals(fullName))
                || includes(fullName.substring(fullName.lastIndexOf('.') + 1), story.getMethodName());
    }

    boolean includes(String simpleClassName, String methodName) {
        return patterns.stream().anyMatch(pattern -> pattern.includes(simpleClassName, methodName))
                && wanted.test(simpleClassName + '.' + methodName);
    }
}
