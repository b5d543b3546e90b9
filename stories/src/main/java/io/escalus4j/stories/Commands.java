package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.stanza.ExtensionBuilders.execute;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoItems;
import static io.escalus4j.stanza.ExtensionBuilders.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.NotApplicable;
import io.escalus4j.exml.Element;
import io.escalus4j.match.Matcher;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ad-hoc commands as an administrator gives them: XEP-0050 with the forms of XEP-0133. */
final class Commands {
    static final String NS = "http://jabber.org/protocol/commands";
    static final String ADMIN = "http://jabber.org/protocol/admin";
    private static final String FORM = "jabber:x:data";

    private Commands() {}

    /** Starts a command, fills in its form, completes it. */
    static Element perform(Client admin, String name, Map<String, Object> fields) {
        String server = admin.jid().domain();
        require(admin, name);
        Element started = command(admin.iq(execute(server, ADMIN + "#" + name)));
        assertThat(started.attribute("status", "")).isEqualTo("executing");
        return admin.iq(submit(server, ADMIN + "#" + name, started.attribute("sessionid", ""), form(fields)));
    }

    /** None of them has to be there (XEP-0133 section 4). */
    static void require(Client admin, String name) {
        String node = ADMIN + "#" + name;
        Element items = admin.request(getDiscoItems(admin.jid().domain(), NS));
        if (!items.toXml().contains(node)) {
            throw NotApplicable.because("the server does not list the command %s", name);
        }
    }

    static Element command(Element answer) {
        return answer.child("command", NS).orElseThrow();
    }

    static Matcher completed() {
        return iqResult().withChild(element("command", NS).withAttribute("status", "completed"));
    }

    static Map<String, Object> fields(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    static Element form(Map<String, Object> fields) {
        Element form = Element.of("x", FORM).with("type", "submit").with(field("FORM_TYPE", ADMIN));
        for (var entry : fields.entrySet()) {
            form = form.with(field(entry.getKey(), entry.getValue()));
        }
        return form;
    }

    static Element field(String name, Object value) {
        return Element.of("field", FORM).with("var", name).with(Element.text("value", FORM, value.toString()));
    }

    static String value(Element answer, String field) {
        return command(answer).child("x", FORM).orElseThrow().elements("field", FORM).stream()
                .filter(f -> f.attribute("var", "").equals(field))
                .flatMap(f -> f.childText("value").stream())
                .findFirst()
                .orElseThrow();
    }
}
