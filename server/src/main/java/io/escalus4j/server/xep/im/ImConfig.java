package io.escalus4j.server.xep.im;

/**
 * What one account and one session may cost us.
 *
 * @param maxContacts items in a roster
 * @param maxNameLength characters of a contact's name or of a group's
 * @param maxGroups groups of one contact
 * @param maxRequests subscription requests that wait for the owner's answer
 * @param maxRequestBytes of one subscription request with all that is in it
 * @param maxDirected entities that a session may send directed presence to
 */
public record ImConfig(
        int maxContacts, int maxNameLength, int maxGroups, int maxRequests, int maxRequestBytes, int maxDirected) {
    public static final ImConfig STANDARD = new ImConfig(1000, 1023, 32, 1000, 8 * 1024, 1000);

    public ImConfig {
        atLeastOne("max_contacts", maxContacts);
        atLeastOne("max_name_length", maxNameLength);
        atLeastOne("max_groups", maxGroups);
        atLeastOne("max_requests", maxRequests);
        atLeastOne("max_request_bytes", maxRequestBytes);
        atLeastOne("max_directed", maxDirected);
    }

    private static void atLeastOne(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, was %d".formatted(setting, value));
        }
    }
}
