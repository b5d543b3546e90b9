package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a room tells of an occupant's presence, beyond what the occupant says of it. Immutable.
 *
 * @param gone whether the occupant is not there any more under this nickname
 * @param nick the new one, on a change
 * @param codes of section 16.6.2
 * @param more children of {@code <x/>}, such as {@code <destroy/>}
 */
record Notice(
        boolean gone,
        Optional<String> nick,
        Optional<String> reason,
        Optional<String> actor,
        List<Integer> codes,
        List<Element> more) {
    static final Notice HERE =
            new Notice(false, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    static final Notice GONE =
            new Notice(true, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    static Notice renamed(String nick) {
        return new Notice(true, Optional.of(nick), Optional.empty(), Optional.empty(), List.of(303), List.of());
    }

    Notice code(int code) {
        return new Notice(
                gone,
                nick,
                reason,
                actor,
                Stream.concat(codes.stream(), Stream.of(code)).toList(),
                more);
    }

    Notice code(boolean holds, int code) {
        return holds ? code(code) : this;
    }

    Notice because(Optional<String> why) {
        return new Notice(gone, nick, why, actor, codes, more);
    }

    /** @param who the nickname */
    Notice by(Optional<String> who) {
        return new Notice(gone, nick, reason, who, codes, more);
    }

    Notice with(Element child) {
        return new Notice(gone, nick, reason, actor, codes, List.of(child));
    }

    /** What is in an item beside its attributes. */
    List<Element> explanations() {
        var explanations = new ArrayList<Element>();
        actor.ifPresent(who -> explanations.add(Element.of("actor", MucXml.USER).with("nick", who)));
        reason.ifPresent(why -> explanations.add(Element.text("reason", MucXml.USER, why)));
        return explanations;
    }
}
