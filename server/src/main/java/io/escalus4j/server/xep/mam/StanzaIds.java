package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import java.util.Optional;

/** Takes away ids that somebody else has written in an account's name, so that those that are there can be relied on. Thread-safe. */
public final class StanzaIds implements Module {
    public static final String NS = "urn:xmpp:sid:0";
    private static final String NAME = "stanza-id";

    @Override
    public Xep xep() {
        return new Xep(359, "Unique and Stable Stanza IDs", "0.7.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .accountFeature(NS)
                .roomFeature(NS)
                .on(Hook.SENT, Phase.STAMP, StanzaIds::sent)
                .on(Hook.RECEIVED, Phase.STAMP, StanzaIds::received)
                .on(RoomArchives.SAID, Phase.STAMP, StanzaIds::said);
    }

    private static Verdict<Hook.Sent> sent(Hook.Sent sent) {
        Jid account = sent.session().jid().bare();
        return Verdict.proceed(
                isForged(sent.stanza().element(), account) ? sent.with(element -> without(element, account)) : sent);
    }

    private static Verdict<Hook.Received> received(Hook.Received received) {
        Jid owner = received.owner();
        return Verdict.proceed(
                isForged(received.stanza().element(), owner)
                        ? received.with(element -> without(element, owner))
                        : received);
    }

    private static Verdict<RoomArchives.Said> said(RoomArchives.Said said) {
        Jid room = said.room();
        return Verdict.proceed(
                isForged(said.message().element(), room) ? said.with(element -> without(element, room)) : said);
    }

    private static boolean isForged(Element stanza, Jid by) {
        for (Node node : stanza.children()) {
            if (node instanceof Element child && isOf(child, by)) {
                return true;
            }
        }
        return false;
    }

    /** {@code <stanza-id xmlns='urn:xmpp:sid:0' by='…' id='…'/>}, the only one of {@code by}. */
    public static Element with(Element stanza, Jid by, String id) {
        return without(stanza, by)
                .with(Element.of(NAME, NS).with("by", by.toString()).with("id", id));
    }

    /** Section 3: what says that it is of {@code by} goes, whatever comes in its place. */
    public static Element without(Element stanza, Jid by) {
        return stanza.filter(node -> !(node instanceof Element child && isOf(child, by)));
    }

    /** What {@code by} calls the stanza. */
    public static Optional<String> id(Element stanza, Jid by) {
        return stanza.elements(NAME, NS).stream()
                .filter(child -> isOf(child, by))
                .findFirst()
                .map(child -> child.attribute("id", ""));
    }

    private static boolean isOf(Element child, Jid by) {
        return child.is(NAME, NS) && child.attribute("by").flatMap(Jid::parse).equals(Optional.of(by));
    }

    /** What its sender calls a message: its {@code id} or else its {@code origin-id}. */
    static Optional<String> reference(Message message) {
        return message.id()
                .or(() -> message.element().child("origin-id", NS).flatMap(origin -> origin.attribute("id")));
    }
}
