package io.escalus4j.stanza;

import io.escalus4j.exml.Element;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stanza as text with holes. What goes into {@code {{name}}} is escaped, be it text or the value of an attribute; what
 * goes into {@code {{{name}}}} is taken as XML: an {@link Element}, or text such as {@code type='chat'}. Immutable.
 *
 * <pre>{@code
 * Template.of("<message to='{{to}}' {{{type}}}><body>{{body}}</body>{{{more}}}</message>")
 *     .fill(Map.of("to", bob.jid(), "type", "type='chat'", "body", "1 < 2", "more", Element.of("store", "urn:xmpp:hints")));
 * }</pre>
 */
public final class Template {
    private static final Pattern HOLE = Pattern.compile("\\{\\{\\{([^{}]+)}}}|\\{\\{([^{}]+)}}");
    private static final String STANZAS = "<(message|presence|iq)(?=[\\s/>])(?![^>]*\\sxmlns=)";
    private final String text;

    private Template(String text) {
        this.text = text;
    }

    public static Template of(String text) {
        return new Template(text);
    }

    /**
     * A message, presence or iq without a namespace gets that of a client.
     *
     * @throws IllegalArgumentException if a hole has no value
     * @throws io.escalus4j.exml.XmlException if what comes out is not well-formed
     */
    public Element fill(Map<String, ?> values) {
        String filled = HOLE.matcher(text).replaceAll(hole -> Matcher.quoteReplacement(value(hole, values)));
        return Element.parse(filled.strip().replaceFirst("^" + STANZAS, "<$1 xmlns='jabber:client'"));
    }

    private static String value(MatchResult hole, Map<String, ?> values) {
        boolean raw = hole.group(1) != null;
        String name = (raw ? hole.group(1) : hole.group(2)).strip();
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("the template has a hole '%s', there are values for %s"
                    .formatted(name, values.keySet().stream().sorted().toList()));
        }
        Object value = values.get(name);
        if (raw) {
            return value instanceof Element element ? element.toXml() : String.valueOf(value);
        }
        return escaped(Builders.jid(value));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;")
                .replace("\t", "&#9;")
                .replace("\n", "&#10;")
                .replace("\r", "&#13;");
    }
}
