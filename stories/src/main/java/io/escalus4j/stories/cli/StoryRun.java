package io.escalus4j.stories.cli;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Finds the stories that are wanted and has JUnit tell them, several at a time. */
final class StoryRun {
    private static final String STORIES = "io.escalus4j.stories";

    private final LauncherDiscoveryRequest request;

    /** @param settings for example {@code escalus.report} */
    StoryRun(Selection selection, Map<String, String> settings) {
        this.request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(STORIES))
                .filters(includeClassNamePatterns(".*Story"), selection)
                .configurationParameters(settings)
                .build();
    }

    /** The methods of all stories there are. */
    static Stream<Method> allStories() {
        try (var session = LauncherFactory.openSession()) {
            var all = new StoryRun(Selection.of("*"), Map.of());
            return StoryMethods.of(session.getLauncher().discover(all.request));
        }
    }

    /** @param progress makes what is shown meanwhile, told how many stories there are */
    Outcome tell(IntFunction<Progress> progress) {
        try (var session = LauncherFactory.openSession()) {
            var launcher = session.getLauncher();
            TestPlan plan = launcher.discover(request);
            int stories = (int) plan.countTestIdentifiers(TestIdentifier::isTest);
            if (stories == 0) {
                throw new Exit.Because(
                        Exit.USAGE, "no story has such a name, 'escalus run --help' says how to name some");
            }
            try (var shown = progress.apply(stories)) {
                var outcome = new Outcome(shown);
                launcher.execute(plan, outcome);
                return outcome;
            }
        }
    }
}
