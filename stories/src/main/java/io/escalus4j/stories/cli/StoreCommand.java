package io.escalus4j.stories.cli;

import io.escalus4j.server.config.ConfigFile;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.store.sql.StoreCopy;
import io.escalus4j.server.xep.Catalog;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code escalus store}: moves a server's data. */
@Command(name = "store", mixinStandardHelpOptions = true, description = "Moves a server's data.")
final class StoreCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "copy",
            mixinStandardHelpOptions = true,
            description =
                    "Copies all data to a database that has none, all or nothing. No server may use either meanwhile.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:all is copied",
                "2:wrong option, no such source, or a target that has data",
                "3:a database cannot be used; nothing was copied"
            },
            footer = {
                "",
                "WHERE is the directory of an H2 file (./data), a URL (jdbc:postgresql://host/db?user=me&password=secret),",
                "or a configuration file with a [store] table, which keeps the password out of the list of processes."
            })
    int copy(
            @Option(names = "--from", paramLabel = "WHERE", required = true, description = "the source") String from,
            @Option(names = "--to", paramLabel = "WHERE", required = true, description = "the target") String to)
            throws Exception {
        return Explained.run(() -> {
            var err = spec.commandLine().getErr();
            long rows = StoreCopy.run(where(from), where(to), line -> {
                err.println(line);
                err.flush();
            });
            spec.commandLine().getOut().printf("copied %d rows%n", rows);
            spec.commandLine().getOut().flush();
            return Exit.OK;
        });
    }

    private static StoreConfig where(String text) {
        if (text.startsWith("jdbc:")) {
            return StoreConfig.STANDARD.at(text);
        }
        if (!text.endsWith(".toml")) {
            return StoreConfig.STANDARD.at(SqlStores.fileIn(Path.of(text)));
        }
        var store = ConfigFile.read(Path.of(text), Optional.empty(), Catalog::standards)
                .store();
        if (store.url().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no store.url, it must have one here (docs/configuration.md)".formatted(text));
        }
        return store;
    }
}
