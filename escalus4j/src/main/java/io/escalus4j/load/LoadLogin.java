package io.escalus4j.load;

import io.escalus4j.exml.Element;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How a light client gets to a bound resource: in-band registration (XEP-0077) if it is wanted, SASL PLAIN (RFC 4616),
 * resource binding. It is in the clear, so the server must allow that, which is for loopback alone.
 *
 * @param domain of the server
 * @param name the localpart, which is the resourcepart too; of characters that XML and JIDs take as they are
 * @param registers whether the account is made first
 */
public record LoadLogin(String domain, String name, String password, boolean registers) {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";

    /** The same account, which is there. */
    public LoadLogin again() {
        return new LoadLogin(domain, name, password, false);
    }

    String header() {
        return ("<?xml version='1.0'?><stream:stream to='%s' version='1.0' xmlns='jabber:client'"
                        + " xmlns:stream='http://etherx.jabber.org/streams'>")
                .formatted(domain);
    }

    Progress begin(LoadClient client) {
        return new Progress(this, client);
    }

    private String registration() {
        return "<iq type='set' id='reg'><query xmlns='jabber:iq:register'><username>%s</username><password>%s</password></query></iq>"
                .formatted(name, password);
    }

    private String authentication() {
        byte[] secret = ('\0' + name + '\0' + password).getBytes(StandardCharsets.UTF_8);
        return "<auth xmlns='%s' mechanism='PLAIN'>%s</auth>"
                .formatted(SASL, Base64.getEncoder().encodeToString(secret));
    }

    private String binding() {
        return "<iq type='set' id='bind'><bind xmlns='%s'><resource>%s</resource></bind></iq>".formatted(BIND, name);
    }

    /** Where a client is on its way. Confined to the loop's thread. */
    static final class Progress {
        private final LoadLogin login;
        private final LoadClient client;
        private boolean authenticated;

        private Progress(LoadLogin login, LoadClient client) {
            this.login = login;
            this.client = client;
        }

        void received(Element answer) {
            switch (answer.name()) {
                case "features" -> featured();
                case "success" -> {
                    authenticated = true;
                    client.restart();
                }
                case "iq" -> answered(answer);
                default -> client.refused(answer);
            }
        }

        private void featured() {
            if (authenticated) {
                client.send(login.binding());
            } else {
                client.send(login.registers() ? login.registration() : login.authentication());
            }
        }

        private void answered(Element iq) {
            if (!iq.attribute("type", "").equals("result")) {
                client.refused(iq);
            } else if (authenticated) {
                client.bound(iq.child("bind", BIND)
                        .flatMap(bind -> bind.childText("jid"))
                        .orElse(""));
            } else {
                client.send(login.authentication());
            }
        }
    }
}
