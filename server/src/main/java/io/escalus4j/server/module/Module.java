package io.escalus4j.server.module;

/**
 * One feature of the server, usually one XEP; all that it does goes through {@link Hooks}, so uninstalling undoes it.
 *
 * <p>What it needs (clock, router, sessions, stores) arrives by its constructor.
 */
public interface Module {
    Xep xep();

    void install(Hooks hooks);
}
