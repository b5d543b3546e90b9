package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/**
 * Turns trees into bytes: UTF-8, no declaration, nothing that could be read otherwise than the tree says.
 *
 * <p>A writer knows which namespaces are in scope where it writes, and declares just what is missing. One made with
 * {@link #inStream} writes stanzas as children of that stream's root. Walks with a stack of its own. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * var out = XmlWriter.inStream(header);
 * send(out.open());            // <stream:stream xmlns='jabber:client' …>
 * send(out.write(message));    // <message to='bob@localhost'>…</message>, without an xmlns of its own
 * send(out.close());           // </stream:stream>
 * }</pre>
 */
public final class XmlWriter {
    private static final XmlWriter STANDALONE = new XmlWriter(Element.of("none"), NamespaceScope.ROOT);

    private final Element header;
    private final NamespaceScope scope;

    private XmlWriter(Element header, NamespaceScope scope) {
        this.header = header;
        this.scope = scope;
    }

    /** For whole documents, files and WebSocket frames. */
    public static XmlWriter standalone() {
        return STANDALONE;
    }

    /**
     * For the stream that {@code header} opens; its default namespace is that of its literal {@code xmlns}, made with
     * {@link #streamHeader}.
     */
    public static XmlWriter inStream(Element header) {
        return new XmlWriter(header, NamespaceScope.ROOT.inside(header));
    }

    /** {@code <stream:stream xmlns='content' xmlns:stream='namespace'>}: the header's name and what it declares. */
    public static Element streamHeader(String prefix, String name, String namespace, String content) {
        return new Element(
                prefix,
                XmlChars.requireName(name),
                namespace,
                List.of(
                        new Attribute("", "xmlns", Attribute.XMLNS_NAMESPACE, content),
                        new Attribute("xmlns", prefix, Attribute.XMLNS_NAMESPACE, namespace)),
                List.of());
    }

    /** The stream's opening tag. */
    public byte[] open() {
        var out = new ByteSink(256);
        openTag(header, NamespaceScope.ROOT, out);
        out.ascii('>');
        return out.toBytes();
    }

    /** The stream's closing tag. */
    public byte[] close() {
        var out = new ByteSink(32);
        closeTag(header, out);
        return out.toBytes();
    }

    public byte[] write(Element element) {
        var out = new ByteSink(256);
        write(element, out);
        return out.toBytes();
    }

    private record Open(Element element, NamespaceScope scope, Iterator<Node> rest) {}

    private void write(Element root, ByteSink out) {
        var open = new ArrayDeque<Open>();
        enter(root, scope, open, out);
        while (!open.isEmpty()) {
            var top = open.peek();
            if (!top.rest().hasNext()) {
                closeTag(open.pop().element(), out);
                continue;
            }
            Node node = top.rest().next();
            if (node instanceof Element child) {
                enter(child, top.scope(), open, out);
            } else if (node instanceof Text text) {
                out.text(text);
            }
        }
    }

    private static void enter(Element element, NamespaceScope outer, ArrayDeque<Open> open, ByteSink out) {
        NamespaceScope inner = openTag(element, outer, out);
        if (element.children().isEmpty()) {
            out.ascii('/').ascii('>');
        } else {
            out.ascii('>');
            open.push(new Open(element, inner, element.children().iterator()));
        }
    }

    private static NamespaceScope openTag(Element element, NamespaceScope outer, ByteSink out) {
        NamespaceScope declared = outer.inside(element);
        NamespaceScope inner = declared.completedFor(element);
        name(element, out.ascii('<'));
        for (NamespaceScope added = inner; added != declared; added = added.outer()) {
            out.attribute(added.prefix().isEmpty() ? "xmlns" : "xmlns:" + added.prefix(), added.namespace());
        }
        for (Attribute attribute : element.attributes()) {
            out.attribute(attribute.qualifiedName(), attribute.value());
        }
        return inner;
    }

    private static void closeTag(Element element, ByteSink out) {
        name(element, out.ascii('<').ascii('/'));
        out.ascii('>');
    }

    private static void name(Element element, ByteSink out) {
        if (!element.prefix().isEmpty()) {
            out.string(element.prefix()).ascii(':');
        }
        out.string(element.name());
    }
}
