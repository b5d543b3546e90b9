package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Titles that a room has made up, and who has which (XEP-0317). Confined to the room's lane. */
final class Hats {
    /**
     * @param uri what tells it from others
     * @param hue an angle, empty if it has no color
     */
    record Hat(String uri, String title, Optional<String> hue) {
        Element element() {
            return Element.of("hat", MucXml.HATS)
                    .with("title", title)
                    .with("uri", uri)
                    .with("hue", hue);
        }
    }

    private final Map<String, Hat> hats = new LinkedHashMap<>();
    private final Map<Jid, Set<String>> worn = new LinkedHashMap<>();

    Hats copy() {
        var copy = new Hats();
        copy.hats.putAll(hats);
        worn.forEach((user, uris) -> copy.worn.put(user, new LinkedHashSet<>(uris)));
        return copy;
    }

    Collection<Hat> all() {
        return List.copyOf(hats.values());
    }

    Optional<Hat> find(String uri) {
        return Optional.ofNullable(hats.get(uri));
    }

    Map<Jid, Set<String>> worn() {
        return worn;
    }

    /** A new one, or another in the place of the one of this URI. */
    void put(Hat hat) {
        hats.put(hat.uri(), hat);
    }

    /** Whoever had it has it no more. */
    void remove(String uri) {
        hats.remove(uri);
        List.copyOf(worn.keySet()).forEach(user -> take(user, uri));
    }

    void give(Jid user, String uri) {
        worn.computeIfAbsent(user, none -> new LinkedHashSet<>()).add(uri);
    }

    void take(Jid user, String uri) {
        worn.computeIfPresent(user, (known, uris) -> {
            uris.remove(uri);
            return uris.isEmpty() ? null : uris;
        });
    }

    List<Jid> wearers(String uri) {
        return worn.entrySet().stream()
                .filter(entry -> entry.getValue().contains(uri))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** {@code <hats/>} of a user, if there are any. */
    List<Element> of(Jid user) {
        var own = new ArrayList<Element>();
        worn.getOrDefault(user, Set.of()).forEach(uri -> own.add(hats.get(uri).element()));
        return own.isEmpty()
                ? List.of()
                : List.of(Element.of("hats", MucXml.HATS).with(own));
    }
}
