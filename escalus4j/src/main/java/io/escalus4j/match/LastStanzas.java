package io.escalus4j.match;

import java.util.ArrayList;
import java.util.List;

/** {@code last stanzas:  +0.012s alice -> chat to bob   +0.014s bob <- chat from alice}, broken where lines get long. */
final class LastStanzas {
    private static final String HEAD = "last stanzas:";
    private static final int WIDEST = 140;

    private LastStanzas() {}

    static List<String> lines(List<String> stanzas) {
        var lines = new ArrayList<String>();
        String line = HEAD + "  ";
        for (String stanza : stanzas) {
            if (!line.isBlank() && !line.endsWith(HEAD + "  ") && line.length() + stanza.length() > WIDEST) {
                lines.add(line.stripTrailing());
                line = " ".repeat(HEAD.length() + 2);
            }
            line += stanza + "   ";
        }
        if (!stanzas.isEmpty()) {
            lines.add(line.stripTrailing());
        }
        return lines;
    }
}
