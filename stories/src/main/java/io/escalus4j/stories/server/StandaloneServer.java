package io.escalus4j.stories.server;

import io.escalus4j.ComponentDoor;
import io.escalus4j.RemoteServer;
import io.escalus4j.ServerHandle;
import io.escalus4j.control.Insight;
import io.escalus4j.users.Provisioner;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server in a JVM of its own, as {@code bin/escalus serve} starts it: stories reach it over the network alone. It is
 * ended by SIGTERM, so that it can say goodbye and write down its coverage.
 */
final class StandaloneServer implements ServerHandle {
    private static final Pattern CONTROL = Pattern.compile("control address=(\\S+:\\d+) token=(\\S+)");
    private static final Pattern READY =
            Pattern.compile("ready domain=\\S+ c2s=(\\S+:\\d+) tls=(\\S+:\\d+) http=(\\S+:\\d+) https=(\\S+:\\d+)"
                    + " component=(\\S+:\\d+) .*");
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 20;
    private static final String DOMAIN = "localhost";

    private final Process process;
    private final RemoteServer server;
    private final Path folder;
    private final Address components;
    private final Insight inside;

    /** What it prints when it starts. */
    private record Doors(RemoteServer server, Address components, Address control, String token) {}

    private StandaloneServer(Process process, RemoteServer server, Path folder, Address components, Insight inside) {
        this.process = process;
        this.server = server;
        this.folder = folder;
        this.components = components;
        this.inside = inside;
    }

    /** @param options for its JVM, separated by blanks */
    static StandaloneServer start(String options, Storage storage) throws IOException {
        Path folder = Storage.freshFolder();
        Process process = new ProcessBuilder(command(options, storing(storage, folder)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Doors doors = doors(process);
            return new StandaloneServer(
                    process,
                    doors.server(),
                    folder,
                    doors.components(),
                    Insight.of(new HttpControl(doors.control(), doors.token())));
        } catch (IOException | RuntimeException notReady) {
            process.destroyForcibly();
            Storage.delete(folder);
            throw notReady;
        }
    }

    private static RemoteServer server(Matcher ready) {
        return RemoteServer.at(DOMAIN, Address.of(ready.group(1)).socket())
                .withDoors(new RemoteServer.Doors(socket(ready, 2), socket(ready, 3), socket(ready, 4)))
                .withTrust(Trust.insecure());
    }

    private static Optional<InetSocketAddress> socket(Matcher ready, int group) {
        return Optional.of(Address.of(ready.group(group)).socket());
    }

    /** What no option says is in a file. */
    private static List<String> storing(Storage storage, Path folder) throws IOException {
        var options =
                new ArrayList<>(List.of("--config", config(storage, folder).toString(), "--component-port", "0"));
        if (storage.isMemory()) {
            options.add("--memory");
        } else if (!storage.isPostgresql()) {
            options.addAll(List.of("--data", folder.toString()));
        }
        return options;
    }

    private static Path config(Storage storage, Path folder) throws IOException {
        String clients = "[tls]\nclients = '%s'\n".formatted(ClientAuthority.pemIn(folder));
        String components = "[[modules.components.accept]]\ndomain = '*.%s'\nsecret = '%s'\n"
                .formatted(EmbeddedServer.COMPONENT_DOMAINS, EmbeddedServer.COMPONENT_SECRET);
        String store = storage.isPostgresql() ? "[store]\nurl = '%s'\n".formatted(storage.name()) : "";
        return Files.writeString(folder.resolve("escalus.toml"), clients + components + store);
    }

    private static List<String> command(String options, List<String> storing) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Pattern.compile("\\s+")
                .splitAsStream(options)
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.escalus4j.server.Main"));
        command.addAll(List.of("--domain", DOMAIN, "--profile", "test"));
        List.of("--c2s-port", "--tls-port", "--http-port", "--https-port", "--control-port")
                .forEach(port -> command.addAll(List.of(port, "0")));
        command.addAll(storing);
        command.addAll(List.of("--admin", Admin.OURS.name() + '@' + DOMAIN + ':' + Admin.OURS.password()));
        return command;
    }

    /** The addresses in the lines that say that it listens; what it prints after that is nobody's concern, but must be read. */
    private static Doors doors(Process process) throws IOException {
        var ready = new CompletableFuture<Doors>();
        var reader = new Thread(() -> drain(process.inputReader(), ready), "standalone-server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notReady) {
            throw new IOException(
                    "the stand-alone server was not ready within %d s".formatted(START_SECONDS), notReady);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the stand-alone server starts", interrupted);
        }
    }

    private static void drain(BufferedReader output, CompletableFuture<Doors> ready) {
        try (output) {
            Optional<Matcher> control = Optional.empty();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                control = Optional.of(CONTROL.matcher(line))
                        .filter(Matcher::matches)
                        .or(keeping(control));
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    Matcher door = control.orElseThrow(() -> new IOException("it said nothing of a control port"));
                    ready.complete(new Doors(
                            server(matcher), Address.of(matcher.group(5)), Address.of(door.group(1)), door.group(2)));
                }
            }
            ready.completeExceptionally(new IOException("it ended before it was ready"));
        } catch (IOException | UncheckedIOException broken) {
            ready.completeExceptionally(broken);
        }
    }

    private static <T> Supplier<Optional<T>> keeping(Optional<T> known) {
        return () -> known;
    }

    @Override
    public String domain() {
        return server.domain();
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public Optional<InetSocketAddress> directTls() {
        return server.directTls();
    }

    @Override
    public Optional<InetSocketAddress> http() {
        return server.http();
    }

    @Override
    public Optional<InetSocketAddress> https() {
        return server.https();
    }

    @Override
    public Trust trust() {
        return server.trust();
    }

    @Override
    public Optional<ComponentDoor> components() {
        return Optional.of(new ComponentDoor(
                components.socket(), EmbeddedServer.COMPONENT_DOMAINS, EmbeddedServer.COMPONENT_SECRET));
    }

    @Override
    public Optional<Insight> insight() {
        return Optional.of(inside);
    }

    /** It allows this without TLS, over loopback: three handshakes for each user would cost more than the stories. */
    @Override
    public Provisioner provisioner() {
        return Provisioner.inBand(server.connection().withTls(Tls.OFF));
    }

    /** Asks it to end and waits for that; one that does not is killed, which is a failure. */
    @Override
    public void close() {
        try {
            end();
        } finally {
            Storage.delete(folder);
        }
    }

    private void end() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                requireGoodEnd(process.exitValue());
                return;
            }
            process.destroyForcibly();
            throw new IllegalStateException(
                    "the stand-alone server did not end within %d s of SIGTERM".formatted(STOP_SECONDS));
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void requireGoodEnd(int exit) {
        if (exit != 0) {
            throw new IllegalStateException(
                    "the stand-alone server ended with %d, SIGTERM should end it with 0".formatted(exit));
        }
    }
}
