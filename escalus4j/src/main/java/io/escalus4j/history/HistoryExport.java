package io.escalus4j.history;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A history for programs: the same entries as JSON and as XML. */
public final class HistoryExport {
    private static final String NS = "urn:escalus4j:history:0";

    private HistoryExport() {}

    /**
     * One object with {@code title}, {@code dropped} and {@code entries}; {@code at} is in seconds.
     *
     * <pre>{@code
     * {"title":"…","dropped":0,"entries":[{"at":0.012,"who":"alice","direction":"out","text":"chat to bob","stanza":"<message …"}]}
     * }</pre>
     */
    public static String json(History history) {
        return "{\"title\":%s,\"dropped\":%d,\"entries\":[%s]}\n"
                .formatted(
                        quoted(history.title()),
                        history.dropped(),
                        history.entries().stream().map(HistoryExport::json).collect(Collectors.joining(",\n")));
    }

    private static String json(Entry entry) {
        return "{\"at\":%s,\"who\":%s,\"direction\":%s,\"text\":%s%s}"
                .formatted(
                        seconds(entry),
                        quoted(entry.who()),
                        quoted(direction(entry)),
                        quoted(entry.text()),
                        entry.stanza()
                                .map(stanza -> ",\"stanza\":" + quoted(stanza.toXml()))
                                .orElse(""));
    }

    /** {@code <history xmlns='urn:escalus4j:history:0'>} with one {@code <entry/>} each, the stanza inside. */
    public static Element xml(History history) {
        return Element.of("history", NS)
                .with("title", xmlText(history.title()))
                .with("dropped", Long.toString(history.dropped()))
                .with(history.entries().stream().map(HistoryExport::xml).toList());
    }

    private static Element xml(Entry entry) {
        return Element.of("entry", NS)
                .with("at", seconds(entry))
                .with("who", xmlText(entry.who()))
                .with("direction", direction(entry))
                .with("text", xmlText(entry.text()))
                .with(entry.stanza().stream().toList());
    }

    /** Writes {@code NAME.json} and {@code NAME.xml} beside each other, and the directories above them. */
    public static List<Path> write(History history, Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        return List.of(
                Files.writeString(directory.resolve(name + ".json"), json(history)),
                Files.write(directory.resolve(name + ".xml"), xml(history).toBytes()));
    }

    private static String seconds(Entry entry) {
        return String.format(Locale.ROOT, "%.6f", entry.at().toNanos() / 1e9);
    }

    private static String direction(Entry entry) {
        return entry.direction().name().toLowerCase(Locale.ROOT);
    }

    /** Words may hold what XML cannot carry. */
    private static String xmlText(String text) {
        return text.codePoints()
                .map(c -> c < 0x20 && c != '\t' && c != '\n' || c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF
                        ? 0xFFFD
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> out.append(escaped((char) c)));
        return out.append('"').toString();
    }

    /** By number also what ends a script or a line in JavaScript, and halves of pairs. */
    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            default ->
                c < 0x20 || c == '<' || c == 0x2028 || c == 0x2029 || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c)
                        ? "\\u%04x".formatted((int) c)
                        : String.valueOf(c);
        };
    }
}
