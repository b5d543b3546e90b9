package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The steps of XEP-0198: a stream is managed, or a former one goes on. */
final class ManagementSteps {
    private ManagementSteps() {}

    static ConnectionStep enable(boolean resume) {
        return ConnectionStep.of("stream management", (connection, features) -> {
            requireOffer(features);
            Element enable = Element.of("enable", StreamManagement.NS);
            connection.send(resume ? enable.with("resume", "true") : enable);
            enabled(connection, answer(connection, "enabled"));
            return features;
        });
    }

    /** The stream is managed from here on. */
    static void enabled(Connection connection, Element enabled) {
        Optional<String> id = enabled.attribute("id").filter(any -> isTrue(enabled.attribute("resume", "false")));
        connection.managed(StreamManagement.enabled(id, connection.jid().orElse("")));
        connection.log("stream management" + (id.isPresent() ? " with resumption" : ""));
    }

    private static void requireOffer(Features features) throws IOException {
        if (!features.has("sm", StreamManagement.NS)) {
            throw new IOException("the server does not offer stream management (XEP-0198 section 2)");
        }
    }

    private static boolean isTrue(String text) {
        return text.equals("true") || text.equals("1");
    }

    /** What came before the answer is not counted. */
    private static Element answer(Connection connection, String name) throws IOException {
        String what = "<%s/> (XEP-0198)".formatted(name);
        Element element = connection.receive(what);
        while (!element.namespace().equals(StreamManagement.NS)) {
            connection.keep(element);
            element = connection.receive(what);
        }
        if (!element.name().equals(name)) {
            throw RefusedException.management(name.equals("enabled") ? "stream management" : "to resume", element);
        }
        return element;
    }

    static ConnectionStep resume(StreamManagement former, long h) {
        return ConnectionStep.of("resume", (connection, features) -> {
            requireOffer(features);
            connection.send(request(former, h));
            resumed(connection, former, h, answer(connection, "resumed"));
            return features;
        });
    }

    static Element request(StreamManagement former, long h) {
        String id = former.id()
                .orElseThrow(() -> new IllegalStateException("the stream cannot be resumed, the server gave it no id"));
        return Element.of("resume", StreamManagement.NS).with("previd", id).with("h", Long.toString(h));
    }

    /** The former session goes on over this connection. */
    static void resumed(Connection connection, StreamManagement former, long h, Element resumed) throws IOException {
        StreamManagement counters = former.carriedOver();
        counters.handled(h);
        counters.acknowledged(resumed);
        List<Element> again = counters.takeUnacked();
        connection.bound(counters.jid());
        connection.managed(counters);
        for (Element stanza : again) {
            connection.send(stanza);
        }
        connection.log("resumed, %d stanzas sent again".formatted(again.size()));
    }
}
