package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Stanza;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A place where modules take part, by what they are told there.
 *
 * <p>A hook is its own identity: two with one name are two hooks.
 */
public final class Hook<C> {
    /** A session sent a stanza, its {@code from} is stamped, it is not routed yet. Runs on the sender's event loop. */
    public static final Hook<Sent> SENT = new Hook<>("sent");

    /**
     * A stanza is about to be delivered to a local account. Runs in the context of whoever sent it, not of the owner.
     * Answers of the server to the owner do not come by here.
     */
    public static final Hook<Received> RECEIVED = new Hook<>("received");

    /** A message found no resource that may have it (RFC 6121 section 8.5.2.2); who does not deal with it lets it be refused. */
    public static final Hook<Undelivered> UNDELIVERED = new Hook<>("undelivered");

    /** A message was given to those resources of a local account that get it by RFC 6121 section 8.5, perhaps to none. */
    public static final Hook<Delivered> DELIVERED = new Hook<>("delivered");

    /** A session is bound; it may now send and get stanzas. */
    public static final Hook<Session> BOUND = new Hook<>("bound");

    /**
     * A session is about to take messages for its account: with its next presence its priority is not negative. What
     * waits for the account goes to it now, ahead of all that is new. Runs in the account's lane, which a handler
     * therefore must not enter.
     */
    public static final Hook<Session> ARRIVING = new Hook<>("arriving");

    /** A session sent its initial presence (RFC 6121 section 4.2). */
    public static final Hook<Session> AVAILABLE = new Hook<>("available");

    /**
     * Presence is about to go to entities that may see it; a handler leaves out whom it shall not reach all the same. May
     * run in the account's lane, which a handler therefore must not enter.
     */
    public static final Hook<Audience> AUDIENCE = new Hook<>("audience");

    /** An account is hidden from entities from now on: those of them that see it must see it leave. */
    public static final Hook<Hidden> HIDDEN = new Hook<>("hidden");

    /** An account is hidden from entities no more: those of them that may see it must see it as it is. */
    public static final Hook<Shown> SHOWN = new Hook<>("shown");

    /** A session is gone, and is in no table any more; its last presence can still be read. */
    public static final Hook<Session> CLOSED = new Hook<>("closed");

    /** A session is gone, and its client has not acknowledged these (XEP-0198 section 4); comes after {@link #CLOSED}. */
    public static final Hook<Unacknowledged> UNACKNOWLEDGED = new Hook<>("unacknowledged");

    /** The server ends, and everybody is still there: say good-bye. */
    public static final Hook<Stopping> STOPPING = new Hook<>("stopping");

    /** An account is about to go, and all of it is still there: leave with it where others must see it leave. */
    public static final Hook<Jid> ACCOUNT_LEAVING = new Hook<>("account-leaving");

    /** An account is gone, and nothing is stored of it any more: tell whoever must know, and forget it. */
    public static final Hook<Removed> ACCOUNT_REMOVED = new Hook<>("account-removed");

    /** An account has another password from now on: who has proven the former one has proven nothing. */
    public static final Hook<Jid> PASSWORD_CHANGED = new Hook<>("password-changed");

    private final String name;

    public Hook(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * @param stanza as it goes to whom it is for
     * @param own as the sender's other devices get it: with what others must not see, such as its id in the own archive
     */
    public record Sent(Session session, Stanza stanza, Stanza own) {
        public Sent(Session session, Stanza stanza) {
            this(session, stanza, stanza);
        }

        /** With another content, for everybody. */
        public Sent with(UnaryOperator<Element> change) {
            return new Sent(session, stanza.with(change), own.with(change));
        }

        /** With another content for the sender's own devices. */
        public Sent withOwn(UnaryOperator<Element> change) {
            return new Sent(session, stanza, own.with(change));
        }
    }

    public record Stopping() {}

    /**
     * @param owner the bare JID of the account
     * @param heard done when it is in the hands of the account's sessions, or is not to be: what came later may wait for it
     */
    public record Received(Jid owner, Stanza stanza, CompletableFuture<Void> heard) {
        public Received(Jid owner, Stanza stanza) {
            this(owner, stanza, new CompletableFuture<>());
        }

        public Received with(UnaryOperator<Element> change) {
            return new Received(owner, stanza.with(change), heard);
        }
    }

    /** @param owner the bare JID of the account */
    public record Delivered(Jid owner, Message message, List<Session> recipients) {}

    /** @param owner the bare JID of the account */
    public record Undelivered(Jid owner, Message message) {}

    /** @param contacts that the account had in its roster */
    public record Removed(Jid account, List<RosterItem> contacts) {}

    /** @param stanzas in the order in which they were sent */
    public record Unacknowledged(Session session, List<Late> stanzas) {}

    /**
     * A stanza that its recipient perhaps has not got.
     *
     * @param sent when it was delivered to the session
     * @param copy whether other resources of the account were given it, too
     */
    public record Late(Stanza stanza, Instant sent, boolean copy) {}

    /** @param owner the bare JID of the account whose presence it is */
    public record Audience(Jid owner, List<Jid> recipients) {}

    /**
     * @param owner the bare JID of the account
     * @param entities each stands for all that it {@link Jid#covers covers}
     * @param resources that were available when the account was hidden
     */
    public record Hidden(Jid owner, Set<Jid> entities, List<Session> resources) {}

    /**
     * @param owner the bare JID of the account
     * @param entities each stands for all that it {@link Jid#covers covers}
     */
    public record Shown(Jid owner, Set<Jid> entities) {}
}
