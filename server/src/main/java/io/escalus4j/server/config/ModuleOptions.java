package io.escalus4j.server.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** The options of a module as text and numbers, under the names that they have in a configuration file. */
public final class ModuleOptions {
    private static final ObjectMapper MAPPER = ConfigMapper.mapper();

    private ModuleOptions() {}

    /** For example {@code {messages=100}}. */
    public static Map<String, Object> of(Record setting) {
        return MAPPER.convertValue(setting, new TypeReference<>() {});
    }

    /**
     * A setting with these options; those that are missing are as in {@code standard}.
     *
     * @param module what it is called in errors
     * @throws IllegalArgumentException if an option is unknown or its value is not allowed
     */
    public static Record read(String module, Record standard, Map<String, Object> options) {
        ObjectNode tree = MAPPER.valueToTree(standard);
        options.forEach((name, value) -> {
            if (!tree.has(name)) {
                throw new IllegalArgumentException("modules.%s.%s is unknown, allowed are %s"
                        .formatted(module, name, String.join(", ", of(standard).keySet())));
            }
            tree.set(name, MAPPER.valueToTree(value));
        });
        return bound(module, standard, tree);
    }

    private static Record bound(String module, Record standard, ObjectNode tree) {
        try {
            return MAPPER.readValue(MAPPER.treeAsTokens(tree), standard.getClass());
        } catch (ValueInstantiationException rule) {
            throw new IllegalArgumentException(
                    "modules.%s: %s".formatted(module, rule.getCause().getMessage()));
        } catch (MismatchedInputException mismatch) {
            throw new IllegalArgumentException("modules.%s.%s must be %s"
                    .formatted(module, name(mismatch), ConfigMapper.allowed(mismatch.getTargetType())));
        } catch (IOException other) {
            throw new IllegalArgumentException(
                    "modules.%s cannot be understood: %s".formatted(module, other.getMessage()));
        }
    }

    private static String name(JsonMappingException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> String.valueOf(step.getFieldName()))
                .findFirst()
                .orElse("?");
    }
}
