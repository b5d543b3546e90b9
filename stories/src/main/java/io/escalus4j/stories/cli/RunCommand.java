package io.escalus4j.stories.cli;

import io.escalus4j.stories.coverage.ChangedStories;
import io.escalus4j.stories.coverage.Git;
import io.escalus4j.stories.server.Address;
import io.escalus4j.stories.server.Admin;
import io.escalus4j.stories.server.ServerUnderTest;
import io.escalus4j.stories.server.Storage;
import io.escalus4j.wire.Transport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code escalus run}: tells the stories on a server and writes a report. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Tells the stories on a server, in parallel, and writes a report.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all stories passed, failed as expected, or were not applicable",
            "1:a story failed, or passed that was expected to fail",
            "2:wrong option",
            "3:the target cannot be reached",
            "4:more stories than --max-skips were not applicable"
        },
        footer = {
            "",
            "A PATTERN is a part of a class name, or CLASS.METHOD, with * for anything; several by commas:",
            "  --stories roster          every story of RosterStory",
            "  --stories 'roster.*push*' those of them with \"push\" in the name",
            "  --stories '*.*resource*'  every story with \"resource\" in its name",
            "  --stories roster,presence every story of RosterStory and of PresenceStory"
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "embedded",
            description =
                    "embedded (a server in this JVM), standalone (one in a JVM of its own) or HOST:PORT; standard: ${DEFAULT-VALUE}")
    private String target;

    @Option(
            names = "--domain",
            description =
                    "the XMPP domain of a target at HOST:PORT; standard: HOST, or localhost for a loopback address")
    private Optional<String> domain;

    @Option(
            names = "--doors",
            description =
                    "where else a target at HOST:PORT listens: tls=HOST:PORT, http=HOST:PORT (WebSocket and BOSH) and https=HOST:PORT, separated by commas")
    private Optional<String> doors;

    @Option(
            names = "--admin",
            paramLabel = "NAME:PASSWORD",
            description = "who administers a target at HOST:PORT; without it the stories that need one do not apply")
    private Optional<String> admin;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            defaultValue = "memory",
            description =
                    "where a server of ours keeps its data: memory, h2 (a file, deleted afterwards), postgresql (started for the run, unless ESCALUS_POSTGRESQL is the URL of one that runs) or the URL of a PostgreSQL that runs, as in jdbc:postgresql://localhost/stories?user=me&password=secret; standard: ${DEFAULT-VALUE}")
    private String store;

    @Option(
            names = "--stories",
            paramLabel = "PATTERN",
            defaultValue = "*",
            description = "which stories; standard: all")
    private String pattern;

    @Option(
            names = "--changed-since",
            paramLabel = "REVISION",
            description =
                    "only the stories that reach a line which has changed since this revision, and new ones; needs the map of 'escalus coverage'")
    private Optional<String> changedSince;

    @Option(
            names = "--map",
            paramLabel = "FILE",
            defaultValue = CoverageCommand.MAP,
            description = "which story reaches which line, for --changed-since; standard: ${DEFAULT-VALUE}")
    private Path map;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "target/stories",
            description = "where the report goes; standard: ${DEFAULT-VALUE}")
    private Path report;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "how long an expectation waits, for example 2s; standard: 10s")
    private Optional<String> timeout;

    @Mixin
    private RaceOptions races = new RaceOptions();

    @Mixin
    private ProvisionOptions provision = new ProvisionOptions();

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description =
                    "the failures that are expected of the target; auto (the standard for HOST:PORT) takes the file that we have for a server of its name and version, none expects none")
    private Optional<String> expect;

    @Option(
            names = "--max-skips",
            paramLabel = "N",
            description = "how many stories may be not applicable; standard: any number")
    private Optional<Long> maxSkips;

    @Option(
            names = "--transport",
            paramLabel = "WAY",
            description =
                    "the way that clients connect: tcp, starttls, tls, ws, wss, bosh or bosh-tls; standard: the server's own")
    private Optional<String> transport;

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Override
    public Integer call() {
        requireReachable();
        requireReport();
        requireKnownStore();
        requireKnownProvisioning();
        var out = spec.commandLine().getOut();
        Selection wanted = selection();
        if (changedSince.isPresent() && new StoryRun(wanted, settings()).isEmpty()) {
            out.println("no story reaches what has changed");
            return Exit.OK;
        }
        List<Outcome> outcomes = tellings(wanted, out);
        out.printf(
                "%nreport: %s%n", report.resolve("index.html").toAbsolutePath().normalize());
        out.flush();
        return exit(outcomes);
    }

    /** Until one fails: it is the seed of that one that somebody wants to know. */
    private List<Outcome> tellings(Selection wanted, PrintWriter out) {
        var outcomes = new ArrayList<Outcome>();
        for (var telling : races.tellings()) {
            outcomes.add(tell(wanted, telling, out));
            if (!outcomes.get(outcomes.size() - 1).isGreen()) {
                break;
            }
        }
        return outcomes;
    }

    private void write(Outcome outcome) {
        try {
            new RunFiles(report).write(outcome);
            new GitHub(outcome.verdicts())
                    .report(System.getenv(), spec.commandLine().getOut());
        } catch (IOException full) {
            throw new Exit.Because(Exit.USAGE, "the report cannot be written: %s", full.getMessage());
        }
    }

    private Outcome tell(Selection wanted, Map<String, String> telling, PrintWriter out) {
        var settings = settings();
        settings.putAll(telling);
        Outcome outcome = new StoryRun(wanted, settings).tell(this::progress);
        new OutcomeText(outcome).print(out);
        write(outcome);
        if (!outcome.isGreen()) {
            RaceOptions.again(telling, spec.commandLine().getParseResult().originalArgs())
                    .ifPresent(again -> out.printf("%n%s%n", again));
        }
        return outcome;
    }

    private int exit(List<Outcome> outcomes) {
        if (!outcomes.stream().allMatch(Outcome::isGreen)) {
            return Exit.FAILURES;
        }
        long skips = outcomes.stream()
                .mapToLong(outcome -> outcome.count(Verdict.Kind.NOT_APPLICABLE))
                .max()
                .orElse(0);
        if (maxSkips.filter(most -> skips > most).isPresent()) {
            throw new Exit.Because(
                    Exit.THRESHOLD, "%d stories were not applicable, --max-skips allows %d", skips, maxSkips.get());
        }
        return Exit.OK;
    }

    private Selection selection() {
        Selection all = Selection.of(pattern);
        return changedSince
                .map(revision -> all.and(changed(revision)::includes))
                .orElse(all);
    }

    private ChangedStories changed(String revision) {
        try {
            var changed =
                    ChangedStories.since(revision, map, Git.around(Path.of("").toAbsolutePath()));
            changed.why().forEach(line -> spec.commandLine().getErr().printf("escalus: %s%n", line));
            spec.commandLine().getErr().flush();
            return changed;
        } catch (Git.GitException unclear) {
            throw new Exit.Because(Exit.USAGE, "--changed-since: %s", unclear.getMessage());
        }
    }

    private void requireReachable() {
        if (!isOurs() && !address().answers()) {
            throw new Exit.Because(Exit.UNREACHABLE, "nothing answers at %s", target);
        }
    }

    private boolean isOurs() {
        return target.equals("embedded") || target.equals("standalone");
    }

    /** Before the stories are told, not after. */
    private void requireReport() {
        try {
            Files.createDirectories(report);
        } catch (IOException impossible) {
            throw new Exit.Because(Exit.USAGE, "--report %s is no folder and none can be made there", report);
        }
    }

    private void requireKnownStore() {
        try {
            new Storage(store);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage());
        }
    }

    private void requireKnownProvisioning() {
        try {
            provision.check(admin);
            doors.ifPresent(ServerUnderTest::doors);
        } catch (IllegalArgumentException | UncheckedIOException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage());
        }
    }

    private Address address() {
        try {
            return Address.of(target);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage());
        }
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("escalus.report", report.toString());
        settings.put("escalus.history", "always");
        settings.put(ServerUnderTest.TARGET, target);
        settings.put(ServerUnderTest.STORE, store);
        timeout.ifPresent(time -> settings.put("escalus.timeout", time));
        transport.ifPresent(way -> settings.put("escalus.transport", known(way)));
        domain.ifPresent(name -> settings.put(ServerUnderTest.DOMAIN, name));
        doors.ifPresent(where -> settings.put(ServerUnderTest.DOORS, where));
        admin.ifPresent(account -> settings.put(Admin.KEY, account));
        provision.settings(settings);
        settings.put("escalus.expected", expect.orElse(isOurs() ? "" : "auto").replaceFirst("^none$", ""));
        return settings;
    }

    private String known(String way) {
        try {
            return Transport.of(way).key();
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--transport: " + unknown.getMessage());
        }
    }

    /** Progress goes to standard error: standard output is for the result. */
    private Progress progress(int stories) {
        PrintStream err = quiet ? new PrintStream(PrintStream.nullOutputStream()) : System.err;
        return Progress.of(stories, !quiet && System.console() != null, err);
    }
}
