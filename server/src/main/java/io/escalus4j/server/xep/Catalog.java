package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.config.ComponentsConfig;
import io.escalus4j.server.config.FastConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StreamManagementConfig;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.mam.ArchiveConfig;
import io.escalus4j.server.xep.mam.Archives;
import io.escalus4j.server.xep.muc.Muc;
import io.escalus4j.server.xep.muc.MucConfig;
import io.escalus4j.server.xep.muclight.MucLight;
import io.escalus4j.server.xep.muclight.MucLightConfig;
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
            entry("sasl2", context -> new ExtensibleSaslProfile()),
            entry("bind2", context -> new Bind2()),
            entry("fast", FastConfig.STANDARD, (context, config) -> new Fast(context)),
            entry("channel-binding", context -> new ChannelBindingTypes()),
            entry("downgrade-protection", context -> new DowngradeProtection()),
            entry("external", context -> new ClientCertificates()),
            entry("anonymous", AnonymousAccounts::new),
            entry("session", context -> new SessionEstablishment()),
            entry("disco", Disco::new),
            group("ping", Ping.Config::standard, (context, config) -> List.of(new Ping(context, config))),
            entry("time", context -> new EntityTime(context.time().clock())),
            entry("version", SoftwareVersion.Config.STANDARD, (context, config) -> new SoftwareVersion(config)),
            entry("last", LastActivity::new),
            group(
                    "registration",
                    InBandRegistration.Config::standard,
                    (context, config) -> List.of(new InBandRegistration(context, config))),
            entry("private", PrivateStorage.Limits.STANDARD, PrivateStorage::new),
            entry("vcard", VCard.Limits.STANDARD, VCard::new),
            entry("commands", AdHoc.Limits.STANDARD, AdHoc::new),
            entry("admin", ServiceAdministration.Limits.STANDARD, ServiceAdministration::new),
            entry("im", ImConfig.STANDARD, InstantMessaging::new),
            entry("offline", OfflineMessages.Config.STANDARD, OfflineMessages::new),
            entry("delay", context -> new DelayedDelivery(context.domains())),
            entry("blocking", Blocking.Config.STANDARD, Blocking::new),
            group("mam", profile -> ArchiveConfig.STANDARD, Archives::modules),
            entry("carbons", Carbons::new),
            entry("muclight", MucLightConfig.STANDARD, MucLight::new),
            group("muc", profile -> MucConfig.STANDARD, Muc::modules),
            entry("components", ComponentsConfig.STANDARD, ExternalComponents::new),
            entry("sm", StreamManagementConfig.STANDARD, (context, config) -> new StreamManagement(context)));

    private Catalog() {}

    /**
     * A line of the catalogue.
     *
     * @param standard what is set if nothing is said, which may differ between the profiles
     * @param factory makes the module, or several of which one needs the other
     */
    public record Entry<C extends Record>(
            String name, Function<Profile, C> standard, BiFunction<ServerContext, C, List<Module>> factory) {

        /** What the configuration says, or else its standard. */
        C setting(ServerContext context) {
            var config = context.config();
            return config.modules().of(name, standard.apply(config.profile()));
        }

        @SuppressWarnings("unchecked") // a setting of this line's own class
        List<Module> make(ServerContext context, Record setting) {
            return factory.apply(context, (C) setting);
        }
    }

    /** What there is to say of a module that cannot be set. */
    private record Nothing() {}

    private static Entry<?> entry(String name, Function<ServerContext, Module> factory) {
        return entry(name, new Nothing(), (context, nothing) -> factory.apply(context));
    }

    /** A module whose {@code [modules.NAME]} is a record like {@code standard}. */
    private static <C extends Record> Entry<C> entry(
            String name, C standard, BiFunction<ServerContext, C, Module> factory) {
        return group(name, profile -> standard, (context, config) -> List.of(factory.apply(context, config)));
    }

    /** Modules under one name, of which one needs the other, or whose standard depends on the profile. */
    private static <C extends Record> Entry<C> group(
            String name, Function<Profile, C> standard, BiFunction<ServerContext, C, List<Module>> factory) {
        return new Entry<>(name, standard, factory);
    }

    /**
     * The lines whose modules {@code context}'s server is to have.
     *
     * @throws IllegalArgumentException if something is said of a module that is not there
     */
    static List<Entry<?>> of(ServerContext context) {
        var disabled = context.config().modules().disabled();
        disabled.forEach(Catalog::requireKnown);
        context.config().modules().settings().keySet().forEach(Catalog::requireKnown);
        return ENTRIES.stream()
                .<Entry<?>>filter(entry -> !disabled.contains(entry.name()))
                .toList();
    }

    private static void requireKnown(String name) {
        entry(name);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    static Entry<?> entry(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("module '%s' is unknown, allowed are %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        ENTRIES.stream()
                                                .map(Entry::name)
                                                .sorted()
                                                .toList()))));
    }

    /** What each module is like if nothing is set, by its name. */
    public static Map<String, Record> standards(Profile profile) {
        return ENTRIES.stream()
                .collect(Collectors.toMap(Entry::name, entry -> entry.standard().apply(profile)));
    }
}
