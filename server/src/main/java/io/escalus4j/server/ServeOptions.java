package io.escalus4j.server;

import io.escalus4j.server.config.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a stand-alone server, for any command that is one: picocli's {@code @Mixin}. */
public final class ServeOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE.toml",
            description = "Settings (docs/configuration.md); the options below count more.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "A domain to serve, may be given several times; localhost if there is none.")
    private List<String> domains = new ArrayList<>();

    @Option(
            names = "--c2s-port",
            paramLabel = "PORT",
            description = "Where clients connect, 5222 if nothing is said; 0: any free port.")
    private Optional<Integer> c2sPort = Optional.empty();

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            description = "Where clients connect with TLS first (XEP-0368); 0: any free port.")
    private Optional<Integer> tlsPort = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Where WebSocket and BOSH are spoken without TLS, for the test profile; 0: any free port.")
    private Optional<Integer> httpPort = Optional.empty();

    @Option(
            names = "--https-port",
            paramLabel = "PORT",
            description = "Where WebSocket (/ws) and BOSH (/http-bind) are spoken over TLS; 0: any free port.")
    private Optional<Integer> httpsPort = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to keep everything, in an H2 file; ./data if neither this nor the file says where.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--memory", description = "Keep everything in memory: it is gone when the server ends.")
    private boolean memory;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "production, or test: passwords and registration without TLS.")
    private Optional<Profile> profile = Optional.empty();

    @Option(
            names = "--admin",
            paramLabel = "JID:PASSWORD",
            description = "An account that may administer the server; it is made if it is missing.")
    private List<String> admins = new ArrayList<>();

    @Option(
            names = "--component-port",
            paramLabel = "PORT",
            description = "Where components connect (XEP-0114), by convention 5347; 0: any free port."
                    + " Which may and what they must know is in the file.")
    private Optional<Integer> componentPort = Optional.empty();

    @Option(
            names = "--control-port",
            paramLabel = "PORT",
            description = "Where tests look inside, on the loopback address (docs/control-api.md); 0: any free port."
                    + " In the test profile only.")
    private Optional<Integer> controlPort = Optional.empty();

    public StandaloneServer.Options toOptions() {
        return new StandaloneServer.Options(
                config,
                domains,
                c2sPort,
                tlsPort,
                httpPort,
                httpsPort,
                data,
                memory,
                profile,
                admins,
                controlPort,
                componentPort);
    }
}
