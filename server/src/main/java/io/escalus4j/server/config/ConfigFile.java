package io.escalus4j.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.escalus4j.server.xmpp.Jid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the configuration of a stand-alone server: a TOML file, whose tables are the records of this package.
 *
 * <p>What is not set has its standard. What is wrong ends in a {@link ConfigException} that names the file, the line,
 * the key, what it is and what is allowed. Confined to one reading.
 */
public final class ConfigFile {
    private static final String MANUAL = "docs/configuration.md";

    private final TomlMapper mapper = ConfigMapper.mapper();
    private final Path file;
    private final KeyLines lines;
    private final JsonNode written;
    private final Optional<Profile> profile;

    private ConfigFile(Path file, String toml, Optional<Profile> profile) {
        this.file = file;
        this.profile = profile;
        this.lines = new KeyLines(toml);
        this.written = tree(toml);
    }

    /**
     * @param profile counts more than what the file says, if it is there
     * @param modules what may be set per module, by its name: its standard in a profile
     * @throws ConfigException if the file cannot be read or followed
     */
    public static ServerConfig read(
            Path file, Optional<Profile> profile, Function<Profile, Map<String, Record>> modules) {
        try {
            return new ConfigFile(file, Files.readString(file), profile).config(modules);
        } catch (NoSuchFileException missing) {
            throw new ConfigException("%s cannot be read: there is no such file", file);
        } catch (IOException unreadable) {
            throw new ConfigException("%s cannot be read: %s", file, unreadable.getMessage());
        }
    }

    /** Every key that a file may have, with what it is if nothing is set; the tables themselves are left out. */
    public static Map<String, String> standards(Profile profile, Map<String, Record> modules) {
        var keys = new HashMap<String, String>();
        collect("", standard(ConfigMapper.mapper(), profile, modules), keys);
        return keys;
    }

    private static void collect(String path, JsonNode node, Map<String, String> keys) {
        node.properties().forEach(field -> {
            String key = path.isEmpty() ? field.getKey() : path + '.' + field.getKey();
            if (field.getValue().isObject()) {
                collect(key, field.getValue(), keys);
            } else {
                keys.put(key, field.getValue().toString());
            }
        });
    }

    private JsonNode tree(String toml) {
        try {
            return mapper.readTree(toml);
        } catch (JsonProcessingException noToml) {
            throw new ConfigException(
                    "%s:%d: %s (https://toml.io)", file, noToml.getLocation().getLineNr(), noToml.getOriginalMessage());
        }
    }

    // ---- the file over its standard

    private ServerConfig config(Function<Profile, Map<String, Record>> modules) {
        Profile wanted = profile.orElseGet(this::writtenProfile);
        var standards = modules.apply(wanted);
        ObjectNode all = standard(mapper, wanted, standards);
        overlay("", all, written);
        return bind(wanted, all, standards);
    }

    private Profile writtenProfile() {
        return written.has("profile") ? value("profile", written.get("profile"), Profile.class) : Profile.PRODUCTION;
    }

    private static ObjectNode standard(TomlMapper mapper, Profile profile, Map<String, Record> modules) {
        ObjectNode tree = mapper.valueToTree(ServerConfig.standalone(profile));
        ObjectNode settings = mapper.createObjectNode();
        settings.putArray("disabled");
        modules.forEach((name, standard) -> settings.set(name, mapper.valueToTree(standard)));
        tree.set("modules", settings);
        return tree;
    }

    private void overlay(String table, ObjectNode standard, JsonNode given) {
        given.properties().forEach(field -> {
            String key = table.isEmpty() ? field.getKey() : table + '.' + field.getKey();
            JsonNode known = standard.get(field.getKey());
            if (known == null) {
                throw wrong(key, "%s is unknown, allowed are %s (%s)", key, names(standard), MANUAL);
            }
            if (known instanceof ObjectNode deeper) {
                requireTable(key, field.getValue());
                overlay(key, deeper, field.getValue());
            } else {
                standard.set(field.getKey(), field.getValue());
            }
        });
    }

    private void requireTable(String key, JsonNode given) {
        if (!given.isObject()) {
            throw wrong(key, "%s is %s, allowed is a table of settings (%s)", key, given, MANUAL);
        }
    }

    private static String names(ObjectNode table) {
        var names = new ArrayList<String>();
        table.fieldNames().forEachRemaining(names::add);
        return names.isEmpty()
                ? "none here"
                : String.join(", ", names.stream().sorted().toList());
    }

    // ---- records

    private ServerConfig bind(Profile wanted, ObjectNode all, Map<String, Record> modules) {
        try {
            return new ServerConfig(
                    value("domains", all.get("domains"), new TypeReference<List<String>>() {}),
                    wanted,
                    value("admins", all.get("admins"), new TypeReference<Set<Jid>>() {}),
                    value("listen", all.get("listen"), ListenConfig.class),
                    value("http", all.get("http"), HttpConfig.class),
                    value("bosh", all.get("bosh"), BoshConfig.class),
                    value("tls", all.get("tls"), TlsConfig.class),
                    value("streams", all.get("streams"), StreamConfig.class),
                    value("sasl", all.get("sasl"), SaslConfig.class),
                    value("sessions", all.get("sessions"), SessionConfig.class),
                    value("store", all.get("store"), StoreConfig.class),
                    modules(all.get("modules"), modules));
        } catch (IllegalArgumentException rule) {
            throw broken("", rule.getMessage());
        }
    }

    private ModulesConfig modules(JsonNode table, Map<String, Record> standards) {
        var disabled = value("modules.disabled", table.get("disabled"), new TypeReference<Set<String>>() {});
        for (String name : disabled) {
            if (!standards.containsKey(name)) {
                throw wrong(
                        "modules.disabled",
                        "modules.disabled has \"%s\", allowed are %s (%s)",
                        name,
                        String.join(", ", standards.keySet().stream().sorted().toList()),
                        MANUAL);
            }
        }
        var settings = new HashMap<String, Record>();
        standards.forEach(
                (name, standard) -> settings.put(name, value("modules." + name, table.get(name), standard.getClass())));
        return new ModulesConfig(disabled, settings);
    }

    private <T> T value(String key, JsonNode node, Class<T> type) {
        return value(key, node, mapper.constructType(type));
    }

    private <T> T value(String key, JsonNode node, TypeReference<T> type) {
        return value(key, node, mapper.constructType(type));
    }

    private <T> T value(String key, JsonNode node, JavaType type) {
        try {
            return mapper.readValue(mapper.treeAsTokens(node), type);
        } catch (ValueInstantiationException rule) {
            throw broken(key, String.valueOf(rule.getCause().getMessage()));
        } catch (MismatchedInputException mismatch) {
            throw mismatched(key, node, mismatch);
        } catch (IOException other) {
            throw wrong(key, "%s cannot be understood: %s (%s)", key, other.getMessage(), MANUAL);
        }
    }

    // ---- what to say

    private ConfigException mismatched(String key, JsonNode node, MismatchedInputException mismatch) {
        String at = key;
        JsonNode saw = node;
        for (JsonMappingException.Reference step : mismatch.getPath()) {
            boolean inList = step.getFieldName() == null;
            at = inList ? at : at + '.' + step.getFieldName();
            saw = inList ? saw.path(step.getIndex()) : saw.path(step.getFieldName());
        }
        return wrong(
                at, "%s is %s, allowed is %s (%s)", at, saw, ConfigMapper.allowed(mismatch.getTargetType()), MANUAL);
    }

    /** A record's own rule begins with the name of the setting that it is about. */
    private ConfigException broken(String table, String rule) {
        String setting = rule.replaceFirst("[ :].*", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
        String key = lines.find(table, setting).orElse(table);
        return wrong(key, "%s%s (%s)", table.isEmpty() ? "" : table + ": ", rule, MANUAL);
    }

    private ConfigException wrong(String key, String text, Object... args) {
        String place = lines.of(key).map(line -> file + ":" + line).orElse(file.toString());
        return new ConfigException("%s: %s", place, text.formatted(args));
    }
}
