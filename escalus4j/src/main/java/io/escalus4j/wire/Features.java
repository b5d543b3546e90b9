package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.stream.Collectors;

/** What a server offers at one stage of a stream (RFC 6120 section 4.3.2). Immutable. */
public record Features(Element element) {
    static final String COMPRESS = "http://jabber.org/protocol/compress";
    private static final String COMPRESSION = "http://jabber.org/features/compress";
    public static final Features NONE = new Features(Element.of("features", Ns.STREAMS));

    public boolean has(String name, String namespace) {
        return element.has(name, namespace);
    }

    public boolean offersStartTls() {
        return has("starttls", Ns.TLS);
    }

    public boolean requiresStartTls() {
        return element.child("starttls", Ns.TLS)
                .map(tls -> tls.has("required", Ns.TLS))
                .orElse(false);
    }

    /** The names of the SASL mechanisms, in the server's order. */
    public List<String> mechanisms() {
        return mechanisms("mechanisms", Ns.SASL);
    }

    /** The names of the mechanisms of the extensible profile (XEP-0388 section 2.1), in the server's order. */
    public List<String> extensibleMechanisms() {
        return mechanisms("authentication", Ns.SASL2);
    }

    private List<String> mechanisms(String name, String namespace) {
        return element.elements(name, namespace).stream()
                .flatMap(mechanisms -> mechanisms.elements("mechanism", namespace).stream())
                .map(mechanism -> mechanism.text().strip())
                .toList();
    }

    /** @param method for example {@code zlib} (XEP-0138) */
    public boolean offersCompression(String method) {
        return element.child("compression", COMPRESSION)
                .map(compression -> compression.elements("method", COMPRESSION).stream()
                        .anyMatch(one -> one.text().strip().equals(method)))
                .orElse(false);
    }

    public boolean offersBind() {
        return has("bind", Ns.BIND);
    }

    /** A session that RFC 3921 wants; one marked optional is not asked for. */
    public boolean requiresSession() {
        return element.child("session", Ns.SESSION)
                .map(session -> !session.has("optional", Ns.SESSION))
                .orElse(false);
    }

    /** For people, for example {@code starttls, mechanisms (SCRAM-SHA-256 PLAIN)}; {@code none} before the first. */
    @Override
    public String toString() {
        List<Element> offered = element.elements();
        return offered.isEmpty() ? "none" : offered.stream().map(this::word).collect(Collectors.joining(", "));
    }

    private String word(Element feature) {
        return feature.is("mechanisms", Ns.SASL)
                ? "mechanisms (%s)".formatted(String.join(" ", mechanisms()))
                : feature.name();
    }
}
