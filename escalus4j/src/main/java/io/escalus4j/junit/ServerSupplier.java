package io.escalus4j.junit;

import io.escalus4j.ServerHandle;

/** Starts or finds a server. */
@FunctionalInterface
public interface ServerSupplier {
    ServerHandle get() throws Exception;
}
