package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Jid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells an occupant from all others of the same room without saying who it is (XEP-0421 section 4): made of the account
 * and the room with a secret of the service. Thread-safe.
 */
final class OccupantIds implements Extension {
    private static final String HMAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecretKeySpec secret;

    OccupantIds(byte[] secret) {
        this.secret = new SecretKeySpec(secret, HMAC);
    }

    static OccupantIds of(ServerContext context) {
        return new OccupantIds(context.stores()
                .secrets()
                .of("muc-occupant-ids", OccupantIds::freshSecret)
                .toCompletableFuture()
                .join());
    }

    private static byte[] freshSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    @Override
    public Xep xep() {
        return new Xep(421, "Occupant identifiers for semi-anonymous MUCs", "1.0.1");
    }

    @Override
    public List<String> roomFeatures() {
        return List.of(MucXml.OCCUPANT_ID);
    }

    @Override
    public List<String> serviceFeatures() {
        return List.of(MucXml.OCCUPANT_ID);
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
