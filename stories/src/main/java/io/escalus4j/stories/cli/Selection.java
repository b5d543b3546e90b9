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
 * Which stories a pattern means: a part of a class name, or {@code CLASS.METHOD}, with {@code *} for anything; case does
 * not count.
 *
 * <pre>{@code
 * roster          every story of RosterStory
 * roster.*push*   those of them with "push" in the name
 * *.*resource*    every story with "resource" in its name
 * }</pre>
 */
final class Selection implements PostDiscoveryFilter {
    private final Pattern className;
    private final Pattern method;
    private final Predicate<String> wanted;
    private final List<Class<?>> always;

    private Selection(Pattern className, Pattern method, Predicate<String> wanted, List<Class<?>> always) {
        this.className = className;
        this.method = method;
        this.wanted = wanted;
        this.always = always;
    }

    static Selection of(String pattern) {
        int dot = pattern.indexOf('.');
        return dot < 0
                ? of(glob("*" + pattern + "*"), glob("*"))
                : of(glob("*" + pattern.substring(0, dot) + "*"), glob(pattern.substring(dot + 1)));
    }

    private static Selection of(Pattern className, Pattern method) {
        return new Selection(className, method, name -> true, List.of());
    }

    /** Those of them that are wanted by their names, as in {@code BindStory.a_client_gets_the_resource_it_asks_for}. */
    Selection and(Predicate<String> names) {
        return new Selection(className, method, names, always);
    }

    /** And all tests of these classes. */
    Selection andAll(List<Class<?>> classes) {
        return new Selection(className, method, wanted, classes);
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
        return className.matcher(simpleClassName.toLowerCase(Locale.ROOT)).matches()
                && method.matcher(methodName.toLowerCase(Locale.ROOT)).matches()
                && wanted.test(simpleClassName + '.' + methodName);
    }
}
