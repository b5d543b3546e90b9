package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Module;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modules of the catalogue that a server has, by their names. They can be set anew and left out while it runs: a test
 * wants that. Thread-safe.
 */
public final class InstalledModules {
    private record Installed(Record setting, List<Module> modules) {}

    private final ServerContext context;
    private final Map<String, Installed> installed = new LinkedHashMap<>();

    private InstalledModules(ServerContext context) {
        this.context = context;
    }

    /**
     * Installs what the configuration wants.
     *
     * @throws IllegalArgumentException if something is said of a module that is not there
     * @throws IllegalStateException if two modules claim the same
     */
    public static InstalledModules of(ServerContext context) {
        var modules = new InstalledModules(context);
        Catalog.of(context).forEach(entry -> modules.install(entry, entry.setting(context)));
        return modules;
    }

    /** How each is set. */
    public synchronized Map<String, Record> settings() {
        var settings = new LinkedHashMap<String, Record>();
        installed.forEach((name, one) -> settings.put(name, one.setting()));
        return settings;
    }

    /** How this one is set, or would be. */
    public synchronized Record setting(String name) {
        return installed.containsKey(name) ? installed.get(name).setting() : standard(name);
    }

    /** What a module is like if nothing is said. */
    public Record standard(String name) {
        return Catalog.entry(name).setting(context);
    }

    /**
     * Installs the module with this setting, instead of the one that is there. What that had in memory is gone; requests
     * that come just then find no module.
     *
     * @throws IllegalStateException if it claims what another has; then all is as before
     */
    public synchronized void set(String name, Record setting) {
        var entry = Catalog.entry(name);
        var before = Optional.ofNullable(installed.get(name));
        without(name);
        try {
            install(entry, setting);
        } catch (RuntimeException refused) {
            before.ifPresent(one -> install(entry, one.setting()));
            throw refused;
        }
    }

    private void install(Catalog.Entry<?> entry, Record setting) {
        List<Module> modules = entry.make(context, setting);
        modules.forEach(context.modules()::install);
        installed.put(entry.name(), new Installed(setting, modules));
    }

    /** Uninstalls it, if it is there. */
    public synchronized void without(String name) {
        Catalog.entry(name);
        Optional.ofNullable(installed.remove(name))
                .ifPresent(one -> one.modules().forEach(context.modules()::uninstall));
    }

    /** All as the configuration wants it. */
    public synchronized void reset() {
        var wanted = Catalog.of(context);
        List.copyOf(installed.keySet()).stream()
                .filter(name -> wanted.stream().noneMatch(entry -> entry.name().equals(name)))
                .forEach(this::without);
        wanted.stream()
                .filter(entry -> !Optional.ofNullable(installed.get(entry.name()))
                        .map(Installed::setting)
                        .equals(Optional.of(entry.setting(context))))
                .forEach(entry -> set(entry.name(), entry.setting(context)));
    }
}
