package io.escalus4j.stories.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody else's server, started by {@code bin/peers} and stopped again, unless it ran before.
 *
 * @param facts what {@code bin/peers} says of it: {@code name}, {@code version}, {@code c2s}, {@code admin} and so on
 */
record Peer(String name, Map<String, String> facts, boolean ranBefore) implements AutoCloseable {
    private static final Path SCRIPT = Path.of("bin", "peers");
    private static final int MINUTES = 10;

    /** @throws Exit.Because if it cannot be started */
    static Peer start(String name) {
        if (!Files.isExecutable(SCRIPT)) {
            throw new Exit.Because(Exit.USAGE, "there is no bin/peers here, start this in a checkout of escalus4j");
        }
        Said running = say("status", name);
        Said started = running.exit() == 0 ? running : say("start", name);
        if (started.exit() != 0) {
            throw new Exit.Because(Exit.UNREACHABLE, "bin/peers start %s ended with %d", name, started.exit());
        }
        return new Peer(name, facts(started.output()), running.exit() == 0);
    }

    /** The last line is {@code key=value key=value}. */
    private static Map<String, String> facts(String output) {
        String last = output.lines().reduce("", (before, line) -> line);
        return Stream.of(last.strip().split(" "))
                .map(fact -> fact.split("=", 2))
                .filter(fact -> fact.length == 2)
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
    }

    private record Said(int exit, String output) {}

    private static Said say(String verb, String name) {
        try {
            Path output = Files.createTempFile("peers", ".txt");
            Process process = new ProcessBuilder(SCRIPT.toString(), verb, name)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            return new Said(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Exit.Because(Exit.UNREACHABLE, "bin/peers %s %s: %s", verb, name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Exit.Because(Exit.UNREACHABLE, "interrupted");
        }
    }

    @Override
    public void close() {
        if (!ranBefore) {
            say("stop", name);
        }
    }
}
