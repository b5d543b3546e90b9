package io.escalus4j.history;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows what the story calls the owner of a JID: {@code alice-4f2a@localhost/res1} is {@code alice}. Thread-safe. */
public final class Names {
    private final Map<Address, String> names = new ConcurrentHashMap<>();

    /** A full JID is remembered as itself, and as the first with its bare JID unless that is known already. */
    public void add(String jid, String nickname) {
        Address address = Address.of(jid);
        names.put(address, nickname);
        names.putIfAbsent(address.bare(), nickname);
    }

    /** The nickname, {@code nickname/resource} of an unknown resource of somebody known, else the JID itself. */
    public String of(String jid) {
        Address address = Address.of(jid);
        String known = names.getOrDefault(address, "");
        if (!known.isEmpty()) {
            return known;
        }
        String account = names.getOrDefault(address.bare(), "");
        return account.isEmpty() ? jid : account + '/' + address.resource();
    }
}
