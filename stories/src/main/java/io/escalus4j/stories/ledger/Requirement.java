package io.escalus4j.stories.ledger;

import java.util.Optional;

/**
 * One line of the ledger: something that a specification demands of somebody, in our own words. Immutable.
 *
 * @param id for example {@code 6120-4.3.2-1}: document, section, number; never given to another demand
 * @param section its number, for example {@code 4.3.2}
 * @param title of the section
 * @param of whom it binds
 * @param forbids a MUST NOT
 * @param text what that one must do, or must not do
 */
public record Requirement(
        String id, String section, String title, Party of, boolean forbids, String text, Optional<Excuse> excuse) {

    /** Whom a demand binds. */
    public enum Party {
        SERVER,
        CLIENT,
        /** Servers and clients alike. */
        BOTH,
        /** Another server, an authority, an author of extensions. */
        OTHER;

        /** Whether the server under test can keep or break it. */
        public boolean isServer() {
            return this == SERVER || this == BOTH;
        }
    }

    /** Why no story proves it. */
    public record Excuse(Kind kind, String reason) {
        public enum Kind {
            /** It could be proven, and the server does not keep it or we do not look. */
            WAIVED,
            /** No story could tell whether it is kept. */
            UNTESTABLE
        }
    }

    /** {@code MUST} or {@code MUST NOT}; the specifications also say REQUIRED and SHALL. */
    public String level() {
        return forbids ? "MUST NOT" : "MUST";
    }
}
