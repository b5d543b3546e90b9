package io.escalus4j.stories.cli;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Finds the stories that are wanted and has JUnit tell them, several at a time. */
final class StoryRun {
    private static final String STORIES = "io.escalus4j.stories";

    private final Selection selection;
    private final Map<String, String> settings;
    private final List<Class<?>> others;

    /** @param settings for example {@code escalus.report} */
    StoryRun(Selection selection, Map<String, String> settings) {
        this(selection, settings, List.of());
    }

    private StoryRun(Selection selection, Map<String, String> settings, List<Class<?>> others) {
        this.selection = selection;
        this.settings = settings;
        this.others = others;
    }

    /** Tests that are no stories, to be run with them. */
    StoryRun with(Class<?>... tests) {
        return new StoryRun(selection, settings, List.of(tests));
    }

    private LauncherDiscoveryRequest request() {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(STORIES))
                .selectors(others.stream().map(DiscoverySelectors::selectClass).toList())
                .filters(includeClassNamePatterns(names()), selection.andAll(others))
                .configurationParameters(settings)
                .configurationParameters(openTestReport())
                .build();
    }

    /** JUnit's own report, {@code open-test-report.xml}, beside ours (Open Test Reporting). */
    private Map<String, String> openTestReport() {
        return settings.containsKey("escalus.report")
                ? Map.of(
                        "junit.platform.reporting.open.xml.enabled",
                        "true",
                        "junit.platform.reporting.output.dir",
                        settings.get("escalus.report"))
                : Map.of();
    }

    private String[] names() {
        return Stream.concat(Stream.of(".*Story"), others.stream().map(type -> Pattern.quote(type.getName())))
                .toArray(String[]::new);
    }

    /** The methods of all stories there are. */
    static Stream<Method> allStories() {
        try (var session = LauncherFactory.openSession()) {
            var all = new StoryRun(Selection.of("*"), Map.of());
            return StoryMethods.of(session.getLauncher().discover(all.request()));
        }
    }

    /** Whether there is nothing to tell. */
    boolean isEmpty() {
        try (var session = LauncherFactory.openSession()) {
            return session.getLauncher().discover(request()).countTestIdentifiers(StoryMethods::isStory) == 0;
        }
    }

    /** @param progress makes what is shown meanwhile, told how many stories there are */
    Outcome tell(IntFunction<Progress> progress, TestExecutionListener... listeners) {
        try (var session = LauncherFactory.openSession()) {
            var launcher = session.getLauncher();
            TestPlan plan = launcher.discover(request());
            int stories = (int) plan.countTestIdentifiers(StoryMethods::isStory);
            if (stories == 0) {
                throw new Exit.Because(
                        Exit.USAGE, "no story has such a name, 'escalus run --help' says how to name some");
            }
            try (var shown = progress.apply(stories)) {
                var outcome = new Outcome(shown);
                launcher.registerTestExecutionListeners(outcome);
                launcher.execute(plan, listeners);
                return outcome;
            }
        }
    }
}
