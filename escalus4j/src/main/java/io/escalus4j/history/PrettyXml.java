package io.escalus4j.history;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.exml.Text;
import io.escalus4j.exml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Elements for people: as they stand in a client's stream, so that {@code jabber:client} is not repeated. */
public final class PrettyXml {
    private static final XmlWriter STREAM = XmlWriter.inStream(
            XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", "jabber:client"));
    private static final int WIDEST = 120;

    private PrettyXml() {}

    /** On one line, with the white space that it has itself. */
    public static String line(Element element) {
        return new String(STREAM.write(element), StandardCharsets.UTF_8);
    }

    /** On one line if that is short enough, else indented. */
    public static String of(Element element) {
        String line = line(element);
        return line.length() <= WIDEST && line.indexOf('\n') < 0 ? line : indented(element);
    }

    /** Each child on a line of its own, where no text would change by it. */
    public static String indented(Element element) {
        return line(indented(element, "\n"));
    }

    private static Element indented(Element element, String newLine) {
        if (element.firstElement().isEmpty() || !element.text().isBlank()) {
            return element;
        }
        var spread = new ArrayList<Node>();
        for (Element child : element.elements()) {
            spread.add(Text.of(newLine + "  "));
            spread.add(indented(child, newLine + "  "));
        }
        spread.add(Text.of(newLine));
        return element.withOnly(spread);
    }
}
