package io.escalus4j.stories;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium of this machine without a window, each time with a profile of its own, in {@code folder}. */
record Browser(Path program, Path folder) {
    private static final int SECONDS = 90;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--virtual-time-budget=5000");

    /** Empty if there is none on the path. */
    static Optional<Browser> find(Path folder) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Browser(program, folder));
    }

    /** The page as it is when its scripts have run. */
    String dom(String page) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "dom", ".html");
        run(output, "--dump-dom", page);
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    void screenshot(String page, int width, int height, Path picture) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "screenshot", ".txt");
        run(output, "--window-size=%d,%d".formatted(width, height), "--screenshot=" + picture.toAbsolutePath(), page);
    }

    private void run(Path output, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(FLAGS);
        command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("%s was not done within %d s".formatted(program, SECONDS));
        }
        if (process.exitValue() != 0) {
            throw new IOException("%s ended with %d".formatted(program, process.exitValue()));
        }
    }
}
