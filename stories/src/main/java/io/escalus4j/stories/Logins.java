package io.escalus4j.stories;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.exml.Element;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.ConnectionStep;
import io.escalus4j.wire.Features;
import io.escalus4j.wire.RefusedException;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
        scene.connect("looker", settings -> settings.withTls(tls).withSteps(Steps.openStream(), Steps.startTls(), look))
                .kill();
        return seen.get();
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
