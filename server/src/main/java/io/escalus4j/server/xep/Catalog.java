package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.config.Profile;
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
            entry("bind", context -> new ResourceBinding()),
            entry("session", context -> new SessionEstablishment()),
            entry(
                    "disco",
                    context -> new Disco(
                            context.modules(),
                            context.sessions(),
                            context.stores().rosters())),
            entry("ping", context -> new Ping()),
            entry("time", context -> new EntityTime(context.clock())),
            entry("version", SoftwareVersion.Config.STANDARD, (context, config) -> new SoftwareVersion(config)),
            entry("last", context -> new LastActivity(context.clock(), context.sessions(), context.stores())),
            new Entry<>(
                    "registration",
                    InBandRegistration.Config::standard,
                    (context, config) ->
                            new InBandRegistration(config, context.accounts(), context.clock(), context.metrics())),
            entry(
                    "private",
                    PrivateStorage.Limits.STANDARD,
                    (context, limits) ->
                            new PrivateStorage(limits, context.stores().privateStorage())),
            entry(
                    "vcard",
                    VCard.Limits.STANDARD,
                    (context, limits) -> new VCard(limits, context.stores().vcards())),
            entry(
                    "commands",
                    AdHoc.Limits.STANDARD,
                    (context, limits) -> new AdHoc(limits, context.clock(), context.modules())),
            entry("admin", ServiceAdministration.Limits.STANDARD, ServiceAdministration::of));

    private Catalog() {}

    /**
     * A line of the catalogue.
     *
     * @param standard what a module that can be set is like in a profile if nothing is set
     */
    public record Entry<C extends Record>(
            String name, Function<Profile, C> standard, BiFunction<ServerContext, C, Module> factory) {
        public Module make(ServerContext context) {
            var config = context.config();
            return factory.apply(context, config.modules().of(name, standard.apply(config.profile())));
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
        return new Entry<>(name, profile -> standard, factory);
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

    /** What each module is like in a profile if nothing is set. */
    public static Map<String, Record> standards(Profile profile) {
        return ENTRIES.stream()
                .collect(Collectors.toMap(Entry::name, entry -> entry.standard().apply(profile)));
    }
}
