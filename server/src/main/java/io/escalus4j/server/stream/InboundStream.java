package io.escalus4j.server.stream;

import io.escalus4j.server.xmpp.StreamError;
import java.nio.ByteBuffer;

/** What a connection hands its bytes to. Confined to the connection's event loop. */
public interface InboundStream {
    /** Takes what the peer sent. */
    void received(ByteBuffer bytes);

    /** Ends the stream with this error. */
    void close(StreamError error);

    /** The connection is gone. */
    void disconnected();
}
