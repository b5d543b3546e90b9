package io.escalus4j.stories.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the specifications demand that the server claims to follow: one file for each in {@code docs/ledger}, whose format
 * {@code docs/ledger/README.md} tells. Immutable.
 */
public record Ledger(List<Document> documents) {
    public Ledger {
        documents = List.copyOf(documents);
    }

    /** Reads all files {@code *.toml} of a folder; RFCs come first. */
    public static Ledger read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            var documents = files.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .map(LedgerFile::read)
                    .sorted(Comparator.comparing(
                                    (Document document) -> !document.name().startsWith("RFC"))
                            .thenComparing(Document::name))
                    .toList();
            return new Ledger(documents);
        }
    }

    public Stream<Requirement> requirements() {
        return documents.stream().flatMap(document -> document.requirements().stream());
    }

    Set<String> ids() {
        return requirements().map(Requirement::id).collect(Collectors.toSet());
    }
}
