package io.escalus4j.server.auth;

import io.escalus4j.server.xmpp.Jid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the mechanisms have in common: how names and bytes are read. */
final class SaslText {
    private SaslText() {}

    /** Strict UTF-8: a malformed sequence is nobody's name. */
    static Optional<String> decode(byte[] utf8) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** The account that a simple user name stands for (RFC 6120 section 6.3.7); empty if no account can have it. */
    static Optional<Jid> account(String name, String domain) {
        return Jid.parse(name + '@' + domain)
                .filter(jid ->
                        jid.isBare() && !jid.local().isEmpty() && jid.domain().equals(domain));
    }

    /** Nobody may act for another: an authorization identity is empty or the account itself (section 6.3.8). */
    static boolean isOwn(String authzid, Jid account) {
        return authzid.isEmpty() || Jid.parse(authzid).filter(account::equals).isPresent();
    }
}
