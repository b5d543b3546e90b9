package io.escalus4j.wire;

import com.ongres.saslprep.SASLprep;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * SASL SCRAM (RFC 5802, RFC 7677): both sides prove that they know the password, neither tells it.
 *
 * <pre>
 * C: n,,n=user,r=fyko                                             client-first
 * S: r=fyko3rfc,s=QSXCR+Q6sek8bf92,i=4096                         server-first
 * C: c=biws,r=fyko3rfc,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=             client-final
 * S: v=rmF9pqV8S7suAoZWja4dJRkFsKQ=                               server-final
 * </pre>
 *
 * <p>With {@code -PLUS} both sides prove at the same time that they are at the two ends of one TLS connection. The list of
 * mechanisms is compared with what the server says that it had sent, if it does (XEP-0474).
 */
final class Scram implements SaslMechanism {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** More than one story has users. */
    private static final int REMEMBERED = 64;

    private final ScramHash hash;
    private final ScramKeys keys;
    private final SaltedPasswords passwords;
    private final boolean plus;
    private final Supplier<String> nonces;

    /** @param plus whether it binds to the channel */
    Scram(ScramHash hash, boolean plus) {
        this(hash, plus, Scram::nonce);
    }

    Scram(ScramHash hash, boolean plus, Supplier<String> nonces) {
        this.hash = hash;
        this.keys = new ScramKeys(hash);
        this.passwords = new SaltedPasswords(keys, REMEMBERED);
        this.plus = plus;
        this.nonces = nonces;
    }

    private static String nonce() {
        var bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String name() {
        return hash.mechanism() + (plus ? "-PLUS" : "");
    }

    @Override
    public Optional<String> obstacle(Connection connection) {
        if (plus && connection.offer().bindings().isEmpty()) {
            return Optional.of("needs a channel binding, and the server tells none (XEP-0440 section 3)");
        }
        return plus && Gs2.binding(connection).isEmpty() ? Optional.of(Gs2.noBinding(connection)) : Optional.empty();
    }

    @Override
    public SaslExchange begin(Connection connection) {
        var settings = connection.settings();
        return begin(
                settings.credentials(),
                settings.iterations(),
                Gs2.of(connection, plus),
                Optional.of(connection.offer()));
    }

    SaslExchange begin(Credentials credentials, Iterations iterations, Gs2 gs2, Optional<SaslOffer> offer) {
        return new Exchange(keys, passwords, credentials, iterations, gs2, offer, nonces.get());
    }

    private enum State {
        AWAITS_SERVER_FIRST,
        AWAITS_SERVER_FINAL,
        PROVEN
    }

    private static final class Exchange implements SaslExchange {
        private final ScramKeys keys;
        private final SaltedPasswords passwords;
        private final Credentials credentials;
        private final Iterations iterations;
        private final Gs2 gs2;
        private final Optional<SaslOffer> offer;
        private final String nonce;
        private final String clientFirstBare;
        private State state = State.AWAITS_SERVER_FIRST;
        private byte[] serverSignature = {};

        Exchange(
                ScramKeys keys,
                SaltedPasswords passwords,
                Credentials credentials,
                Iterations iterations,
                Gs2 gs2,
                Optional<SaslOffer> offer,
                String nonce) {
            this.keys = keys;
            this.passwords = passwords;
            this.credentials = credentials;
            this.iterations = iterations;
            this.gs2 = gs2;
            this.offer = offer;
            this.nonce = nonce;
            this.clientFirstBare = "n=%s,r=%s".formatted(escaped(prepared(credentials.username())), nonce);
        }

        @Override
        public Optional<byte[]> initialResponse() {
            return Optional.of(bytes(gs2.header() + clientFirstBare));
        }

        @Override
        public byte[] respond(byte[] challenge) {
            String message = new String(challenge, StandardCharsets.UTF_8);
            return switch (state) {
                case AWAITS_SERVER_FIRST -> bytes(clientFinal(message));
                case AWAITS_SERVER_FINAL -> {
                    verify(message);
                    yield new byte[0];
                }
                case PROVEN ->
                    throw new SaslViolation("a challenge came after the server's proof (RFC 5802 section 5)");
            };
        }

        @Override
        public void finish(byte[] data) {
            if (state == State.AWAITS_SERVER_FINAL && data.length > 0) {
                verify(new String(data, StandardCharsets.UTF_8));
            }
            require(state == State.PROVEN, "the server did not prove that it knows the password", "3");
        }

        private String clientFinal(String serverFirst) {
            Map<Character, String> said = attributes(serverFirst);
            require(!said.containsKey('m'), "an extension was demanded that we do not know", "5.1");
            String shared = said.getOrDefault('r', "");
            require(
                    shared.startsWith(nonce) && shared.length() > nonce.length(),
                    "the server's nonce does not continue ours",
                    "5.1");
            requireSameOffer(said);
            byte[] salt = decoded(said.getOrDefault('s', ""), "salt");
            require(salt.length > 0, "the salt is missing", "5.1");
            String channelAndNonce = "c=%s,r=%s".formatted(encoded(gs2.input()), shared);
            String signed = clientFirstBare + ',' + serverFirst + ',' + channelAndNonce;
            byte[] salted = passwords.salted(prepared(credentials.password()), salt, rounds(said));
            serverSignature = keys.serverSignature(salted, signed);
            state = State.AWAITS_SERVER_FINAL;
            return channelAndNonce + ",p=" + encoded(keys.clientProof(salted, signed));
        }

        private void requireSameOffer(Map<Character, String> said) {
            if (offer.isPresent() && said.containsKey('h')) {
                byte[] sent = decoded(said.get('h'), "hash of the mechanisms");
                if (!ScramKeys.same(sent, keys.digest(bytes(offer.get().canonical())))) {
                    throw new SaslViolation("the server's list of mechanisms or of channel bindings was changed"
                            + " on its way to us (XEP-0474 section 5.2)");
                }
            }
        }

        private int rounds(Map<Character, String> said) {
            String text = said.getOrDefault('i', "");
            int rounds = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
            require(
                    iterations.allow(rounds),
                    "iteration count was '%s', we allow %s".formatted(text, iterations),
                    "5.1");
            return rounds;
        }

        private void verify(String serverFinal) {
            Map<Character, String> said = attributes(serverFinal);
            require(!said.containsKey('e'), "the server refused: " + said.getOrDefault('e', ""), "7");
            byte[] signature = decoded(said.getOrDefault('v', ""), "server signature");
            require(
                    ScramKeys.same(signature, serverSignature),
                    "the server's signature is wrong: it does not know the password",
                    "3");
            state = State.PROVEN;
        }
    }

    /** {@code r=…,s=…} taken apart; each name is one letter and stands once. */
    private static Map<Character, String> attributes(String message) {
        var attributes = new TreeMap<Character, String>();
        for (String part : message.split(",", -1)) {
            require(part.length() >= 2 && part.charAt(1) == '=', "a part of the message is not 'x=value'", "5.1");
            require(attributes.put(part.charAt(0), part.substring(2)) == null, "an attribute stands twice", "5.1");
        }
        return attributes;
    }

    static String escaped(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /** The library's own exception could quote the password. */
    private static String prepared(String text) {
        try {
            return new SASLprep().prepareQuery(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "name or password has characters that SASLprep forbids (RFC 4013 section 2.3)");
        }
    }

    private static byte[] decoded(String base64, String what) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new SaslViolation("the %s is not Base64 (RFC 5802 section 5.1)".formatted(what));
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String problem, String section) {
        if (!holds) {
            throw new SaslViolation("%s (RFC 5802 section %s)".formatted(problem, section));
        }
    }
}
