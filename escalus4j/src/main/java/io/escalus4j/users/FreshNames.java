package io.escalus4j.users;

import io.escalus4j.Jid;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * Makes users whom nobody else has: {@code alice-a_sent_chat-k3f9x2q1}, where the end is random for each story. Immutable
 * and thread-safe.
 *
 * @param story the story's name as it stands in the accounts: lower case, at most 24 characters
 * @param run what tells this telling of the story from every other
 */
public record FreshNames(String story, String run) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    /** One for the whole run: then a password is hashed once, and not once for each user (RFC 5802 section 5.1). */
    private static final String PASSWORD = random(20);

    private static final int MAX_STORY = 24;
    private static final int MAX_ROLE = 24;

    public static FreshNames of(String story) {
        return new FreshNames(cut(plain(story), MAX_STORY), random(8));
    }

    /** A user for this role, with a password that only this run knows; nothing happens on the server. */
    public User user(String role, String domain) {
        String local = "%s-%s-%s".formatted(cut(plain(role), MAX_ROLE), story, run);
        return new User(role, Jid.of(local, domain), PASSWORD);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-", "");
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length())).replaceAll("[-_]$", "");
    }

    private static String random(int length) {
        var text = new StringBuilder(length);
        RANDOM.ints(length, 0, ALPHABET.length()).forEach(at -> text.append(ALPHABET.charAt(at)));
        return text.toString();
    }
}
