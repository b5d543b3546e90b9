package io.escalus4j.server.auth;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client's two messages (RFC 5802 section 7). */
final class ScramMessages {
    private static final Pattern FIRST =
            Pattern.compile("(?<gs2>(?<flag>[yn]|p=(?<type>[A-Za-z0-9.-]+)),(?:a=(?<authzid>[^,]+))?,)"
                    + "(?<bare>n=(?<user>[^,]+),r=(?<nonce>[\\x21-\\x2B\\x2D-\\x7E]+)(?:,.*)?)");
    private static final Pattern FINAL = Pattern.compile("c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(?:,.*)?");
    private static final String PROOF = ",p=";

    private ScramMessages() {}

    /**
     * {@code n,,n=alice,r=nonce}.
     *
     * @param gs2Header what the client repeats in its final message, so that nobody can change it on the way
     * @param flag of channel binding (section 6): {@code n} for no, {@code y} for "you do not offer it", else {@code p=}
     * @param binding the type of it with {@code p=}
     * @param bare all behind the header
     */
    record First(
            String gs2Header,
            char flag,
            Optional<String> binding,
            String authzid,
            String user,
            String nonce,
            String bare) {
        /** Empty if it is malformed, or wants an extension that it calls mandatory ({@code m=}). */
        static Optional<First> parse(String message) {
            var matcher = FIRST.matcher(message);
            if (!matcher.matches() || hasMandatoryExtension(matcher.group("bare"))) {
                return Optional.empty();
            }
            return saslName(matcher.group("user"))
                    .flatMap(user -> authzid(matcher)
                            .map(authzid -> new First(
                                    matcher.group("gs2"),
                                    matcher.group("flag").charAt(0),
                                    Optional.ofNullable(matcher.group("type")),
                                    authzid,
                                    user,
                                    matcher.group("nonce"),
                                    matcher.group("bare"))));
        }

        private static Optional<String> authzid(Matcher first) {
            return Optional.ofNullable(first.group("authzid"))
                    .map(ScramMessages::saslName)
                    .orElse(Optional.of(""));
        }
    }

    /** {@code c=biws,r=nonce,p=proof}. */
    record Final(byte[] binding, String nonce, String withoutProof, byte[] proof) {
        static Optional<Final> parse(String message) {
            int proof = message.lastIndexOf(PROOF);
            String rest = proof < 0 ? "" : message.substring(0, proof);
            var matcher = FINAL.matcher(rest);
            if (!matcher.matches() || hasMandatoryExtension(rest)) {
                return Optional.empty();
            }
            return base64(matcher.group("binding"))
                    .flatMap(binding -> base64(message.substring(proof + PROOF.length()))
                            .map(bytes -> new Final(binding, matcher.group("nonce"), rest, bytes)));
        }
    }

    private static boolean hasMandatoryExtension(String attributes) {
        return attributes.contains(",m=");
    }

    /** {@code =2C} is a comma and {@code =3D} an equals sign; any other escape is malformed (section 5.1). */
    private static Optional<String> saslName(String escaped) {
        boolean valid = !escaped.replace("=2C", "").replace("=3D", "").contains("=");
        return valid ? Optional.of(escaped.replace("=2C", ",").replace("=3D", "=")) : Optional.empty();
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
