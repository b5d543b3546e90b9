package io.escalus4j.server.store;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Random bytes that a server must have again after a restart, by name. */
public interface Secrets {
    /** The secret; the first who asks for it gives it. */
    CompletionStage<byte[]> of(String name, Supplier<byte[]> fresh);
}
