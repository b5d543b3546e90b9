package io.escalus4j.exml;

import java.util.List;

/** Character data that comes in pieces, with comments or CDATA borders between them, and makes one node. */
final class TextRun {
    private final StringBuilder joined = new StringBuilder();
    private String first = "";
    private boolean cdata;

    void add(String piece, boolean isCdata, List<Node> target) {
        if (piece.isEmpty()) {
            return;
        }
        if (isCdata != cdata) {
            flush(target);
            cdata = isCdata;
        }
        if (first.isEmpty()) {
            first = piece;
        } else {
            joined.append(piece);
        }
    }

    void flush(List<Node> target) {
        if (!first.isEmpty()) {
            target.add(Text.trusted(joined.isEmpty() ? first : first + joined, cdata));
            first = "";
            joined.setLength(0);
            joined.trimToSize();
        }
    }
}
