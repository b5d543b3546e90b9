package io.escalus4j.exml;

/**
 * One attribute as it stands on its element, for example {@code xml:lang='en'}. Immutable.
 *
 * <p>Its value is decoded; its namespace is that of its prefix, empty where there is no prefix (Namespaces in XML 1.0
 * section 6.2).
 */
public final class Attribute {
    static final String XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
    static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    private final ResolvedName name;
    private final String value;
    private final Spelling spelling;

    private Attribute(ResolvedName name, String value, Spelling spelling) {
        this.name = name;
        this.value = value;
        this.spelling = spelling;
    }

    /**
     * An attribute with a prefix, or without one where {@code prefix} and {@code namespace} are empty.
     *
     * @throws IllegalArgumentException if XML cannot carry it
     */
    public Attribute(String prefix, String name, String namespace, String value) {
        this(
                new ResolvedName(prefix, XmlChars.requireName(name), XmlChars.requireText(namespace)),
                value,
                Spelling.ofValue(value));
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

    /** Of what the parser has checked. */
    static Attribute trusted(ResolvedName name, String value, Spelling spelling) {
        return new Attribute(name, value, spelling);
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

    /** Empty where there is none. */
    public String prefix() {
        return name.prefix();
    }

    /** The local name. */
    public String name() {
        return name.local();
    }

    public String namespace() {
        return name.namespace();
    }

    public String value() {
        return value;
    }

    /** {@code prefix:name}, or the name alone. */
    public String qualifiedName() {
        return name.qualified();
    }

    /** Whether this is {@code xmlns='…'} or {@code xmlns:p='…'}. */
    public boolean isDeclaration() {
        return namespace().equals(XMLNS_NAMESPACE);
    }

    /** The prefix that this declaration binds: empty for {@code xmlns='…'}. */
    String declaredPrefix() {
        return prefix().isEmpty() ? "" : name();
    }

    ResolvedName resolvedName() {
        return name;
    }

    Spelling spelling() {
        return spelling;
    }

    /** Whether its name needs no declaration, nor is one. */
    boolean isUnqualified() {
        return name.prefix().isEmpty() && name.namespace().isEmpty();
    }

    boolean isWrittenAs(String qualifiedName) {
        return name.isWrittenAs(qualifiedName);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attribute attribute && name.equals(attribute.name) && value.equals(attribute.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
        return "Attribute[prefix=%s, name=%s, namespace=%s, value=%s]".formatted(prefix(), name(), namespace(), value);
    }
}
