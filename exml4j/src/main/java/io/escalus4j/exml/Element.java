package io.escalus4j.exml;

import java.io.ByteArrayInputStream;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/**
 * An XML element whose identity is its namespace and name; the prefix is kept for printing only. Immutable.
 *
 * <pre>{@code
 * Element.of("query", "jabber:iq:roster")
 *     .with(Element.of("item").with("jid", "bob@localhost").with("subscription", "both"));
 * }</pre>
 *
 * <p>An element made without a namespace takes that of the element it is put into. Every {@code with} and
 * {@code without} returns a copy. Names and characters that XML cannot carry are refused with an
 * {@link IllegalArgumentException} when the tree is built, so that every tree can be written.
 *
 * <p>An element that a {@link StreamParser} gave out keeps the bytes of the whole stanza that it came in, and decodes
 * attributes and text when they are asked for.
 */
public final class Element implements Node {
    private static final int VERBATIM = Integer.MIN_VALUE;

    private final ResolvedName name;
    /** What the parser read; null for an element that was built. */
    private final @Nullable Markup markup;
    /** The place in it, and in the highest bit whether the element {@link #isVerbatim}. */
    private final int place;
    // of a parsed element made when they are asked for; two threads may both make them, and both are right
    private @Nullable List<Attribute> attributes;
    private @Nullable List<Node> children;

    /** Of what the parser has read. */
    Element(ResolvedName name, Markup markup, int place, boolean verbatim) {
        this.name = name;
        this.markup = markup;
        this.place = verbatim ? place | VERBATIM : place;
    }

    /** Trusted: every argument is valid and the lists are immutable. */
    Element(ResolvedName name, List<Attribute> attributes, List<Node> children) {
        this.name = name;
        this.markup = null;
        this.place = 0;
        this.attributes = attributes;
        this.children = children;
        // as if they were final: whoever sees the element sees them
        VarHandle.releaseFence();
    }

    /** An element that takes the namespace of the element it is put into. */
    public static Element of(String name) {
        return of(name, "");
    }

    public static Element of(String name, String namespace) {
        return named("", name, namespace);
    }

    /** An element printed with a prefix, for example {@code Element.of("stream", "stream", STREAMS)}. */
    public static Element of(String prefix, String name, String namespace) {
        return named(XmlChars.requireName(prefix), name, namespace);
    }

    private static Element named(String prefix, String name, String namespace) {
        Namespaces.requireAllowed(prefix, XmlChars.requireText(namespace));
        return new Element(new ResolvedName(prefix, XmlChars.requireName(name), namespace), List.of(), List.of());
    }

    /** {@code <name xmlns='namespace'>text</name>}. */
    public static Element text(String name, String namespace, String text) {
        return of(name, namespace).withText(text);
    }

    /**
     * The root of a whole document, of any size and depth.
     *
     * @throws XmlException if it is not well-formed or has a DTD
     */
    public static Element parse(String document) {
        return parse(Utf8.bytes(document));
    }

    /** {@link #parse(String)} of UTF-8. */
    public static Element parse(byte[] document) {
        return StreamParser.document(document);
    }

    /**
     * The element that JAXB makes of an object; JAXB must be on the class path.
     *
     * @throws IllegalArgumentException if its class is no {@code @XmlRootElement}
     */
    public static Element from(Object annotated) {
        return JaxbBinding.write(annotated);
    }

    // ---- reading

    public String prefix() {
        return name.prefix();
    }

    /** The local name. */
    public String name() {
        return name.local();
    }

    /** The resolved namespace, empty where there is none. */
    public String namespace() {
        return name.namespace();
    }

    public boolean is(String name, String namespace) {
        return this.name.is(name, namespace);
    }

    /** All attributes in document order, namespace declarations among them as they stood. */
    public List<Attribute> attributes() {
        List<Attribute> made = attributes;
        if (made == null) {
            made = parsed().attributes(place());
            attributes = made;
        }
        return made;
    }

    private Markup parsed() {
        return Objects.requireNonNull(markup);
    }

    private int place() {
        return place & ~VERBATIM;
    }

    /** The value of the attribute with this literal name, for example {@code "to"}, {@code "xml:lang"}. */
    public Optional<String> attribute(String qualifiedName) {
        List<Attribute> made = attributes;
        if (made == null) {
            return parsed().attribute(place(), qualifiedName);
        }
        for (Attribute attribute : made) {
            if (attribute.isWrittenAs(qualifiedName)) {
                return Optional.of(attribute.value());
            }
        }
        return Optional.empty();
    }

    public String attribute(String qualifiedName, String otherwise) {
        return attribute(qualifiedName).orElse(otherwise);
    }

    public List<Node> children() {
        List<Node> made = children;
        if (made == null) {
            made = parsed().children(place());
            children = made;
        }
        return made;
    }

    /** The child elements, in document order. */
    public List<Element> elements() {
        return elements(child -> true);
    }

    public List<Element> elements(String name, String namespace) {
        return elements(child -> child.is(name, namespace));
    }

    private List<Element> elements(Predicate<Element> wanted) {
        var found = new ArrayList<Element>(children().size());
        for (Node child : children()) {
            if (child instanceof Element element && wanted.test(element)) {
                found.add(element);
            }
        }
        return List.copyOf(found);
    }

    /** The first child element with this name and namespace. */
    public Optional<Element> child(String name, String namespace) {
        for (Node child : children()) {
            if (child instanceof Element element && element.is(name, namespace)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** The first child element with this name and this element's own namespace. */
    public Optional<Element> child(String name) {
        return child(name, namespace());
    }

    public boolean has(String name, String namespace) {
        return child(name, namespace).isPresent();
    }

    /** The first child element, whatever its name. */
    public Optional<Element> firstElement() {
        for (Node child : children()) {
            if (child instanceof Element element) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** The text directly in this element, joined; empty where there is none. */
    public String text() {
        Optional<String> only = onlyText();
        if (only.isPresent()) {
            return only.get();
        }
        var joined = new StringBuilder();
        for (Node child : children()) {
            if (child instanceof Text text) {
                joined.append(text.value());
            }
        }
        return joined.toString();
    }

    private Optional<String> onlyText() {
        List<Node> made = children;
        if (made == null) {
            return parsed().onlyText(place());
        }
        return made.size() == 1 && made.get(0) instanceof Text only ? Optional.of(only.value()) : Optional.empty();
    }

    /** The text of the first child with this name and this element's own namespace. */
    public Optional<String> childText(String name) {
        return child(name).map(Element::text);
    }

    // ---- copies

    /** A copy with this attribute set, in its old place or else at the end; {@code xml:lang} is the only prefix known here. */
    public Element with(String attribute, String value) {
        if (attribute.equals("xmlns") || attribute.startsWith("xmlns:")) {
            throw new IllegalArgumentException(
                    "'%s' cannot be set, a namespace is given with the name: Element.of(name, namespace)"
                            .formatted(attribute));
        }
        boolean xml = attribute.startsWith("xml:");
        return with(
                xml
                        ? new Attribute("xml", attribute.substring(4), Attribute.XML_NAMESPACE, value)
                        : new Attribute("", attribute, "", value));
    }

    /**
     * A copy with this attribute set; its prefix is declared where it is written.
     *
     * @throws IllegalArgumentException if it is a declaration, or if its prefix means another namespace on this element
     */
    public Element with(Attribute attribute) {
        Optional<Markup> copy = mayBeSpliced(attribute) ? parsed().with(place(), attribute) : Optional.empty();
        return copy.isPresent() ? spliced(copy.get()) : withAttributes(AttributeLists.with(this, attribute));
    }

    /** The children are the same, so what was made of them is not made anew for each copy. */
    private Element spliced(Markup copy) {
        var spliced = new Element(name, copy, 0, true);
        spliced.children = children;
        return spliced;
    }

    private boolean mayBeSpliced(Attribute attribute) {
        return markup != null
                && place < 0
                && (attribute.isUnqualified() || attribute.prefix().equals("xml"));
    }

    /** A copy with the attribute set if a value is there. */
    public Element with(String attribute, Optional<String> value) {
        return value.map(v -> with(attribute, v)).orElse(this);
    }

    public Element without(String attribute) {
        return withAttributes(attributes().stream()
                .filter(a -> !a.qualifiedName().equals(attribute))
                .toList());
    }

    private Element withAttributes(List<Attribute> changed) {
        return new Element(name, List.copyOf(changed), children());
    }

    /** A copy with these children added at the end. */
    public Element with(Node... added) {
        return with(List.of(added));
    }

    public Element with(Collection<? extends Node> added) {
        var changed = new ArrayList<Node>(children().size() + added.size());
        changed.addAll(children());
        for (Node node : added) {
            changed.add(node instanceof Element element ? Inheritance.inside(namespace(), element) : node);
        }
        return withChildren(changed);
    }

    public Element withText(String text) {
        return text.isEmpty() ? this : with(Text.of(text));
    }

    /** A copy with exactly these children. */
    public Element withOnly(Collection<? extends Node> kept) {
        return new Element(name, attributes(), List.of()).with(kept);
    }

    /** A copy that keeps the children that {@code wanted} accepts. */
    public Element filter(Predicate<Node> wanted) {
        return withChildren(children().stream().filter(wanted).toList());
    }

    /** A copy without the child elements of this name and namespace. */
    public Element without(String childName, String childNamespace) {
        return filter(node -> !(node instanceof Element element && element.is(childName, childNamespace)));
    }

    /** A copy without the text that stands directly in this element. */
    public Element withoutText() {
        return filter(Element.class::isInstance);
    }

    /** A copy in which {@code child} stands in the place of the first child of its name and namespace, or else at the end. */
    public Element upsert(Element child) {
        Element placed = Inheritance.inside(namespace(), child);
        var changed = new ArrayList<>(children());
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i) instanceof Element at && at.is(placed.name(), placed.namespace())) {
                changed.set(i, placed);
                return withChildren(changed);
            }
        }
        return with(placed);
    }

    /** A copy with {@code child} at the end, unless there is a child of its name and namespace. */
    public Element withIfAbsent(Element child) {
        Element placed = Inheritance.inside(namespace(), child);
        return has(placed.name(), placed.namespace()) ? this : with(placed);
    }

    private Element withChildren(List<Node> changed) {
        return new Element(name, attributes(), List.copyOf(changed));
    }

    // ---- printing

    /** This element as it would stand on its own: every namespace that it uses is declared. */
    public String toXml() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    public byte[] toBytes() {
        return XmlWriter.standalone().write(this);
    }

    /** {@link #toXml()} with line ends and indentation, for people. */
    public String toPrettyXml() {
        return new String(XmlWriter.pretty().write(this), StandardCharsets.UTF_8);
    }

    /**
     * Whether {@link XmlWriter} would make just the bytes that the element was read from, where this is the default
     * namespace: plain quotes and spaces, nothing escaped otherwise, no prefix but {@code xml}.
     */
    boolean isVerbatim(String defaultNamespace) {
        return markup != null && place < 0 && (namespace().equals(defaultNamespace) || markup.declaresDefault(place()));
    }

    /** The bytes that the element was read from. */
    byte[] source() {
        return parsed().copy(place());
    }

    void copySource(ByteSink out) {
        parsed().copyTo(out, place());
    }

    int sourceSize() {
        return parsed().size(place());
    }

    /** How many bytes {@link #toBytes()} makes. */
    public long size() {
        return XmlWriter.standalone().size(this);
    }

    /** For XMLUnit, transformations and schemas of the JDK; to be read once. */
    public Source toSource() {
        return new StreamSource(new ByteArrayInputStream(toBytes()));
    }

    /**
     * The object that JAXB makes of this element; JAXB must be on the class path.
     *
     * @throws IllegalArgumentException if JAXB cannot bind it
     */
    public <T> T as(Class<T> annotated) {
        return JaxbBinding.read(this, annotated);
    }

    /** The element for people, on one line; the same as {@link #toXml()}. */
    @Override
    public String toString() {
        return toXml();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element element && TreeEquality.same(this, element);
    }

    @Override
    public int hashCode() {
        return TreeEquality.hash(this);
    }
}
