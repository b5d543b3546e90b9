package io.escalus4j.stories;

import io.escalus4j.Client;
import io.escalus4j.NotApplicable;
import io.escalus4j.Scene;
import io.escalus4j.exml.Element;
import io.escalus4j.users.User;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.ConnectionStep;
import io.escalus4j.wire.Features;
import io.escalus4j.wire.RefusedException;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What the stories about logging in have in common. */
final class Logins {
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    static final String SASL2 = "urn:xmpp:sasl:2";

    private Logins() {}

    /** A client that has an encrypted stream and nothing else. */
    static Client encrypted(Scene scene) {
        return scene.connect(
                "alice", settings -> settings.withTls(Tls.REQUIRED).withSteps(Steps.openStream(), Steps.startTls()));
    }

    /** What the server offers to authenticate by, on an encrypted stream or on one in the clear. */
    static Features offer(Scene scene, Tls tls) {
        var seen = new AtomicReference<>(Features.NONE);
        ConnectionStep look = ConnectionStep.of("look", (connection, features) -> {
            seen.set(features);
            return features;
        });
        ConnectionStep first = ConnectionStep.of("may be in the clear", (connection, features) -> {
            if (tls == Tls.OFF && features.requiresStartTls()) {
                throw NotApplicable.because("the server lets nobody in without TLS");
            }
            return features;
        });
        connect(scene, settings -> settings.withTls(tls).withSteps(Steps.openStream(), first, Steps.startTls(), look));
        return seen.get();
    }

    private static void connect(Scene scene, UnaryOperator<ConnectionSettings> change) {
        try {
            scene.connect("looker", change).kill();
        } catch (ConnectionException failed) {
            throw failed.getCause() instanceof NotApplicable reason ? reason : failed;
        }
    }

    /** @throws NotApplicable if the server does not offer the mechanism, which is its choice */
    static void requireOffered(Scene scene, String mechanism) {
        if (!offer(scene, Tls.REQUIRED).mechanisms().contains(mechanism)) {
            throw NotApplicable.because("the server does not offer %s", mechanism);
        }
    }

    /** The first message of SCRAM of a user who exists, without channel binding (RFC 5802 section 7). */
    static String firstMessage(User user) {
        return "n,,n=%s,r=%s".formatted(user.jid().local(), UUID.randomUUID());
    }

    /** The condition by which the server refuses the login, {@code none} if it does not. */
    static String refusal(Scene scene, UnaryOperator<ConnectionSettings> change) {
        try {
            scene.connect("alice", settings -> change.apply(settings.withTls(Tls.REQUIRED)));
            return "none";
        } catch (ConnectionException refused) {
            return refused.getCause() instanceof RefusedException known ? known.condition() : refused.getMessage();
        }
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String decoded(Element element) {
        return new String(Base64.getDecoder().decode(element.text()), StandardCharsets.UTF_8);
    }

    /** The request of the extensible profile. */
    static Element authenticate(String mechanism, String initial) {
        return Element.of("authenticate", SASL2)
                .with("mechanism", mechanism)
                .with(Element.text("initial-response", SASL2, base64(initial)));
    }
}
