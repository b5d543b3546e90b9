package io.escalus4j.server.module;

/**
 * Which specification a module implements; feeds logs, the XEP table of the docs and metrics.
 *
 * @param number of the XEP; for an RFC its number, which is above 3000
 * @param version of the XEP that was read
 */
public record Xep(int number, String title, String version) {
    public boolean isRfc() {
        return number > 3000;
    }

    /** {@code XEP-0199} or {@code RFC 6121}. */
    public String id() {
        return isRfc() ? "RFC " + number : "XEP-%04d".formatted(number);
    }
}
