package io.escalus4j.stories.cli;

import io.escalus4j.server.ServeOptions;
import io.escalus4j.server.StandaloneServer;
import io.escalus4j.server.config.ConfigException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code escalus serve}: serves XMPP domains until SIGTERM. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves XMPP domains until SIGTERM; prints one line when it listens.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ended by SIGTERM", "2:wrong option or configuration, or a port that is taken"})
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ServeOptions options = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
        try {
            StandaloneServer.serve(options.toOptions(), System.out);
            return Exit.OK;
        } catch (ConfigException | IllegalArgumentException | UncheckedIOException mistake) {
            throw new Exit.Because(Exit.USAGE, "%s", mistake.getMessage());
        }
    }
}
