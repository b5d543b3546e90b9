package io.escalus4j.match;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.exml.Text;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;

/** Copies our trees into DOM for XMLUnit, without prefixes, declarations and CDATA, which do not count. */
final class Dom {
    /** XMLUnit and we walk by recursion; a stanza of any server ends long before. */
    static final int DEEPEST = 200;

    private final Document document;
    private final boolean ordered;

    private Dom(boolean ordered) {
        this.document = emptyDocument();
        this.ordered = ordered;
    }

    /** Text keeps its place among the elements. */
    static org.w3c.dom.Element ordered(Element element) {
        return new Dom(true).copy(element);
    }

    /** Text comes first, in one piece; white space between elements is gone. */
    static org.w3c.dom.Element unordered(Element element) {
        return new Dom(false).copy(element);
    }

    static boolean isTooDeep(Element root) {
        record Level(Element element, int depth) {}
        var pending = new ArrayDeque<Level>();
        pending.push(new Level(root, 1));
        while (!pending.isEmpty()) {
            Level level = pending.pop();
            if (level.depth() > DEEPEST) {
                return true;
            }
            level.element().elements().forEach(child -> pending.push(new Level(child, level.depth() + 1)));
        }
        return false;
    }

    private static Document emptyDocument() {
        try {
            // the JDK's own, here and in Difference: a search for others takes longer than a comparison
            Document document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .newDocument();
            // or else it refuses names that came with the fifth edition of XML 1.0
            document.setStrictErrorChecking(false);
            return document;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("the JDK has no DOM", impossible);
        }
    }

    private org.w3c.dom.Element copy(Element element) {
        var copy = document.createElementNS(orNull(element.namespace()), element.name());
        for (Attribute attribute : element.attributes()) {
            if (!attribute.isDeclaration()) {
                copy.setAttributeNS(orNull(attribute.namespace()), attribute.qualifiedName(), attribute.value());
            }
        }
        if (ordered) {
            element.children().forEach(child -> append(copy, child));
        } else {
            text(element).ifPresent(text -> copy.appendChild(document.createTextNode(text)));
            element.elements().forEach(child -> copy.appendChild(copy(child)));
        }
        copy.normalize();
        return copy;
    }

    private void append(org.w3c.dom.Element parent, Node child) {
        parent.appendChild(
                child instanceof Element element ? copy(element) : document.createTextNode(((Text) child).value()));
    }

    private static Optional<String> text(Element element) {
        String text = element.text();
        boolean layout = text.isBlank() && element.firstElement().isPresent();
        return text.isEmpty() || layout ? Optional.empty() : Optional.of(text);
    }

    /** DOM's way to say that there is no namespace. */
    @SuppressWarnings("NullAway")
    private static String orNull(String namespace) {
        return namespace.isEmpty() ? null : namespace;
    }
}
