package io.escalus4j.stories.reference;

import io.escalus4j.Option;
import io.escalus4j.stories.reference.SourceFile.Call;
import io.escalus4j.stories.reference.SourceFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The reference of what stories may say, as Markdown: options, annotations, verbs, predicates, builders, connections and
 * faults, from the sources of escalus4j in {@code folder}.
 */
public record Reference(Path folder) {
    private static final String HEAD = """
            # Reference

            Made from the code by `bin/escalus reference`; a test fails when it is out of date. How to use all this: [writing stories](writing-stories.md).

            [Options](#options), [annotations](#annotations), [verbs](#verbs), [predicates](#predicates), [builders](#builders),
            [connections](#connections), [accounts](#accounts), [faults](#faults).

            ## Options

            What can be set about stories from outside of their code. An annotation (`@Setting`) or the builder of an `EscalusExtension` gives way to
            `junit-platform.properties`, that to a system property (`-Descalus.timeout=3s`), and that to the environment. A key that nobody knows and a
            value that is not allowed fail the run, with the key and where it stands. A server may have keys of its own: those of ours are in
            `bin/escalus run --help`.

            | Key | In the environment | Standard | Allowed | Meaning |
            |---|---|---|---|---|
            """;
    private static final Predicate<Call> ALL = call -> true;
    private static final Predicate<Call> CHANGES = call -> call.name().matches("with.*|as[A-Z].*|to|at");

    /** @throws IOException if a source cannot be read */
    public String text() throws IOException {
        var text = new StringBuilder(HEAD);
        for (Option option : Option.values()) {
            text.append(row(option));
        }
        annotations(text);
        section(
                text,
                "Verbs",
                "What a story does.",
                ALL,
                named(
                        "Client",
                        "Together",
                        "Scene",
                        "Time",
                        "Component",
                        "Eventually",
                        "control/WhiteBox",
                        "wire/StreamManagement"));
        section(text, "Predicates", "What `expect` takes; each says why not, and none throws.", ALL, matchers());
        section(text, "Builders", "What `send` and `iq` take.", ALL, builders());
        section(
                text,
                "Connections",
                "How a client connects: `scene.connect(\"alice\", to -> to.withMechanism(\"PLAIN\"))`.",
                CHANGES.or(Call::isStatic),
                named("wire/ConnectionSettings", "wire/Steps", "wire/Mechanisms", "wire/Trust"));
        section(
                text,
                "Accounts",
                "Which server, and how accounts come to be on it.",
                CHANGES.or(Call::isStatic),
                named("RemoteServer", "users/Provisioner", "users/HttpCall"));
        section(text, "Faults", "`alice.link()` in words: [faults](faults.md).", ALL, named("wire/Link"));
        return text.toString();
    }

    private static String row(Option option) {
        String standard = option.standard().isEmpty() ? "" : "`" + option.standard() + "`";
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        option.key(),
                        option.key().toUpperCase(Locale.ROOT).replace('.', '_'),
                        standard,
                        option.allowed(),
                        option.meaning());
    }

    // ---- the sources

    private List<Path> named(String... types) {
        return List.of(types).stream()
                .map(type -> folder.resolve(type + ".java"))
                .toList();
    }

    private List<Path> matchers() throws IOException {
        var files = new ArrayList<>(named("match/Matchers", "match/StanzaMatcher", "match/Matcher"));
        files.addAll(ending("match", "[a-z]Matchers.java"));
        return files;
    }

    private List<Path> builders() throws IOException {
        var files = new ArrayList<>(named("stanza/Builders"));
        files.addAll(ending("stanza", "[a-z]Builders.java"));
        files.addAll(named("stanza/Template"));
        return files;
    }

    private List<Path> ending(String below, String ending) throws IOException {
        try (var files = Files.list(folder.resolve(below))) {
            return files.filter(file -> file.toString().matches(".*" + ending))
                    .sorted()
                    .toList();
        }
    }

    // ---- the text

    private void annotations(StringBuilder text) throws IOException {
        text.append("\n## Annotations\n\n| Annotation | Meaning |\n|---|---|\n");
        var files = new ArrayList<>(ending("junit", "/[A-Z]\\w*.java"));
        files.addAll(named("Spec"));
        for (Path file : files) {
            SourceFile source = SourceFile.read(file);
            if (source.kind() == Kind.ANNOTATION) {
                text.append("| `@%s` | %s |\n".formatted(source.name(), Markdown.cell(source.said())));
            }
        }
    }

    private static void section(StringBuilder text, String title, String said, Predicate<Call> wanted, List<Path> files)
            throws IOException {
        text.append("\n## ").append(title).append("\n\n").append(said).append('\n');
        for (Path file : files) {
            SourceFile source = SourceFile.read(file);
            text.append("\n### `%s`\n\n%s\n".formatted(source.name(), source.said()));
            calls(text, source.calls().stream().filter(wanted).toList());
        }
    }

    private static void calls(StringBuilder text, List<Call> calls) {
        String heading = "";
        text.append('\n');
        for (Call call : calls) {
            if (!call.heading().equals(heading)) {
                heading = call.heading();
                text.append("\n*%s*\n\n".formatted(heading));
            }
            text.append("- `%s`%s\n".formatted(call.signature(), call.said().isEmpty() ? "" : ": " + call.said()));
        }
    }
}
