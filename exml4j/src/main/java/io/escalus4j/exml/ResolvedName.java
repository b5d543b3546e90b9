package io.escalus4j.exml;

/** A name as it is written, and the namespace that it means where it stands. */
record ResolvedName(String prefix, String local, String namespace) {
    boolean is(String name, String inNamespace) {
        return local.equals(name) && namespace.equals(inNamespace);
    }

    String qualified() {
        return prefix.isEmpty() ? local : prefix + ':' + local;
    }

    boolean isWrittenAs(String qualified) {
        if (prefix.isEmpty()) {
            return local.equals(qualified);
        }
        int colon = prefix.length();
        return qualified.length() == colon + 1 + local.length()
                && qualified.charAt(colon) == ':'
                && qualified.startsWith(prefix)
                && qualified.endsWith(local);
    }

    /** Whether an attribute of this name is {@code xmlns='…'}. */
    boolean declaresDefault() {
        return prefix.isEmpty() && namespace.equals(Attribute.XMLNS_NAMESPACE);
    }
}
