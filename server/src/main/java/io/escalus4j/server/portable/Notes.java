package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;

/** Who hears of what a file has and this server does not take (XEP-0227 section 4). */
@FunctionalInterface
interface Notes {
    void skipped(Element element, String why);
}
