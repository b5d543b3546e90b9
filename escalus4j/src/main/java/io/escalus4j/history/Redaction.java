package io.escalus4j.history;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.exml.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Takes secrets out of stanzas before anybody can read them: SASL and SASL2 payloads, FAST tokens, passwords and their
 * form fields, component handshakes. An element without secrets is given back as it is.
 */
public final class Redaction {
    /** What stands in the place of a secret. */
    public static final String MARK = "[redacted]";

    /** No stanza of a sane server is deeper; what is deeper is cut, so that everything after us may recurse. */
    private static final int DEEPEST = 200;

    private static final String SASL2 = "urn:xmpp:sasl:2";

    /** Names of elements whose text is secret, by namespace. */
    private static final Map<String, Set<String>> SECRET_TEXTS = Map.of(
            "urn:ietf:params:xml:ns:xmpp-sasl",
            Set.of("auth", "challenge", "response", "success"),
            SASL2,
            Set.of("initial-response", "challenge", "response", "additional-data"),
            "jabber:iq:auth",
            Set.of("digest"),
            "jabber:component:accept",
            Set.of("handshake"),
            "urn:xmpp:http:upload:0",
            Set.of("header"));

    private static final Set<String> SECRET_ATTRIBUTES = Set.of("password", "token", "secret");
    private static final Pattern SECRET_FIELD = Pattern.compile("(?i).*(password|secret|token).*");

    private final Consumer<String> found;

    private Redaction(Consumer<String> found) {
        this.found = found;
    }

    public static Element redact(Element element) {
        return new Redaction(secret -> {}).walk(element, 1);
    }

    /** {@code text} without the secrets of {@code sources}, where it quotes them: {@code 'secret'}. */
    public static String redact(String text, List<Element> sources) {
        var secrets = new LinkedHashSet<String>();
        var redaction = new Redaction(secrets::add);
        sources.forEach(source -> redaction.walk(source, 1));
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace("'" + secret + "'", "'" + MARK + "'").replace('"' + secret + '"', '"' + MARK + '"');
        }
        return clean;
    }

    private Element walk(Element element, int depth) {
        if (depth > DEEPEST) {
            return element.withOnly(List.of(Text.of("[deeper than %d levels]".formatted(DEEPEST))));
        }
        Element clean = attributes(element);
        if (isSecret(element)) {
            return hidden(clean);
        }
        return isSecretField(element) ? values(clean) : children(clean, depth);
    }

    private static boolean isSecret(Element element) {
        return element.name().equals("password")
                || SECRET_TEXTS.getOrDefault(element.namespace(), Set.of()).contains(element.name());
    }

    private static boolean isSecretField(Element element) {
        return element.is("field", "jabber:x:data")
                && (element.attribute("type", "").equals("text-private")
                        || SECRET_FIELD.matcher(element.attribute("var", "")).matches());
    }

    private Element attributes(Element element) {
        Element clean = element;
        for (Attribute attribute : element.attributes()) {
            if (SECRET_ATTRIBUTES.contains(attribute.name())
                    && !attribute.value().isEmpty()) {
                found.accept(attribute.value());
                clean = clean.with(new Attribute(attribute.prefix(), attribute.name(), attribute.namespace(), MARK));
            }
        }
        return clean;
    }

    private Element values(Element field) {
        return field.withOnly(field.children().stream()
                .<Node>map(
                        child -> child instanceof Element value && value.name().equals("value") ? hidden(value) : child)
                .toList());
    }

    private Element hidden(Element element) {
        if (element.children().isEmpty()) {
            return element;
        }
        if (!element.text().isEmpty()) {
            found.accept(element.text());
        }
        return element.withOnly(List.of(Text.of(MARK)));
    }

    private Element children(Element element, int depth) {
        var clean = new ArrayList<Node>(element.children().size());
        boolean same = true;
        for (Node child : element.children()) {
            Node kept = child instanceof Element inner ? walk(inner, depth + 1) : child;
            same &= kept == child;
            clean.add(kept);
        }
        return same ? element : element.withOnly(clean);
    }
}
