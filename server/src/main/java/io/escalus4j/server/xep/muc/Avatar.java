package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The picture of a room, in its vCard (XEP-0486). Stateless. */
final class Avatar {
    static final String NS = "vcard-temp";

    private final int bytes;

    Avatar(int bytes) {
        this.bytes = bytes;
    }

    static void tell(Room room, Iq iq, Says says) {
        says.result(iq, room.vcard().orElse(Element.of("vCard", NS)));
    }

    /** An empty one takes the picture away. */
    void set(Room room, Iq iq, Says says) {
        Refused.unless(
                room.affiliations().isOwner(iq.from().bare()),
                Condition.FORBIDDEN,
                "only owners set the avatar of a room (XEP-0486 section 4.2)");
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
            byte[] picture = Base64.getMimeDecoder().decode(base64);
            return Optional.of(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(picture)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-1", missing);
        }
    }
}
