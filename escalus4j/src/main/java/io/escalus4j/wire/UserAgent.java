package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.util.UUID;

/**
 * What a client calls itself when it authenticates (XEP-0388 section 2.3). Immutable.
 *
 * @param id of this installation, a UUID
 * @param software for people, may be empty
 * @param device for people, may be empty
 */
public record UserAgent(String id, String software, String device) {

    /** An installation that nobody has seen before. */
    public static UserAgent fresh(String software) {
        return new UserAgent(UUID.randomUUID().toString(), software, "");
    }

    Element element() {
        Element agent = Element.of("user-agent", Ns.SASL2).with("id", id);
        Element named = software.isEmpty() ? agent : agent.with(Element.text("software", Ns.SASL2, software));
        return device.isEmpty() ? named : named.with(Element.text("device", Ns.SASL2, device));
    }
}
