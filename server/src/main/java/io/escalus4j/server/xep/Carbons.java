package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Keeps the devices of an account in one conversation: each that wants it gets copies of what another sent or received. Thread-safe. */
final class Carbons implements Module {
    static final String NS = "urn:xmpp:carbons:2";
    private static final String FORWARD = "urn:xmpp:forward:0";
    private static final SessionKey<Boolean> ENABLED = new SessionKey<>("carbons", false);

    /** The ids of what a session sent last, of which an error may come back (section 6.1). */
    private static final SessionKey<List<String>> SENT_LATELY = new SessionKey<>("carbons-sent", List.of());

    private static final int REMEMBERED = 64;

    private final Sessions sessions;
    private final MeterRegistry metrics;

    Carbons(ServerContext context) {
        this.sessions = context.sessions();
        this.metrics = context.metrics();
    }

    @Override
    public Xep xep() {
        return new Xep(280, "Message Carbons", "1.0.1");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .feature("urn:xmpp:carbons:rules:0")
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "enable", iq -> set(iq, true))
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "disable", iq -> set(iq, false))
                .inlineFeature(NS, Carbons::enable)
                .on(Hook.SENT, Phase.COPY, this::sent)
                .on(Hook.DELIVERED, Phase.COPY, this::delivered);
    }

    /** While the resource is bound (XEP-0386 section 3.2.1): there is nothing to answer. */
    private static Optional<Element> enable(Session session, Element request) {
        session.update(ENABLED, before -> request.name().equals("enable"));
        return Optional.empty();
    }

    private Reply set(Iq iq, boolean enabled) {
        return sessions.at(iq.from())
                .map(session -> {
                    session.update(ENABLED, before -> enabled);
                    return Reply.done();
                })
                .orElseGet(() -> Reply.refused(Condition.NOT_ALLOWED, "'%s' is no client of this server", iq.from()));
    }

    /** Section 8. What goes to the own account reaches the other devices as something received. */
    private Verdict<Hook.Sent> sent(Hook.Sent sent) {
        Session sender = sent.session();
        if (sent.own() instanceof Message message && CarbonRules.sent(message) && isForOthers(message, sender.jid())) {
            int copied = copy("sent", message, others(message, List.of(sender), sender.jid()));
            if (copied > 0) {
                message.id().ifPresent(id -> sender.update(SENT_LATELY, ids -> remembering(ids, id)));
            }
        }
        return Verdict.proceed(sent);
    }

    private static boolean isForOthers(Message message, Jid sender) {
        return message.to().filter(to -> !to.bare().equals(sender.bare())).isPresent();
    }

    private static List<String> remembering(List<String> ids, String id) {
        var latest = new ArrayDeque<>(ids);
        latest.addLast(id);
        if (latest.size() > REMEMBERED) {
            latest.removeFirst();
        }
        return List.copyOf(latest);
    }

    /** Section 7. */
    private Verdict<Hook.Delivered> delivered(Hook.Delivered delivered) {
        Message message = delivered.message();
        if (CarbonRules.received(message) || answersSomethingSent(delivered)) {
            copy("received", message, others(message, delivered.recipients(), delivered.owner()));
        }
        return Verdict.proceed(delivered);
    }

    private static boolean answersSomethingSent(Hook.Delivered delivered) {
        if (!delivered.message().isError()) {
            return false;
        }
        Optional<String> id = delivered.message().id();
        return delivered.recipients().stream()
                .anyMatch(
                        session -> id.filter(session.get(SENT_LATELY)::contains).isPresent());
    }

    /** Devices of the account that have neither sent nor got the message. */
    private List<Session> others(Message message, List<Session> without, Jid account) {
        return sessions.of(account).stream()
                .filter(session -> session.get(ENABLED) && !without.contains(session))
                .filter(session -> !session.jid().equals(message.from()))
                .toList();
    }

    /** How many were made. */
    private int copy(String direction, Message message, List<Session> recipients) {
        if (recipients.isEmpty()) {
            return 0;
        }
        Element wrapped =
                Element.of(direction, NS).with(Element.of("forwarded", FORWARD).with(message.element()));
        recipients.forEach(session -> session.deliverCopy(carbon(message, wrapped, session.jid())));
        metrics.counter("xmpp.carbons", "direction", direction).increment(recipients.size());
        return recipients.size();
    }

    static boolean isCarbon(Element child) {
        return child.is("sent", NS) || child.is("received", NS);
    }

    /** From the account itself: a carbon of anybody else is a forgery (section 11). */
    private static Message carbon(Message message, Element wrapped, Jid device) {
        Jid account = device.bare();
        Element element = Element.of("message", Ns.CLIENT)
                .with("type", message.element().attribute("type"))
                .with("from", account.toString())
                .with("to", device.toString())
                .with(wrapped);
        return new Message(element, account, Optional.of(device), message.type());
    }
}
