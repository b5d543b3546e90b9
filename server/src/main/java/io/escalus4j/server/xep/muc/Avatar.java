package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The picture of a room, in its vCard (XEP-0486). Stateless. */
final class Avatar implements Extension {
    static final String NS = "vcard-temp";

    private final int bytes;

    Avatar(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public Xep xep() {
        return new Xep(486, "MUC Avatars", "0.1.0");
    }

    @Override
    public List<String> roomFeatures() {
        return List.of(NS);
    }

    @Override
    public List<String> serviceFeatures() {
        return List.of(NS);
    }

    static void tell(Room room, Iq iq, Says says) {
        says.result(iq, room.vcard().orElse(Element.of("vCard", NS)));
    }

    /** An empty one takes the picture away. */
    void set(Room room, Iq iq, Says says) {
        Refused.unless(
                room.affiliations().isOwner(iq.from().bare()),
                Condition.FORBIDDEN,
                "only owners set the avatar of a room (XEP-0486 section 3.2)");
        Element vcard = iq.payload();
        Refused.unless(
                vcard.size() <= bytes,
                Condition.POLICY_VIOLATION,
                "a vCard of %d bytes, %d are allowed",
                vcard.size(),
                bytes);
        room.vcard(Optional.of(vcard).filter(some -> !some.elements().isEmpty()));
        says.change();
        says.result(iq);
        Configuring.tell(room, List.of(104), says);
    }

    /** The hashes of its pictures (XEP-0153), by which clients know whether they have them. */
    static List<String> hashes(Room room) {
        return room.vcard().map(vcard -> vcard.elements("PHOTO", NS)).orElse(List.of()).stream()
                .flatMap(photo -> photo.childText("BINVAL").stream())
                .flatMap(text -> hash(text).stream())
                .toList();
    }

    private static Optional<String> hash(String base64) {
        try {
            return Optional.of(Sha1.hex(Base64.getMimeDecoder().decode(base64)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
