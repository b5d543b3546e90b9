package io.escalus4j.server.stream;

import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.XmlException;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.server.xmpp.StreamError;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a peer sends, as events of its stream, read one at a time. Confined to the event loop. */
interface StreamInput {
    /** Takes a copy of what came: any bytes of a stream, or one whole frame. */
    void received(ByteBuffer bytes);

    /**
     * The next event, empty if more must come for it.
     *
     * @throws XmlException if it is no XML that is allowed
     * @throws Refused if it is no frame that is allowed
     */
    Optional<StreamEvent> next();

    /** Whether everything that came has been read as events. */
    boolean isDrained();

    /** The peer opens its stream anew; it may have done so already, and may send more from here on. */
    void restart(XmlLimits limits);

    /** The stream goes on as it is, and the peer may send more from here on. */
    void limits(XmlLimits limits);

    /** The peer opens its stream anew, and what has come is forgotten. */
    void clear();

    /** A frame against the rules. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient StreamError error;

        Refused(StreamError error) {
            super(error.toString(), null, false, false);
            this.error = error;
        }

        StreamError error() {
            return error;
        }
    }
}
