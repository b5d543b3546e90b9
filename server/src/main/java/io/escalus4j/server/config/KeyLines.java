package io.escalus4j.server.config;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * On which line of a TOML file each key stands, since the parser of the file does not tell.
 *
 * <p>It sees tables ({@code [streams]}) and keys ({@code depth = 64}, {@code streams.depth = 64}); what is inside of an
 * inline table is on the line of the key that holds it.
 */
final class KeyLines {
    private static final Pattern TABLE = Pattern.compile("\\s*\\[([^\\[\\]]+)]\\s*(#.*)?");
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.\"' -]+?)\\s*=.*");

    private final Map<String, Integer> lines = new HashMap<>();

    KeyLines(String toml) {
        String table = "";
        int number = 0;
        for (String line : toml.lines().toList()) {
            number++;
            var opened = TABLE.matcher(line);
            var key = KEY.matcher(line);
            if (opened.matches()) {
                table = path(opened.group(1));
                lines.putIfAbsent(table, number);
            } else if (key.matches()) {
                lines.putIfAbsent(table.isEmpty() ? path(key.group(1)) : table + '.' + path(key.group(1)), number);
            }
        }
    }

    private static String path(String written) {
        return String.join(
                ".",
                Arrays.stream(written.split("\\."))
                        .map(part -> part.strip().replaceAll("^[\"']|[\"']$", ""))
                        .toList());
    }

    /** The line of a key such as {@code streams.depth}, or of the nearest table around it; empty if neither is there. */
    Optional<Integer> of(String path) {
        for (String known = path; !known.isEmpty(); known = parent(known)) {
            if (lines.containsKey(known)) {
                return Optional.of(lines.get(known));
            }
        }
        return Optional.empty();
    }

    /** The key called {@code setting} in {@code table}, or in any table where that is empty. */
    Optional<String> find(String table, String setting) {
        return lines.keySet().stream()
                .filter(key -> table.isEmpty() || key.startsWith(table + '.'))
                .filter(key -> key.equals(setting) || key.endsWith('.' + setting))
                .findFirst();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
    }
}
