package io.escalus4j.junit;

import io.escalus4j.ExpectedFailures;
import io.escalus4j.ServerFeatures;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where and how the stories of one test, or of one class, are told. Immutable. */
record Told(ExtensionContext context, Settings settings, Lease lease, Run run) {

    static Told of(ExtensionContext context) {
        var servers = new Servers(context);
        Settings settings = new JUnitSettings(context, servers.keys()).read();
        Run run = new Stores(context).run(() -> new Run(settings));
        return new Told(context, settings, servers.lease(settings), run);
    }

    ServerHandle server() {
        return lease.server();
    }

    /** Asked once for each server. */
    ServerFeatures features() {
        return lease.features(settings);
    }

    ExpectedFailures expectedFailures() {
        return lease.expectedFailures(settings);
    }

    /** The same on a server that is this story's alone. */
    Told alone() {
        ServerHandle own = server().alone().orElseThrow().get();
        return new Told(context, settings, new Lease(() -> own), run);
    }

    /** A stage for this test: its stories are called after it and lie in the folder of its class. */
    Stage stage() {
        return Stage.on(server(), settings).named(story()).withDiagrams(run.diagrams(), group());
    }

    String story() {
        String name = context.getTestMethod().map(method -> method.getName()).orElse(group());
        return isOneOfMany() ? name + '_' + context.getDisplayName().replaceAll("[^A-Za-z0-9-]+", "_") : name;
    }

    /** Whether the same method is told again with other arguments, or over another way to the server. */
    private boolean isOneOfMany() {
        return context.getUniqueId().contains("[test-template-invocation:");
    }

    /** {@code ChatStory}, or {@code ChatStory.Offline} for a nested class. */
    String group() {
        Class<?> type = context.getRequiredTestClass();
        String nested = type.getName().substring(type.getPackageName().length());
        return nested.replaceFirst("^\\.", "").replace('$', '.');
    }
}
