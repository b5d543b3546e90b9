package io.escalus4j.exml;

import java.util.Optional;

/**
 * The bytes are not what the parser accepts: says which rule was broken and where.
 *
 * <p>{@link Kind#condition()} is the stream error that RFC 6120 section 4.9.3 has for it.
 */
public final class XmlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Which rule was broken. */
    public enum Kind {
        NOT_WELL_FORMED("not-well-formed"),
        MISMATCHED_TAG("not-well-formed"),
        DUPLICATE_ATTRIBUTE("not-well-formed"),
        ILLEGAL_CHARACTER("not-well-formed"),
        INVALID_UTF8("not-well-formed"),
        INVALID_REFERENCE("not-well-formed"),
        /** Characters behind the end of a document. */
        CONTENT_AFTER_ROOT("not-well-formed"),
        /** Another element behind the end of a document. */
        SECOND_ROOT("not-well-formed"),
        UNEXPECTED_END("not-well-formed"),
        UNBOUND_PREFIX("not-well-formed"),
        /** Comment, processing instruction, DTD or a reference other than the five (RFC 6120 section 11.1). */
        RESTRICTED("restricted-xml"),
        /** Characters between stanzas. */
        TEXT_IN_STREAM("bad-format"),
        UNSUPPORTED_ENCODING("unsupported-encoding"),
        LIMIT("policy-violation");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        /** The stream error's defined condition, for example {@code not-well-formed}. */
        public String condition() {
            return condition;
        }
    }

    private final Kind kind;
    private final String limit;
    private final long offset;
    private final int line;
    private final int column;
    private final String path;

    XmlException(Fault fault, ByteWindow.Position at, String path) {
        super("%s (offset %d, line %d, column %d%s)"
                .formatted(
                        fault.getMessage(), at.offset(), at.line(), at.column(), path.isEmpty() ? "" : ", in " + path));
        this.kind = fault.kind();
        this.limit = fault.limit();
        this.offset = at.offset();
        this.line = at.line();
        this.column = at.column();
        this.path = path;
    }

    public Kind kind() {
        return kind;
    }

    /** The component of {@link XmlLimits} that was hit, for example {@code elementBytes}; empty for another kind. */
    public Optional<String> limit() {
        return limit.isEmpty() ? Optional.empty() : Optional.of(limit);
    }

    /** Bytes from the start of the stream, the first is 0. */
    public long offset() {
        return offset;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** In characters, from 1. */
    public int column() {
        return column;
    }

    /** The open elements, for example {@code stream:stream/message/body}; empty outside of the root. */
    public String path() {
        return path;
    }
}
