package io.escalus4j.exml;

/**
 * One attribute as it stands on its element, for example {@code xml:lang='en'}.
 *
 * @param prefix the prefix, empty where there is none
 * @param name the local name
 * @param namespace the namespace of the prefix, empty where there is no prefix (Namespaces in XML 1.0 section 6.2)
 * @param value the decoded value
 */
public record Attribute(String prefix, String name, String namespace, String value) {
    static final String XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
    static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    public Attribute {
        XmlChars.requireName(name);
        XmlChars.requireText(value);
        XmlChars.requireText(namespace);
        if (!prefix.isEmpty()) {
            XmlChars.requireName(prefix);
        }
        if (namespace.equals(XMLNS_NAMESPACE)) {
            requireDeclaration(prefix, name);
            Namespaces.requireAllowed(prefix.isEmpty() ? "" : name, value);
        } else {
            requirePrefixed(prefix, name, namespace);
            Namespaces.requireAllowed(prefix, namespace);
        }
    }

    private static void requireDeclaration(String prefix, String name) {
        if (!(prefix.isEmpty() ? name : prefix).equals("xmlns")) {
            throw new IllegalArgumentException(
                    "'%s' is no declaration, that must be xmlns or xmlns:%1$s".formatted(name));
        }
    }

    private static void requirePrefixed(String prefix, String name, String namespace) {
        boolean declaration = prefix.isEmpty() && name.equals("xmlns");
        if (prefix.isEmpty() != namespace.isEmpty() || declaration) {
            throw new IllegalArgumentException(
                    "attribute '%s' with prefix '%s' and namespace '%s', it must have both or neither (Namespaces in XML 1.0 section 6.2)"
                            .formatted(name, prefix, namespace));
        }
    }

    /** {@code prefix:name}, or the name alone. */
    public String qualifiedName() {
        return prefix.isEmpty() ? name : prefix + ':' + name;
    }

    /** Whether this is {@code xmlns='…'} or {@code xmlns:p='…'}. */
    public boolean isDeclaration() {
        return namespace.equals(XMLNS_NAMESPACE);
    }

    /** The prefix that this declaration binds: empty for {@code xmlns='…'}. */
    String declaredPrefix() {
        return prefix.isEmpty() ? "" : name;
    }
}
