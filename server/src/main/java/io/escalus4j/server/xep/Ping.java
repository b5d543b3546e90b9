package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.StreamError;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers pings to the server and to the sender's own account, and pings clients of whom nothing was heard for a while:
 * one that says nothing to that either has lost its connection without anybody noticing (XEP-0199 section 4.1).
 * Thread-safe; sessions are looked at by one task.
 */
final class Ping implements Module {
    static final String NS = "urn:xmpp:ping";
    private static final SessionKey<Optional<Long>> ASKED = new SessionKey<>("pinged", Optional.empty());

    private final ServerContext context;
    private final Config config;

    /**
     * @param idle how long a client may say nothing before it is pinged; zero: nobody is
     * @param answer how long it may then go on saying nothing
     */
    record Config(Duration idle, Duration answer) {
        private static final Config STANDARD = new Config(Duration.ofMinutes(5), Duration.ofSeconds(30));

        Config {
            require(!idle.isNegative(), "idle must be at least 0, was %dms", idle);
            require(answer.toMillis() > 0, "answer must be above 0, was %dms", answer);
            require(idle.isZero() || answer.compareTo(idle) < 0, "answer must be less than idle, was %dms", answer);
        }

        /** In tests who owns the time says when somebody is pinged. */
        static Config standard(Profile profile) {
            return profile == Profile.TEST ? new Config(Duration.ZERO, STANDARD.answer) : STANDARD;
        }

        private static void require(boolean holds, String text, Duration was) {
            if (!holds) {
                throw new IllegalArgumentException(text.formatted(was.toMillis()));
            }
        }
    }

    Ping(ServerContext context, Config config) {
        this.context = context;
        this.config = config;
    }

    @Override
    public Xep xep() {
        return new Xep(199, "XMPP Ping", "2.0.1");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .iq(Iq.Type.GET, To.SERVER, NS, "ping", iq -> Reply.done())
                .iq(Iq.Type.GET, To.OWN_ACCOUNT, NS, "ping", iq -> Reply.done())
                .iq(Iq.Type.GET, To.ACCOUNT, NS, "ping", Ping::refuse);
        if (!config.idle().isZero()) {
            hooks.every(config.answer(), this::look);
        }
    }

    /** Whether there is such an account is not for others to know: the same for all, in the words of section 4.1. */
    private static Reply refuse(Iq iq) {
        return Reply.refused(Condition.SERVICE_UNAVAILABLE);
    }

    // ---- who is still there

    private void look() {
        context.sessions().all().stream().filter(Session::isConnected).forEach(this::look);
    }

    private void look(Session session) {
        var asked = session.get(ASKED);
        if (session.silence().compareTo(config.idle()) < 0) {
            asked.ifPresent(before -> session.update(ASKED, any -> Optional.empty()));
        } else if (asked.isEmpty()) {
            ask(session);
        } else if (now() - asked.get() >= config.answer().toNanos()) { // not so if a pause of the JVM is made up for
            giveUp(session);
        }
    }

    private long now() {
        return context.time().ticks();
    }

    private void ask(Session session) {
        context.metrics().counter("xmpp.pings", "result", "sent").increment();
        session.update(ASKED, before -> Optional.of(now()));
        session.deliver(ping(session.jid()));
    }

    private static Iq ping(Jid to) {
        var from = Jid.of(to.domain());
        Element iq = Element.of("iq", Ns.CLIENT)
                .with("type", "get")
                .with("id", "ping")
                .with("from", from.toString())
                .with("to", to.toString())
                .with(Element.of("ping", NS));
        return new Iq(iq, from, Optional.of(to), Iq.Type.GET);
    }

    private void giveUp(Session session) {
        context.metrics().counter("xmpp.pings", "result", "unanswered").increment();
        session.update(ASKED, before -> Optional.empty());
        session.lose(StreamError.of(
                StreamError.Condition.CONNECTION_TIMEOUT,
                "nothing was heard for %ds, nor an answer to a ping (XEP-0199 section 4.1)",
                session.silence().toSeconds()));
    }
}
