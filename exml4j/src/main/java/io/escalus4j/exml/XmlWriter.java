package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

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
    private static final XmlWriter STANDALONE =
            new XmlWriter(Element.of("none"), NamespaceScope.root().bindings());

    private final Element header;
    /** What is in scope where it writes. */
    private final Map<String, String> bindings;

    private XmlWriter(Element header, Map<String, String> bindings) {
        this.header = header;
        this.bindings = bindings;
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
        var scope = NamespaceScope.root();
        openTag(header, scope, new ByteSink(256));
        return new XmlWriter(header, scope.bindings());
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
        openTag(header, NamespaceScope.root(), out);
        out.put('>');
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

    private record Open(Element element, int mark, Iterator<Node> rest) {}

    private void write(Element root, ByteSink out) {
        var scope = NamespaceScope.of(bindings);
        var open = new ArrayDeque<Open>();
        enter(root, scope, open, out);
        while (!open.isEmpty()) {
            Open top = open.peek();
            if (!top.rest().hasNext()) {
                closeTag(top.element(), out);
                scope.restore(open.pop().mark());
                continue;
            }
            Node node = top.rest().next();
            if (node instanceof Element child) {
                enter(child, scope, open, out);
            } else if (node instanceof Text text) {
                out.text(text);
            }
        }
    }

    private static void enter(Element element, NamespaceScope scope, ArrayDeque<Open> open, ByteSink out) {
        int mark = scope.mark();
        openTag(element, scope, out);
        if (element.children().isEmpty()) {
            out.put('/').put('>');
            scope.restore(mark);
        } else {
            out.put('>');
            open.push(new Open(element, mark, element.children().iterator()));
        }
    }

    private static void openTag(Element element, NamespaceScope scope, ByteSink out) {
        name(element, out.put('<'));
        for (Attribute attribute : element.attributes()) {
            if (attribute.isDeclaration()) {
                scope.bind(attribute.declaredPrefix(), attribute.value());
            }
        }
        declare(element.prefix(), element.namespace(), scope, out);
        for (Attribute attribute : element.attributes()) {
            if (!attribute.isDeclaration() && !attribute.prefix().isEmpty()) {
                declare(attribute.prefix(), attribute.namespace(), scope, out);
            }
        }
        for (Attribute attribute : element.attributes()) {
            out.attribute(attribute.qualifiedName(), attribute.value());
        }
    }

    private static void declare(String prefix, String namespace, NamespaceScope scope, ByteSink out) {
        if (!scope.binds(prefix, namespace)) {
            scope.bind(prefix, namespace);
            out.attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
        }
    }

    private static void closeTag(Element element, ByteSink out) {
        name(element, out.put('<').put('/'));
        out.put('>');
    }

    private static void name(Element element, ByteSink out) {
        if (!element.prefix().isEmpty()) {
            out.string(element.prefix()).put(':');
        }
        out.string(element.name());
    }
}
