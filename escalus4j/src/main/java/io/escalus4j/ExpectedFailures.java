package io.escalus4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The stories that a server of one version fails, in a file that is kept with the stories. Each line names one:
 *
 * <pre>{@code
 * # Story | section | reason | link
 * RosterStory.a_contact_is_removed | RFC 6121 section 2.5 | no push is sent | https://github.com/…/issues/1
 * }</pre>
 *
 * <p>An expected failure is no failure, and one that passes is: the file cannot grow stale. Immutable.
 */
public final class ExpectedFailures {
    public static final ExpectedFailures NONE = new ExpectedFailures(Map.of());
    /** The value of {@code escalus.expected} that means the file of the server's name and version. */
    public static final String AUTO = "auto";

    private final Map<String, ExpectedFailure> failures;

    private ExpectedFailures(Map<String, ExpectedFailure> failures) {
        this.failures = failures;
    }

    /** Those that the settings mean for this server; none if it has no file. */
    public static ExpectedFailures of(Settings settings, ServerFeatures.Software software) {
        String where = settings.expected();
        if (where.isEmpty()) {
            return NONE;
        }
        return where.equals(AUTO) ? known(software) : read(Path.of(where));
    }

    private static ExpectedFailures read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the expected failures cannot be read from %s".formatted(file), e);
        }
    }

    /** {@code expected-failures/ejabberd-23.01.txt} on the class path; what a distribution appends does not count. */
    public static String resource(ServerFeatures.Software software) {
        String version = software.version().replaceFirst("[-+~ ].*", "");
        return "expected-failures/%s-%s.txt".formatted(software.name().toLowerCase(Locale.ROOT), version);
    }

    private static ExpectedFailures known(ServerFeatures.Software software) {
        String name = resource(software);
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return in == null ? NONE : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /**
     * @param where what the source is called in errors
     * @throws IllegalArgumentException if a line does not have the four parts, or a story stands there twice
     */
    public static ExpectedFailures parse(String text, String where) {
        var failures = new LinkedHashMap<String, ExpectedFailure>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            ExpectedFailure failure = failure(line, where, number);
            if (failures.put(failure.story(), failure) != null) {
                throw wrong(where, number, "'%s' stands there twice".formatted(failure.story()));
            }
        }
        return new ExpectedFailures(failures);
    }

    private static ExpectedFailure failure(String line, String where, int number) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 4) {
            throw wrong(where, number, "'%s' has %d parts".formatted(line.strip(), parts.length));
        }
        try {
            return new ExpectedFailure(parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip());
        } catch (IllegalArgumentException e) {
            throw wrong(where, number, e.getMessage());
        }
    }

    private static IllegalArgumentException wrong(String where, int line, String what) {
        return new IllegalArgumentException(
                "%s line %d: %s, we allow 'Story.name | section | reason | link'".formatted(where, line, what));
    }

    /** @param story {@code RosterStory.a_contact_is_removed} */
    public Optional<ExpectedFailure> of(String story) {
        return Optional.ofNullable(failures.get(story));
    }

    public Collection<ExpectedFailure> all() {
        return failures.values();
    }
}
