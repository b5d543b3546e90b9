package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Module;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All modules that a server has unless it is told otherwise: one line each.
 *
 * <p>The name is what {@code [modules]} in a configuration file and {@code XmppServer.builder().without(name)} call it.
 */
public final class Catalog {
    private static final List<Entry<?>> ENTRIES = List.of(
            entry("bind", context -> new ResourceBinding()), entry("session", context -> new SessionEstablishment()));

    private Catalog() {}

    /**
     * A line of the catalogue.
     *
     * @param standard what a module that can be set is like if nothing is set
     */
    public record Entry<C extends Record>(String name, C standard, BiFunction<ServerContext, C, Module> factory) {
        public Module make(ServerContext context) {
            return factory.apply(context, context.config().modules().of(name, standard));
        }
    }

    /** What a module has that cannot be set. */
    private record Nothing() {}

    private static Entry<?> entry(String name, Function<ServerContext, Module> factory) {
        return entry(name, new Nothing(), (context, nothing) -> factory.apply(context));
    }

    /** A module whose {@code [modules.NAME]} is read as a record like {@code standard}. */
    private static <C extends Record> Entry<C> entry(
            String name, C standard, BiFunction<ServerContext, C, Module> factory) {
        return new Entry<>(name, standard, factory);
    }

    /** The modules that {@code context}'s server is to have. */
    public static List<Module> of(ServerContext context) {
        var disabled = context.config().modules().disabled();
        return ENTRIES.stream()
                .filter(entry -> !disabled.contains(entry.name()))
                .map(entry -> entry.make(context))
                .toList();
    }

    public static List<Entry<?>> entries() {
        return ENTRIES;
    }

    /** What each module is like if nothing is set. */
    public static Map<String, Record> standards() {
        return ENTRIES.stream().collect(Collectors.toMap(Entry::name, Entry::standard));
    }
}
