package io.escalus4j.server;

/** How one server behaves. */
public record ServerConfig() {}
