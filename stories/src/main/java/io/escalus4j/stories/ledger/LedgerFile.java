package io.escalus4j.stories.ledger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.escalus4j.stories.ledger.Requirement.Excuse;
import io.escalus4j.stories.ledger.Requirement.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one file of the ledger, and is strict: a misspelt key would hide a demand. */
final class LedgerFile {
    private static final Set<String> HEAD = Set.of("document", "title", "version", "reasons");
    private static final Set<String> KEYS = Set.of("of", "must", "must-not", "waived", "untestable");

    private final Path file;
    private final JsonNode root;
    private final String document;

    private LedgerFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
        this.document = text(root, "document");
    }

    static Document read(Path file) {
        try {
            return new LedgerFile(file, new TomlMapper().readTree(Files.readString(file))).document();
        } catch (JacksonException mistake) {
            var at = mistake.getLocation();
            throw new IllegalArgumentException(
                    "%s:%d: %s".formatted(file, at == null ? 0 : at.getLineNr(), mistake.getOriginalMessage()),
                    mistake);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private Document document() {
        var requirements = new ArrayList<Requirement>();
        root.properties().stream()
                .filter(entry -> !HEAD.contains(entry.getKey()))
                .forEach(entry -> requirements.addAll(section(entry.getKey(), entry.getValue())));
        return new Document(document, text(root, "title"), text(root, "version"), requirements);
    }

    private List<Requirement> section(String number, JsonNode section) {
        String title = text(section, "title");
        return section.properties().stream()
                .filter(entry -> !entry.getKey().equals("title"))
                .map(entry -> requirement(number, title, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A proposal without a number is called by its title. */
    private String prefix() {
        String digits = document.replaceAll("\\D", "");
        return digits.isEmpty() ? Document.slug(document) : digits;
    }

    private Requirement requirement(String section, String title, String number, JsonNode line) {
        String id = "%s-%s-%s".formatted(prefix(), section, number);
        require(number.matches("[1-9][0-9]*"), "'%s' in section %s is no number of a line", number, section);
        line.fieldNames().forEachRemaining(key -> require(KEYS.contains(key), "%s has an unknown key '%s'", id, key));
        require(line.has("must") != line.has("must-not"), "%s needs one of must and must-not", id);
        boolean forbids = line.has("must-not");
        return new Requirement(
                id,
                section,
                title,
                party(id, line),
                forbids,
                text(line, forbids ? "must-not" : "must"),
                excuse(id, line));
    }

    private Party party(String id, JsonNode line) {
        String name = line.path("of").asText("server");
        return Arrays.stream(Party.values())
                .filter(party -> party.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> mistake("%s binds '%s', it must be one of server, client, both, other", id, name));
    }

    private Optional<Excuse> excuse(String id, JsonNode line) {
        require(!(line.has("waived") && line.has("untestable")), "%s is waived and untestable, it must be one", id);
        if (line.has("waived")) {
            return Optional.of(new Excuse(Excuse.Kind.WAIVED, reason(line, "waived")));
        }
        return line.has("untestable")
                ? Optional.of(new Excuse(Excuse.Kind.UNTESTABLE, reason(line, "untestable")))
                : Optional.empty();
    }

    /** A word from the table of reasons, or a reason of its own. */
    private String reason(JsonNode line, String key) {
        String word = text(line, key);
        return root.path("reasons").path(word).asText(word);
    }

    private String text(JsonNode node, String key) {
        String text = node.path(key).asText("");
        require(!text.isBlank(), "'%s' is missing", key);
        return text;
    }

    private void require(boolean right, String words, Object... details) {
        if (!right) {
            throw mistake(words, details);
        }
    }

    private IllegalArgumentException mistake(String words, Object... details) {
        return new IllegalArgumentException(file + ": " + words.formatted(details));
    }
}
