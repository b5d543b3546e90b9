package io.escalus4j.exml;

/** A broken rule on its way to the parser, which adds line, column and path: carries an index of the {@link ByteWindow}. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final XmlException.Kind kind;
    private final int index;
    private final String limit;

    private Fault(XmlException.Kind kind, int index, String message, String limit) {
        super(message, null, false, false);
        this.kind = kind;
        this.index = index;
        this.limit = limit;
    }

    static Fault of(XmlException.Kind kind, int index, String message, Object... arguments) {
        return new Fault(kind, index, message.formatted(arguments), "");
    }

    /** {@code name} is the component of {@link XmlLimits} that was hit. */
    static Fault limit(String name, int index, String message, Object... arguments) {
        return new Fault(XmlException.Kind.LIMIT, index, message.formatted(arguments), name);
    }

    XmlException.Kind kind() {
        return kind;
    }

    int index() {
        return index;
    }

    /** Empty unless a limit was hit. */
    String limit() {
        return limit;
    }
}
