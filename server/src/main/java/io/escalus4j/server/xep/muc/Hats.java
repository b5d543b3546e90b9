package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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
        boolean isNamedByUri() {
            try {
                return new URI(uri).isAbsolute();
            } catch (URISyntaxException none) {
                return false;
            }
        }

        boolean hasAngle() {
            return hue.filter(text -> text.matches("[0-9]{1,3}(\\.[0-9]+)?") && Double.parseDouble(text) <= 360)
                    .isPresent();
        }

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

    /** Changes with them, so that clients know when to ask again (section 2). */
    String hash() {
        var text = new StringBuilder();
        hats.values().forEach(hat -> text.append(hat).append('\n'));
        return Sha1.hex(text.toString().getBytes(StandardCharsets.UTF_8));
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
