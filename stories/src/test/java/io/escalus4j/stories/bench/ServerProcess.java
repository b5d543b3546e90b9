package io.escalus4j.stories.bench;

import io.escalus4j.load.ProcessCost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that is measured, in a process of its own.
 *
 * @param version as it says itself
 */
record ServerProcess(String version, InetSocketAddress address, long pid, Runnable end) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready domain=\\S+ c2s=(\\S+):(\\d+) .*pid=(\\d+).*");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int PEER_SECONDS = 90;

    ProcessCost cost() {
        return new ProcessCost(pid);
    }

    /**
     * Lets it work for so long.
     *
     * @throws IllegalStateException if it ends meanwhile
     */
    void work(int millis) throws InterruptedException {
        try {
            ProcessHandle.of(pid).orElseThrow().onExit().get(millis, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the server has ended while it was measured");
        } catch (TimeoutException works) {
            return;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void close() {
        end.run();
    }

    // ---- ours

    /** @param options of {@code bin/escalus serve} beyond its ports */
    static ServerProcess ours(String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.escalus4j.server.Main",
                "--domain",
                Room.DOMAIN,
                "--profile",
                "test",
                "--c2s-port",
                "0"));
        // for a look inside, such as a recording of the JVM
        Optional.ofNullable(System.getProperty("escalus.bench.jvm"))
                .filter(given -> !given.isBlank())
                .ifPresent(given -> command.addAll(1, List.of(given.split(" "))));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Matcher ready = ready(process);
        drain(process);
        var address = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
        return new ServerProcess(
                "JDK " + System.getProperty("java.version"),
                address,
                Long.parseLong(ready.group(3)),
                () -> end(process));
    }

    private static Matcher ready(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return ready;
            }
        }
        throw new IOException("our server ended before it was ready");
    }

    private static void drain(Process process) {
        var thread = new Thread(() -> process.inputReader().lines().forEach(line -> {}), "output-of-" + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    // ---- others'

    /** @throws IOException with the reason if it cannot be started here */
    static ServerProcess peer(String name) throws IOException {
        peers("start", name);
        var facts = new Properties();
        try (var reader = Files.newBufferedReader(ROOT.resolve("target/peers/" + name + "/peer.properties"))) {
            facts.load(reader);
        }
        String[] door = facts.getProperty("c2s").split(":");
        return new ServerProcess(
                facts.getProperty("version"),
                new InetSocketAddress(door[0], Integer.parseInt(door[1])),
                Long.parseLong(facts.getProperty("pid")),
                () -> stop(name));
    }

    private static void stop(String name) {
        try {
            peers("stop", name);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private static void peers(String what, String name) throws IOException {
        Path log = Files.createTempFile("peers", ".log");
        var builder = new ProcessBuilder(ROOT.resolve("bin/peers").toString(), what, name)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("ESCALUS_PEERS_FOR", "benchmarks");
        Process process = builder.start();
        try {
            if (!process.waitFor(PEER_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("bin/peers %s %s: %s".formatted(what, name, lastLine(log)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            Files.delete(log);
        }
    }

    private static String lastLine(Path log) throws IOException {
        var lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
