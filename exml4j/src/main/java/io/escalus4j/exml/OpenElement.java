package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.List;

/**
 * An element whose closing tag has not come.
 *
 * @param mark the state of the {@link NamespaceScope} outside of it
 */
record OpenElement(Name name, String namespace, List<Attribute> attributes, List<Node> children, int mark) {
    OpenElement(Name name, String namespace, List<Attribute> attributes, int mark) {
        this(name, namespace, List.copyOf(attributes), new ArrayList<>(), mark);
    }

    boolean isNamedAs(OpenElement other) {
        return namespace.equals(other.namespace) && name.local().equals(other.name.local());
    }

    Element toElement() {
        return new Element(name.prefix(), name.local(), namespace, attributes, List.copyOf(children));
    }
}
