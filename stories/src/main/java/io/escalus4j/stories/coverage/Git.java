package io.escalus4j.stories.coverage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What git says of a working tree. Immutable. */
public record Git(Path root) {
    private static final int SECONDS = 60;

    /** @throws GitException if {@code folder} is in no working tree */
    public static Git around(Path folder) {
        return new Git(
                Path.of(new Git(folder).say("rev-parse", "--show-toplevel").strip()));
    }

    /** What git refuses, in its own words. */
    public static final class GitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GitException(String message) {
            super(message);
        }
    }

    String head() {
        return say("rev-parse", "HEAD").strip();
    }

    /** The full name of a commit; nothing if there is no such commit. */
    Optional<String> commit(String revision) {
        try {
            return Optional.of(say("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                    .strip());
        } catch (GitException unknown) {
            return Optional.empty();
        }
    }

    /** From the revision to the working tree, without any line around the changes. */
    List<FileDiff> diff(String revision) {
        var diffs = new ArrayList<>(FileDiff.parse(say(
                "-c",
                "core.quotepath=off",
                "diff",
                "--no-color",
                "--no-ext-diff",
                "--no-renames",
                "--unified=0",
                revision,
                "--")));
        untracked().forEach(path -> diffs.add(FileDiff.added(path)));
        return diffs;
    }

    private List<String> untracked() {
        return say("-c", "core.quotepath=off", "ls-files", "--others", "--exclude-standard")
                .lines()
                .toList();
    }

    String say(String... words) {
        var command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(words));
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            git.getOutputStream().close();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!git.waitFor(SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                throw new GitException("git did not answer within %d s".formatted(SECONDS));
            }
            if (git.exitValue() != 0) {
                throw new GitException("git %s: %s".formatted(String.join(" ", words), said.strip()));
            }
            return said;
        } catch (IOException missing) {
            throw new GitException("git cannot be run: " + missing.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GitException("interrupted while git runs");
        }
    }
}
