package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import java.util.List;

/** The names of the protocol; the elder version differs in its namespace alone. */
final class Mam {
    static final String NS = "urn:xmpp:mam:2";
    static final String ELDER = "urn:xmpp:mam:1";
    static final List<String> VERSIONS = List.of(NS, ELDER);
    static final String EXTENDED = NS + "#extended";
    static final String FORWARD = "urn:xmpp:forward:0";

    private Mam() {}

    static boolean speaks(Element element) {
        return VERSIONS.contains(element.namespace());
    }
}
