package io.escalus4j.stories.ledger;

import java.util.List;
import java.util.Locale;

/**
 * The page of the ledger for one specification.
 *
 * @param name {@code RFC 6120} or {@code XEP-0198}
 * @param version of the text that was read
 */
public record Document(String name, String title, String version, List<Requirement> requirements) {
    public Document {
        requirements = List.copyOf(requirements);
    }

    /** {@code rfc6120} or {@code xep0198}: what its files are called. */
    public String slug() {
        return slug(name);
    }

    static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
