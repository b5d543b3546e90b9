package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.util.Optional;

/** Reads the defined condition and the text out of errors of streams, stanzas and SASL, which are alike. */
final class Errors {
    private Errors() {}

    /** {@code condition}, or {@code condition (text)}. */
    static String describe(Element error, String namespace) {
        String condition = condition(error, namespace).orElse("without a condition");
        String text = error.child("text", namespace).map(Element::text).orElse("");
        return text.isEmpty() ? condition : "%s (%s)".formatted(condition, text);
    }

    /** The error of a stanza of type {@code error}, for example {@code item-not-found (no such room)}. */
    static String describe(Element stanza) {
        return stanza.child("error", stanza.namespace())
                .map(error -> describe(error, Ns.STANZA_ERRORS))
                .orElse("without <error/>");
    }

    static Optional<String> condition(Element error, String namespace) {
        return error.elements().stream()
                .filter(child ->
                        child.namespace().equals(namespace) && !child.name().equals("text"))
                .map(Element::name)
                .findFirst();
    }
}
