package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.List;

/** Changes the attributes of an element so that no name and no prefix on it means two things. */
final class AttributeLists {
    private AttributeLists() {}

    static List<Attribute> with(Element owner, Attribute added) {
        if (added.isDeclaration()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be set, a namespace is given with the name: Element.of(name, namespace)"
                            .formatted(added.qualifiedName()));
        }
        var changed = new ArrayList<>(owner.attributes());
        int place = place(changed, added);
        if (place < 0) {
            changed.add(added);
        } else {
            changed.set(place, added);
        }
        requireOneMeaning(added, owner.prefix(), owner.namespace());
        for (Attribute attribute : changed) {
            boolean declaration = attribute.isDeclaration();
            requireOneMeaning(
                    added,
                    declaration ? attribute.declaredPrefix() : attribute.prefix(),
                    declaration ? attribute.value() : attribute.namespace());
        }
        return changed;
    }

    private static int place(List<Attribute> attributes, Attribute added) {
        for (int i = 0; i < attributes.size(); i++) {
            Attribute at = attributes.get(i);
            boolean same = at.name().equals(added.name()) && at.namespace().equals(added.namespace());
            if (same || at.qualifiedName().equals(added.qualifiedName())) {
                return i;
            }
        }
        return -1;
    }

    private static void requireOneMeaning(Attribute added, String prefix, String namespace) {
        if (!prefix.isEmpty() && prefix.equals(added.prefix()) && !namespace.equals(added.namespace())) {
            throw new IllegalArgumentException(
                    "prefix '%s' of attribute '%s' means '%s' on this element, it must not mean '%s' too (Namespaces in XML 1.0 section 5)"
                            .formatted(prefix, added.name(), namespace, added.namespace()));
        }
    }
}
