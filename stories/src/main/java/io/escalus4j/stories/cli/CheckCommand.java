package io.escalus4j.stories.cli;

import io.escalus4j.server.Maintenance;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code escalus check}: whether a server could start. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Looks whether a server could start.")
final class CheckCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "config",
            mixinStandardHelpOptions = true,
            description = "Checks the settings and the certificate, and connects to the database; changes nothing.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:a server could start so",
                "2:a setting is wrong, or the database is newer than this program",
                "3:the database cannot be reached"
            })
    int config(@Mixin StorageOptions options) throws Exception {
        return Explained.run(() -> {
            Maintenance.check(options.toOptions(), Instant.now())
                    .forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return Exit.OK;
        });
    }
}
