package io.escalus4j.stories.cli;

import io.escalus4j.stories.server.Admin;
import io.escalus4j.stories.server.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code escalus servers}: tells the same stories on several servers and writes the table of both. */
@Command(
        name = "servers",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the same stories on our server, embedded and stand-alone, and on Debian's ejabberd and Prosody,",
            "which bin/peers starts and stops, and writes the table of stories and servers."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no story failed unexpectedly anywhere",
            "1:a story failed, or passed that was expected to fail",
            "2:wrong option",
            "3:a server could not be started"
        })
final class ServersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--on",
            paramLabel = "SERVER",
            split = ",",
            defaultValue = "embedded,standalone,ejabberd,prosody",
            description = "which servers: embedded, standalone, ejabberd, prosody; standard: ${DEFAULT-VALUE}")
    private List<String> servers;

    @Option(
            names = "--stories",
            paramLabel = "PATTERN",
            defaultValue = "*",
            description = "which stories; standard: all")
    private String pattern;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "how long an expectation waits; standard: ${DEFAULT-VALUE}")
    private String timeout;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            defaultValue = "docs/servers.md",
            description = "where the table goes; standard: ${DEFAULT-VALUE}")
    private Path page;

    @Override
    public Integer call() throws IOException {
        var columns = new ArrayList<ServersPage.Column>();
        for (String server : servers) {
            columns.add(column(server));
        }
        Files.writeString(page, new ServersPage(columns).text());
        spec.commandLine().getOut().printf("%npage: %s%n", page.toAbsolutePath().normalize());
        spec.commandLine().getOut().flush();
        return columns.stream().allMatch(column -> column.outcome().isGreen()) ? Exit.OK : Exit.FAILURES;
    }

    private ServersPage.Column column(String server) {
        return switch (server) {
            case "embedded", "standalone" ->
                new ServersPage.Column(
                        server.equals("embedded") ? "ours, embedded" : "ours, stand-alone", tell(server, Map.of()));
            case "ejabberd", "prosody" -> peer(server);
            default ->
                throw new Exit.Because(
                        Exit.USAGE, "server '%s' is unknown, we allow embedded, standalone, ejabberd, prosody", server);
        };
    }

    private ServersPage.Column peer(String name) {
        try (Peer peer = Peer.start(name)) {
            Outcome outcome = tell(
                    peer.facts().get("c2s"),
                    Map.of(
                            ServerUnderTest.DOMAIN,
                            peer.facts().get("domain"),
                            Admin.KEY,
                            peer.facts().get("admin"),
                            ServerUnderTest.DOORS,
                            doors(name, peer.facts()),
                            "escalus.expected",
                            "auto"));
            return new ServersPage.Column(name + ' ' + peer.facts().get("version"), outcome);
        }
    }

    /** ejabberd 23.01 loses requests of BOSH whose order changes on their two ways: it is not told over HTTP. */
    private static String doors(String name, Map<String, String> facts) {
        String tls = "tls=" + facts.get("tls");
        return name.equals("ejabberd") ? tls : tls + ",http=" + facts.get("http");
    }

    private Outcome tell(String target, Map<String, String> more) {
        var settings = new LinkedHashMap<>(Map.of(
                "escalus.report",
                "target/servers/" + target.replace(':', '-'),
                "escalus.timeout",
                timeout,
                ServerUnderTest.TARGET,
                target));
        settings.putAll(more);
        PrintStream err = System.err;
        Outcome outcome = new StoryRun(Selection.of(pattern), settings)
                .tell(stories -> Progress.of(stories, System.console() != null, err));
        spec.commandLine().getOut().printf("%n=== %s%n", target);
        new OutcomeText(outcome).print(spec.commandLine().getOut());
        return outcome;
    }
}
