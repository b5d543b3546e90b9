package io.escalus4j.server.module;

/**
 * Which specification a module implements; feeds logs, the XEP table of the docs and metrics.
 *
 * @param number of the XEP; for an RFC its number, which is above 3000; 0 for a proposal that has none
 * @param version of the XEP that was read
 */
public record Xep(int number, String title, String version) {
    public boolean isRfc() {
        return number > 3000;
    }

    /** A specification that was written in the form of a XEP and never got a number. */
    public static Xep proposed(String title, String version) {
        return new Xep(0, title, version);
    }

    /** {@code XEP-0199} or {@code RFC 6121}; of a proposal its title. */
    public String id() {
        if (number == 0) {
            return title;
        }
        return isRfc() ? "RFC " + number : "XEP-%04d".formatted(number);
    }
}
