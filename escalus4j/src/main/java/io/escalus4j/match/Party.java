package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Address;

/** Whom a {@code from} or {@code to} names, and what counts as being that. */
record Party(String name, String jid, Rule rule) {
    private enum Rule {
        /** The same JID, bare or full as it was given. */
        EXACT,
        /** The same JID, or its bare JID where the stanza carries a bare one. */
        PERSON,
        /** Any resource of the account, or its bare JID. */
        ACCOUNT
    }

    static Party of(Object party) {
        return party instanceof Addressed person
                ? new Party(person.nickname(), person.address(), Rule.PERSON)
                : new Party(party.toString(), party.toString(), Rule.EXACT);
    }

    static Party anyResourceOf(Object party) {
        Party one = of(party);
        return new Party("any resource of " + one.name, one.jid, Rule.ACCOUNT);
    }

    /** A contact of a roster is an account. */
    static Party contact(Object contact) {
        Party one = of(contact);
        return new Party(one.name, Address.of(one.jid).bare().toString(), Rule.EXACT);
    }

    Claim claim(Element stanza, String attribute, String verb) {
        String words = verb + ' ' + name;
        return stanza.attribute(attribute)
                .map(seen -> Claim.of(accepts(Address.of(seen)), words, "was '%s'".formatted(seen)))
                .orElseGet(() -> Claim.of(false, words, "had no '%s'".formatted(attribute)));
    }

    private boolean accepts(Address seen) {
        Address wanted = Address.of(jid);
        return switch (rule) {
            case EXACT -> seen.equals(wanted);
            case PERSON -> seen.equals(seen.isBare() ? wanted.bare() : wanted);
            case ACCOUNT -> seen.bare().equals(wanted.bare());
        };
    }
}
