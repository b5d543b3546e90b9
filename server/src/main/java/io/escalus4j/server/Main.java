package io.escalus4j.server;

import io.escalus4j.server.config.ConfigException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The server as a program of its own.
 *
 * <p>Exit codes: 0 after SIGTERM, 2 if an option or the configuration is wrong or a port is taken.
 */
@Command(name = "escalus4j-server", description = "Serves XMPP domains until SIGTERM.", mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    @Mixin
    private ServeOptions options = new ServeOptions();

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((trouble, command, parsed) -> explained(trouble, command));
    }

    /** A user's mistake is a sentence; only a fault of ours has a stack trace. */
    private static int explained(Exception trouble, CommandLine command) throws Exception {
        if (trouble instanceof ConfigException
                || trouble instanceof IllegalArgumentException
                || trouble instanceof UncheckedIOException) {
            command.getErr().println(command.getCommandName() + ": " + trouble.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw trouble;
    }

    @Override
    public Integer call() throws InterruptedException {
        StandaloneServer.serve(options.toOptions(), System.out);
        return CommandLine.ExitCode.OK;
    }
}
