package io.escalus4j.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which modules run, and how.
 *
 * @param disabled names of the catalogue that are left out
 * @param settings what is set for a module by its name; a module that is not named here has its own standard
 */
public record ModulesConfig(Set<String> disabled, Map<String, Record> settings) {
    public static final ModulesConfig ALL = new ModulesConfig(Set.of(), Map.of());

    public ModulesConfig {
        disabled = Set.copyOf(disabled);
        settings = Map.copyOf(settings);
    }

    public ModulesConfig without(String module) {
        return new ModulesConfig(
                Stream.concat(disabled.stream(), Stream.of(module)).collect(Collectors.toSet()), settings);
    }

    public ModulesConfig with(String module, Record setting) {
        var changed = new HashMap<>(settings);
        changed.put(module, setting);
        return new ModulesConfig(disabled, changed);
    }

    /** What is set for {@code module}, or else its standard. */
    public <C extends Record> C of(String module, C standard) {
        @SuppressWarnings("unchecked") // both are of the class that the module's catalogue line names
        C set = (C) settings.getOrDefault(module, standard);
        return set;
    }
}
