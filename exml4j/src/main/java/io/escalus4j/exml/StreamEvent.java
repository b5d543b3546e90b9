package io.escalus4j.exml;

/** What a stream is made of (RFC 6120 section 4): its opening tag, whole elements of depth one, its closing tag. */
public sealed interface StreamEvent {
    /** {@code <stream:stream …>}: the element has attributes and declarations but no children. */
    record Start(Element header) implements StreamEvent {}

    /** A whole element: a stanza or another first-level child of the stream; in framed and document mode the root itself. */
    record Whole(Element element) implements StreamEvent {}

    /** {@code </stream:stream>}; what comes after it is ignored. */
    record End() implements StreamEvent {}
}
