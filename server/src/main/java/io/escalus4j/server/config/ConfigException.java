package io.escalus4j.server.config;

/** A configuration file that cannot be followed; its message is for the person who wrote the file. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String text, Object... args) {
        super(text.formatted(args));
    }
}
