package io.escalus4j.users;

import io.escalus4j.exml.Element;
import io.escalus4j.wire.Connection;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Connector;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamEndedException;
import java.io.IOException;
import java.util.Set;

/** Accounts by in-band registration (XEP-0077): the user registers and, in the end, cancels. Thread-safe. */
record InBand(ConnectionSettings server) implements Provisioner {
    private static final String NS = "jabber:iq:register";
    private static final Set<String> NO_FIELDS = Set.of("instructions", "registered", "key");

    @Override
    public void create(User user) {
        var strangers = server.withSteps(Steps.openStream(), Steps.startTls());
        Connection connection = Connector.connect(strangers);
        try {
            Element form = connection.ask("registration", "get", Element.of("query", NS));
            connection.ask("registration", "set", filled(form, user));
            connection.wire().end();
        } catch (IOException | RuntimeException e) {
            throw ProvisioningException.of("registered", user, e);
        } finally {
            connection.wire().close();
        }
    }

    /** The form must be there before authentication (XEP-0077 section 3.1.1). */
    @Override
    public void check() {
        try {
            Connection connection = Connector.connect(server.withSteps(Steps.openStream(), Steps.startTls()));
            try {
                connection.ask("registration", "get", Element.of("query", NS));
                connection.wire().end();
            } finally {
                connection.wire().close();
            }
        } catch (IOException | RuntimeException e) {
            throw new ProvisioningException(
                    "accounts cannot be registered in band (XEP-0077) at %s: %s; nothing else is tried, say RemoteServer.withProvisioner"
                            .formatted(server, e.getMessage()),
                    e);
        }
    }

    /** Every field that the server asks for; those beside name and password get the JID. */
    private static Element filled(Element form, User user) {
        Element query = Element.of("query", NS);
        for (Element field : form.child("query", NS).orElse(query).elements()) {
            if (field.namespace().equals(NS) && !NO_FIELDS.contains(field.name())) {
                query = query.with(Element.text(field.name(), NS, answer(field.name(), user)));
            }
        }
        return query;
    }

    private static String answer(String field, User user) {
        return switch (field) {
            case "username" -> user.jid().local();
            case "password" -> user.password();
            default -> user.jid().toString();
        };
    }

    /** Who cannot log in may be gone already: then the name is free, which is proven by taking it. */
    @Override
    public void delete(User user) {
        try {
            cancel(user);
        } catch (ConnectionException cannotLogIn) {
            requireGone(user, cannotLogIn);
        }
    }

    private void requireGone(User user, ConnectionException cannotLogIn) {
        try {
            create(user);
        } catch (ProvisioningException taken) {
            cannotLogIn.addSuppressed(taken);
            throw cannotLogIn;
        }
        cancel(user);
    }

    private void cancel(User user) {
        var settings =
                server.withCredentials(user.jid().local(), user.password()).withSteps(Steps.STANDARD);
        Connection connection = Connector.connect(settings);
        try {
            connection.ask("cancellation", "set", Element.of("query", NS).with(Element.of("remove")));
            connection.wire().end();
        } catch (StreamEndedException removed) {
            // the server may close the stream of a user who is no more (section 3.2)
        } catch (IOException | RuntimeException e) {
            throw ProvisioningException.of("cancelled", user, e);
        } finally {
            connection.wire().close();
        }
    }
}
