package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells an occupant from all others of the same room without saying who it is (XEP-0421 section 4): made of the account
 * and the room with a secret of the service. Thread-safe.
 */
final class OccupantIds {
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec secret;

    OccupantIds(byte[] secret) {
        this.secret = new SecretKeySpec(secret, HMAC);
    }

    String of(Jid room, Jid user) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal((room + "\0" + user).getBytes(StandardCharsets.UTF_8)), 0, 20);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + HMAC, missing);
        }
    }

    static Element element(String id) {
        return Element.of("occupant-id", MucXml.OCCUPANT_ID).with("id", id);
    }
}
