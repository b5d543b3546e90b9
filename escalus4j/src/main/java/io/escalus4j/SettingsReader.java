package io.escalus4j;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts settings together from their sources, each stronger than the one before. Confined to one thread.
 *
 * <pre>{@code
 * new SettingsReader(Set.of())
 *     .read("@Setting on HelloStory", Map.of("escalus.timeout", "2s"))
 *     .readSystemProperties(System.getProperties())
 *     .readEnvironment(System.getenv())
 *     .settings();
 * }</pre>
 */
public final class SettingsReader {
    private final Set<String> alsoAllowed;
    private final Map<Option, String> values = new EnumMap<>(Option.class);
    private final Map<String, String> others = new HashMap<>();

    /** @param alsoAllowed keys that belong to a server, see {@link ServerFactory#keys()} */
    public SettingsReader(Set<String> alsoAllowed) {
        this.alsoAllowed = Set.copyOf(alsoAllowed);
    }

    /** From the system properties and the environment of this JVM; the servers on the class path may have keys there too. */
    public static Settings ofJvm() {
        Set<String> serverKeys = ServerFactory.onClassPath().stream()
                .flatMap(factory -> factory.keys().stream())
                .collect(Collectors.toSet());
        return new SettingsReader(serverKeys)
                .readSystemProperties(System.getProperties())
                .readEnvironment(System.getenv())
                .settings();
    }

    /**
     * Reads whatever starts with {@code escalus.}.
     *
     * @param where what the source is called in errors
     * @throws IllegalArgumentException if a key is unknown or a value is not allowed
     */
    public SettingsReader read(String where, Map<String, String> source) {
        new TreeMap<>(source).forEach((key, value) -> {
            if (Option.isOurs(key)) {
                set(key, value, where);
            }
        });
        return this;
    }

    public SettingsReader readSystemProperties(Map<?, ?> properties) {
        var source = new HashMap<String, String>();
        properties.forEach((key, value) -> source.put(key.toString(), value.toString()));
        return read("a system property", source);
    }

    public SettingsReader readEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            String key = Option.keyOfEnvironment(variable);
            if (Option.isOurs(key) && variable.startsWith("ESCALUS_")) {
                set(key, value, "the environment variable " + variable);
            }
        });
        return this;
    }

    private void set(String key, String value, String where) {
        Optional<Option> option = Option.ofKey(key);
        if (option.isEmpty() && !alsoAllowed.contains(key)) {
            throw new IllegalArgumentException(
                    "'%s' is no setting (it stands in %s), allowed are %s".formatted(key, where, allowed()));
        }
        option.ifPresentOrElse(known -> set(known, value.strip(), where), () -> others.put(key, value));
    }

    private void set(Option option, String value, String where) {
        option.check(value, where);
        values.put(option, value);
    }

    private String allowed() {
        return alsoAllowed.isEmpty()
                ? Option.keys()
                : Option.keys() + ", " + String.join(", ", new TreeSet<>(alsoAllowed));
    }

    public Settings settings() {
        return Settings.of(values, others);
    }
}
