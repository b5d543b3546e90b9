package io.escalus4j.wire;

import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.RealmChoiceCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/** SASL DIGEST-MD5, which is historic (RFC 6331), by the JDK's own client: it checks {@code rspauth}, too. Never chosen unless it is pinned. */
record DigestMd5() implements SaslMechanism {

    @Override
    public String name() {
        return "DIGEST-MD5";
    }

    @Override
    public Optional<String> obstacle(Connection connection) {
        return Optional.of("only if it is pinned (RFC 6331)");
    }

    @Override
    public SaslExchange begin(Connection connection) {
        var settings = connection.settings();
        String authzid = settings.authorization().isEmpty() ? null : settings.authorization();
        try {
            return new Exchange(Sasl.createSaslClient(
                    new String[] {name()},
                    authzid,
                    "xmpp",
                    settings.domain(),
                    Map.of(),
                    asked -> answer(asked, settings.credentials())));
        } catch (SaslException missing) {
            throw new IllegalStateException("this JVM has no DIGEST-MD5", missing);
        }
    }

    private static void answer(Callback[] asked, Credentials credentials) {
        for (Callback callback : asked) {
            if (callback instanceof NameCallback name) {
                name.setName(credentials.username());
            } else if (callback instanceof PasswordCallback password) {
                password.setPassword(credentials.password().toCharArray());
            } else if (callback instanceof RealmChoiceCallback realms) {
                realms.setSelectedIndex(0);
            } else if (callback instanceof RealmCallback realm) {
                realm.setText(realm.getDefaultText());
            }
        }
    }

    private record Exchange(SaslClient client) implements SaslExchange {
        @Override
        public Optional<byte[]> initialResponse() {
            return Optional.empty();
        }

        @Override
        public byte[] respond(byte[] challenge) {
            byte[] response = evaluate(challenge);
            return response == null ? new byte[0] : response;
        }

        @Override
        public void finish(byte[] data) {
            if (!client.isComplete() && data.length > 0) {
                evaluate(data);
            }
            if (!client.isComplete()) {
                throw new SaslViolation("the server did not prove that it knows the password (RFC 2831 section 2.1.3)");
            }
        }

        /** The JDK's words are about the exchange, and quote nothing of it. */
        private byte[] evaluate(byte[] challenge) {
            try {
                return client.evaluateChallenge(challenge);
            } catch (SaslException | RuntimeException refused) {
                throw new SaslViolation("the server broke the rules of DIGEST-MD5 (RFC 2831 section 2.1): "
                        + DigestMd5.firstLine(refused.getMessage()));
            }
        }
    }

    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
