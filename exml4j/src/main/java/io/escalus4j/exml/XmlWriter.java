package io.escalus4j.exml;

import io.escalus4j.exml.Rendering.Style;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns trees into bytes: UTF-8, no declaration, nothing that could be read otherwise than the tree says.
 *
 * <p>A writer knows which namespaces are in scope where it writes, and declares just what is missing. One made with
 * {@link #inStream} writes stanzas as children of that stream's root. Thread-safe; keeps
 * nothing from one element to the next but a buffer of up to 16 KiB.
 *
 * <pre>{@code
 * var out = XmlWriter.inStream(header);
 * send(out.open());            // <stream:stream xmlns='jabber:client' …>
 * send(out.write(message));    // <message to='bob@localhost'>…</message>, without an xmlns of its own
 * send(out.close());           // </stream:stream>
 * }</pre>
 */
public final class XmlWriter {
    private static final byte[] NONE = {};

    private static final XmlWriter STANDALONE = standalone(Style.COMPACT);
    private static final XmlWriter PRETTY = standalone(Style.PRETTY);
    private static final XmlWriter CANONICAL = standalone(Style.CANONICAL);

    private final Style style;
    private final Element header;
    // what is in scope where it writes
    private final String defaultNamespace;
    private final Map<String, String> prefixes;
    /** A buffer that the last element was written in, for the next one; whoever comes in between makes one. */
    private final AtomicReference<byte[]> spare = new AtomicReference<>(NONE);

    private XmlWriter(Style style, Element header, NamespaceScope scope) {
        this.style = style;
        this.header = header;
        this.defaultNamespace = scope.defaultNamespace();
        this.prefixes = scope.prefixes();
    }

    private static XmlWriter standalone(Style style) {
        return new XmlWriter(style, Element.of("none"), NamespaceScope.root());
    }

    /** For whole documents, files and WebSocket frames. */
    public static XmlWriter standalone() {
        return STANDALONE;
    }

    /**
     * For people: an element that holds only elements has each on a line of its own, two spaces to the right. Where
     * there is text between them nothing is added, so that no text changes. No line end behind the last line.
     */
    public static XmlWriter pretty() {
        return PRETTY;
    }

    /**
     * For comparing bytes: Exclusive XML Canonicalization 1.0 without comments. Attributes are sorted, each namespace is
     * declared where it is used first, CDATA sections are text, no tag closes itself.
     */
    public static XmlWriter canonical() {
        return CANONICAL;
    }

    /** For the stream that {@code header} opens; its default namespace is that of its literal {@code xmlns}, made with {@link #streamHeader}. */
    public static XmlWriter inStream(Element header) {
        var scope = NamespaceScope.root();
        new Rendering(Style.COMPACT, scope, ByteSink.counting()).openTag(header);
        return new XmlWriter(Style.COMPACT, header, scope);
    }

    /** {@code <stream:stream xmlns='content' xmlns:stream='namespace'>}: the header's name and what it declares. */
    public static Element streamHeader(String prefix, String name, String namespace, String content) {
        return new Element(
                new ResolvedName(prefix, XmlChars.requireName(name), namespace),
                List.of(
                        new Attribute("", "xmlns", Attribute.XMLNS_NAMESPACE, content),
                        new Attribute("xmlns", prefix, Attribute.XMLNS_NAMESPACE, namespace)),
                List.of());
    }

    /** The stream's opening tag. */
    public byte[] open() {
        var out = ByteSink.keeping();
        new Rendering(style, NamespaceScope.root(), out).openTag(header);
        return out.put('>').toBytes();
    }

    /** The stream's closing tag. */
    public byte[] close() {
        var out = ByteSink.keeping();
        new Rendering(style, NamespaceScope.root(), out).closeTag(header);
        return out.toBytes();
    }

    public byte[] write(Element element) {
        if (isVerbatim(element)) {
            return element.source();
        }
        byte[] buffer = spare.getAndSet(NONE);
        var out = buffer.length == 0 ? ByteSink.keeping() : ByteSink.in(buffer);
        render(element, out);
        byte[] written = out.toBytes();
        spare.set(out.buffer().length > ByteSink.SEGMENT ? NONE : out.buffer());
        return written;
    }

    /** How many bytes {@link #write} makes of it, without making them. */
    public long size(Element element) {
        if (isVerbatim(element)) {
            return element.sourceSize();
        }
        var out = ByteSink.counting();
        render(element, out);
        return out.size();
    }

    private boolean isVerbatim(Element element) {
        return style == Style.COMPACT && element.isVerbatim(defaultNamespace);
    }

    private void render(Element element, ByteSink out) {
        new Rendering(style, NamespaceScope.of(defaultNamespace, prefixes), out).element(element);
    }
}
