package io.escalus4j.stories.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * {@code bin/escalus}: runs the stories, serves a domain.
 *
 * <p>Exit codes: {@link Exit}. Standard output carries results, standard error everything else.
 */
@Command(
        name = "escalus",
        description = "Acceptance stories for XMPP servers, and a server to tell them to.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            CoverageCommand.class,
            ServeCommand.class,
            ServersCommand.class,
            UserCommand.class,
            StoreCommand.class,
            CheckCommand.class,
            SpecCommand.class,
            ReferenceCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExitCodeExceptionMapper(
                        thrown -> thrown instanceof Exit.Because because ? because.code() : Exit.USAGE)
                .setExecutionExceptionHandler(sayWhy())
                .setParameterExceptionHandler(Main::sayWhatIsWrong)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** A user's mistake is a sentence; only a fault of ours has a stack trace. */
    private static IExecutionExceptionHandler sayWhy() {
        return (thrown, command, parsed) -> {
            if (!(thrown instanceof Exit.Because because)) {
                throw thrown;
            }
            command.getErr().println("escalus: " + because.getMessage());
            return because.code();
        };
    }

    private static int sayWhatIsWrong(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        command.getErr()
                .printf(
                        "escalus: %s, '%s --help' says more%n",
                        mistake.getMessage(), command.getCommandSpec().qualifiedName());
        return Exit.USAGE;
    }

    /** The version that the build has written into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"escalus4j " + (version == null ? "from source" : version)};
        }
    }
}
