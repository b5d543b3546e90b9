package io.escalus4j.users;

import io.escalus4j.exml.Element;
import io.escalus4j.wire.Connection;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Connector;
import io.escalus4j.wire.RefusedException;
import java.io.IOException;
import java.util.Map;

/**
 * Accounts made by an administrator with the ad-hoc commands of XEP-0133 sections 4.1 and 4.2. Each change is a connection
 * of its own. Thread-safe.
 *
 * @param admin whose credentials an administrator's are; the server chooses the resource
 */
record AdHoc(ConnectionSettings admin) implements Provisioner {
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String ADMIN = "http://jabber.org/protocol/admin";
    private static final String FORM = "jabber:x:data";

    @Override
    public void create(User user) {
        String jid = user.jid().toString();
        perform(
                "made",
                user,
                "add-user",
                Map.of("accountjid", jid, "password", user.password(), "password-verify", user.password()));
    }

    /** Who is gone already is no fault: what counts is that nobody has the account. */
    @Override
    public void delete(User user) {
        try {
            perform(
                    "removed",
                    user,
                    "delete-user",
                    Map.of("accountjids", user.jid().toString()));
        } catch (ProvisioningException failed) {
            if (!(failed.getCause() instanceof RefusedException refused
                    && refused.condition().equals("item-not-found"))) {
                throw failed;
            }
        }
    }

    private void perform(String what, User user, String command, Map<String, String> answers) {
        Connection connection = Connector.connect(admin.withResource(""));
        try {
            String node = ADMIN + '#' + command;
            Element started = command(connection, ask(node, "execute"));
            Element form = filled(started.child("x", FORM).orElseThrow(() -> noForm(command)), answers);
            Element done = command(
                    connection,
                    ask(node, "complete")
                            .with("sessionid", started.attribute("sessionid", ""))
                            .with(form));
            requireCompleted(done, command);
            connection.wire().end();
        } catch (IOException | RuntimeException e) {
            throw ProvisioningException.of(what, user, e);
        } finally {
            connection.wire().close();
        }
    }

    private static Element ask(String node, String action) {
        return Element.of("command", COMMANDS).with("node", node).with("action", action);
    }

    private Element command(Connection connection, Element request) throws IOException {
        Element answer = connection.askOf(admin.domain(), request.attribute("node", ""), "set", request);
        return answer.child("command", COMMANDS)
                .orElseThrow(() -> new IOException("the server answered with no command (XEP-0050 section 3)"));
    }

    /** All that the server asks for and we know; hidden fields go back as they are. */
    private static Element filled(Element form, Map<String, String> answers) {
        Element filled = Element.of("x", FORM).with("type", "submit");
        for (Element field : form.elements("field", FORM)) {
            String name = field.attribute("var", "");
            if (answers.containsKey(name)) {
                filled = filled.with(field(name, answers.get(name)));
            } else if (field.attribute("type", "").equals("hidden")) {
                filled = filled.with(field(name, field.childText("value").orElse("")));
            }
        }
        return filled;
    }

    private static Element field(String name, String value) {
        return Element.of("field", FORM).with("var", name).with(Element.text("value", FORM, value));
    }

    private static void requireCompleted(Element done, String command) {
        String status = done.attribute("status", "");
        String note = done.elements("note", COMMANDS).stream()
                .filter(one -> one.attribute("type", "").equals("error"))
                .map(Element::text)
                .findFirst()
                .orElse("");
        if (!status.equals("completed") || !note.isEmpty()) {
            throw new ProvisioningException("the command %s ended with status '%s'%s (XEP-0133 section 4)"
                    .formatted(command, status, note.isEmpty() ? "" : " and the note '" + note + "'"));
        }
    }

    private static ProvisioningException noForm(String command) {
        return new ProvisioningException(
                "the command %s has no form to fill in (XEP-0133 section 4)".formatted(command));
    }
}
