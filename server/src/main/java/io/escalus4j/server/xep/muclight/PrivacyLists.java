package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.store.LightRooms.Denial;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who does not want to be added by whom, in the words of XEP-0016: one list of a fixed name, whose items are rooms, or
 * users as occupants of the service. Thread-safe.
 *
 * <pre>{@code
 * <list name='urn:xmpp:muclight:0'><item type='jid' value='muclight.localhost/bob@localhost' action='deny' order='1'/></list>
 * }</pre>
 */
final class PrivacyLists {
    private static final String NS = "jabber:iq:privacy";

    private final Blocking blocking;
    private final String host;

    PrivacyLists(Blocking blocking, String host) {
        this.blocking = blocking;
        this.host = host;
    }

    void install(Hooks hooks) {
        for (To target : List.of(To.SERVER, To.OWN_ACCOUNT)) {
            hooks.iq(Iq.Type.GET, target, NS, "query", this::get).iq(Iq.Type.SET, target, NS, "query", this::set);
        }
    }

    private Reply get(Iq iq) {
        var lists = iq.payload().elements();
        if (lists.isEmpty()) {
            return Reply.result(Element.of("query", NS).with(list()));
        }
        return isOurs(lists)
                ? Reply.later(blocking.denials(iq.from().bare())
                        .thenApply(denials -> Reply.result(Element.of("query", NS)
                                .with(list().with(denials.stream()
                                        .map(denial -> item(denial, service(iq)))
                                        .toList())))))
                : noOther();
    }

    private Reply set(Iq iq) {
        var lists = iq.payload().elements();
        if (!isOurs(lists)) {
            return noOther();
        }
        var wanted = new LinkedHashMap<Denial, Boolean>();
        for (Element item : lists.get(0).elements()) {
            var denial = denial(item, service(iq));
            if (denial.isEmpty()) {
                return Reply.refused(
                        Condition.BAD_REQUEST,
                        "'%s' is no item, allowed are a room and %s/user, of type jid, to allow or deny",
                        item,
                        service(iq));
            }
            wanted.put(denial.get().getKey(), denial.get().getValue());
        }
        return blocking.change(iq.from().bare(), wanted);
    }

    private static boolean isOurs(List<Element> lists) {
        return lists.size() == 1
                && lists.get(0).is("list", NS)
                && lists.get(0).attribute("name", "").equals(RoomXml.NS);
    }

    private static Reply noOther() {
        return Reply.refused(Condition.ITEM_NOT_FOUND, "there is the list '%s' and no other", RoomXml.NS);
    }

    private static Element list() {
        return Element.of("list", NS).with("name", RoomXml.NS);
    }

    private Jid service(Iq iq) {
        return Jid.of(host + '.' + iq.from().domain());
    }

    private static Element item(Denial denial, Jid service) {
        Jid value = denial.kind() == Denial.Kind.ROOM
                ? denial.jid()
                : service.withResource(denial.jid().toString());
        return Element.of("item", NS)
                .with("type", "jid")
                .with("value", value.toString())
                .with("action", "deny")
                .with("order", "1");
    }

    private static Optional<Map.Entry<Denial, Boolean>> denial(Element item, Jid service) {
        String action = item.attribute("action", "");
        boolean isItem = item.is("item", NS)
                && item.attribute("type", "").equals("jid")
                && (action.equals("deny") || action.equals("allow"));
        return Jid.parse(item.attribute("value", ""))
                .filter(jid -> isItem && jid.domain().equals(service.domain()))
                .flatMap(PrivacyLists::denial)
                .map(denial -> Map.entry(denial, action.equals("deny")));
    }

    private static Optional<Denial> denial(Jid value) {
        if (value.isDomain()) {
            return Optional.empty();
        }
        return value.local().isEmpty()
                ? RoomRequests.bareAccount(value.resource()).map(user -> new Denial(Denial.Kind.USER, user))
                : Optional.of(value).filter(Jid::isBare).map(room -> new Denial(Denial.Kind.ROOM, room));
    }
}
