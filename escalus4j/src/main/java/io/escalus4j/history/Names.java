package io.escalus4j.history;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what the story calls the owner of a JID: {@code alice-4f2a@localhost/res1} is {@code alice}. Thread-safe. */
public final class Names {
    private static final Pattern QUOTED = Pattern.compile("'([^'\\s]{1,3071})'");

    private final Map<Address, String> names = new ConcurrentHashMap<>();

    /** A full JID is remembered as itself, and its bare JID too unless somebody came with that before. */
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

    /** {@code text} with the nickname before each JID in quotes that is known: {@code was bob 'bob-4f2a@localhost/res1'}. */
    public String explain(String text) {
        return QUOTED.matcher(text).replaceAll(this::named);
    }

    private String named(MatchResult quoted) {
        String jid = quoted.group(1);
        String name = of(jid);
        return Matcher.quoteReplacement(name.equals(jid) ? quoted.group() : name + ' ' + quoted.group());
    }
}
