package io.escalus4j.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs classes of stories by the test kit of JUnit. */
abstract class ExtensionFixture {
    /** What the samples want to tell us, each under its own key. */
    static final Set<Object> SEEN = ConcurrentHashMap.newKeySet();

    @TempDir
    Path reports;

    /** With patience: nothing here is about time. */
    EngineTestKit.Builder kit(Class<?> type) {
        return bare(type).configurationParameter("escalus.timeout", "20s");
    }

    EngineTestKit.Builder bare(Class<?> type) {
        SEEN.clear();
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .configurationParameter("escalus.report", reports.toString());
    }

    EngineExecutionResults run(Class<?> type) {
        return kit(type).execute();
    }

    static void passes(EngineExecutionResults results, int tests) {
        results.testEvents().assertStatistics(stats -> stats.started(tests).succeeded(tests));
        results.containerEvents().assertStatistics(stats -> stats.failed(0));
    }

    static void fails(Events events, String... words) {
        events.failed().assertThatEvents().hasSizeGreaterThan(0);
        for (String word : words) {
            events.assertThatEvents()
                    .haveAtLeast(1, event(test(), finishedWithFailure(message(text -> text.contains(word)))));
        }
    }
}
