package io.escalus4j.junit;

import io.escalus4j.Option;
import io.escalus4j.Settings;
import io.escalus4j.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The settings of a test, weakest first: annotations and the extension's builder, {@code junit-platform.properties},
 * system properties, what the launcher of JUnit was given, the environment.
 */
record JUnitSettings(ExtensionContext context, Set<String> serverKeys) {
    private static final String FILE = "junit-platform.properties";

    /** Over which way a story goes that goes over several is its own matter. */
    Settings read() {
        Settings settings = sources();
        return OverEachTransport.of(context)
                .map(transport -> settings.with(Option.TRANSPORT, transport.key()))
                .orElse(settings);
    }

    private Settings sources() {
        return new SettingsReader(serverKeys)
                .read("a builder of EscalusExtension", keyed(new Stores(context).builtSettings()))
                .read("@Setting of " + context.getDisplayName(), annotated())
                .read(FILE, file())
                .readSystemProperties(System.getProperties())
                .read("a configuration parameter of JUnit", launcher())
                .readEnvironment(System.getenv())
                .settings();
    }

    private static Map<String, String> keyed(Map<Option, String> settings) {
        var keyed = new HashMap<String, String>();
        settings.forEach((option, value) -> keyed.put(option.key(), value));
        return keyed;
    }

    private Map<String, String> annotated() {
        var values = new HashMap<String, String>();
        Annotations.settings(context)
                .forEach(setting -> values.put(setting.option().key(), setting.value()));
        return values;
    }

    /** JUnit reads the file too, but does not tell which keys are in it; a wrong key must not go unseen. */
    private static Map<String, String> file() {
        var properties = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        var values = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private Map<String, String> launcher() {
        var values = new HashMap<String, String>();
        Stream.concat(Stream.of(Option.values()).map(Option::key), serverKeys.stream())
                .forEach(key -> {
                    Optional<String> value = context.getConfigurationParameter(key);
                    value.ifPresent(text -> values.put(key, text));
                });
        return values;
    }
}
