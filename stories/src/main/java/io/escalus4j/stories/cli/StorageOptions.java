package io.escalus4j.stories.cli;

import io.escalus4j.server.StandaloneServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server's data a command is about: the options of {@code serve} that say so. */
final class StorageOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE.toml",
            description = "The server's settings (docs/configuration.md).")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where its H2 file is; ./data if neither this nor the file says where.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "A domain that it serves; localhost if nothing is said.")
    private List<String> domains = new ArrayList<>();

    StandaloneServer.Options toOptions() {
        return StandaloneServer.Options.at(config, domains, data);
    }
}
