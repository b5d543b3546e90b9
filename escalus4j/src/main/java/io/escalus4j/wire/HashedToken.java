package io.escalus4j.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SASL HT-* (draft-schmaus-kitten-sasl-ht): one message each way, both sides prove that they know the token.
 *
 * <pre>
 * C: alice NUL HMAC(token, "Initiator" + channel binding)
 * S: HMAC(token, "Responder" + channel binding)
 * </pre>
 */
record HashedToken(FastToken token) implements SaslMechanism {
    private static final Pattern NAME = Pattern.compile("HT-(?<hash>SHA-?3?-?\\d+)-(?<binding>ENDP|EXPR|NONE)");

    @Override
    public String name() {
        return token.mechanism();
    }

    @Override
    public SaslExchange begin(Connection connection) {
        Matcher name = NAME.matcher(name());
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no mechanism for tokens of ours, they are HT-HASH-ENDP, HT-HASH-EXPR and HT-HASH-NONE"
                            .formatted(name()));
        }
        String username = connection.settings().credentials().username();
        return new Exchange(mac(name.group("hash")), username, binding(connection, name.group("binding")));
    }

    private static byte[] binding(Connection connection, String type) {
        if (type.equals("NONE")) {
            return new byte[0];
        }
        var binding = type.equals("EXPR") ? ChannelBinding.TLS_EXPORTER : ChannelBinding.TLS_SERVER_END_POINT;
        return connection
                .wire()
                .tlsSession()
                .flatMap(binding::of)
                .orElseThrow(() -> new IllegalStateException(
                        "this connection has no channel binding %s, pick another mechanism for the token"
                                .formatted(binding.type())));
    }

    private Mac mac(String hash) {
        String algorithm = "Hmac" + hash.replaceFirst("SHA-", "SHA");
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(token.secret().getBytes(StandardCharsets.UTF_8), algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks %s".formatted(algorithm), e);
        }
    }

    private record Exchange(Mac mac, String username, byte[] binding) implements SaslExchange {
        @Override
        public Optional<byte[]> initialResponse() {
            var message = new ByteArrayOutputStream();
            message.writeBytes((username + '\0').getBytes(StandardCharsets.UTF_8));
            message.writeBytes(hashed("Initiator"));
            return Optional.of(message.toByteArray());
        }

        private byte[] hashed(String side) {
            mac.update(side.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(binding);
        }

        @Override
        public byte[] respond(byte[] challenge) {
            throw new SaslViolation("a challenge came, HT has none (draft-schmaus-kitten-sasl-ht section 3)");
        }

        @Override
        public void finish(byte[] data) {
            if (!ScramKeys.same(data, hashed("Responder"))) {
                throw new SaslViolation(
                        "the server did not prove that it knows the token (draft-schmaus-kitten-sasl-ht section 3.3)");
            }
        }

        @Override
        public String toString() {
            return username;
        }
    }
}
