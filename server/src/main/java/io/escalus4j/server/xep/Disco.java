package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Modules.Identity;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells what the server is and can do, which components it has, and to those who may know it that an account exists.
 * Thread-safe.
 *
 * <p>A module that has nodes takes part in {@link #NODE}.
 */
public final class Disco implements Module {
    public static final String INFO = "http://jabber.org/protocol/disco#info";
    public static final String ITEMS = "http://jabber.org/protocol/disco#items";

    /** A query for a node of the domain; who knows the node answers with {@link NodeQuery#found}, or refuses. */
    public static final Hook<NodeQuery> NODE = new Hook<>("disco-node");

    private final Modules modules;
    private final Sessions sessions;
    private final PresenceAuthorization authorization;

    Disco(ServerContext context) {
        this.modules = context.modules();
        this.sessions = context.sessions();
        this.authorization = new PresenceAuthorization(context.stores().rosters());
    }

    /**
     * @param iq whose payload is the query; its namespace is {@link #INFO} or {@link #ITEMS}
     * @param answer the children of the result, once somebody has found the node
     */
    public record NodeQuery(Iq iq, String node, Optional<List<Element>> answer) {
        public boolean isInfo() {
            return iq.payload().namespace().equals(INFO);
        }

        public NodeQuery found(List<Element> children) {
            return new NodeQuery(iq, node, Optional.of(children));
        }
    }

    @Override
    public Xep xep() {
        return new Xep(30, "Service Discovery", "2.5.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(INFO)
                .feature(ITEMS)
                .identity("server", "im", "escalus4j")
                .iq(Iq.Type.GET, To.SERVER, INFO, "query", this::serverInfo)
                .iq(Iq.Type.GET, To.SERVER, ITEMS, "query", this::serverItems)
                .iq(Iq.Type.GET, To.ACCOUNT, INFO, "query", this::accountInfo)
                .iq(Iq.Type.GET, To.ACCOUNT, ITEMS, "query", this::accountItems);
    }

    private Reply serverInfo(Iq iq) {
        return node(iq).map(node -> nodeOf(iq, node)).orElseGet(() -> {
            var identities = modules.identities().stream().map(Disco::identity).toList();
            var features = modules.features().stream().map(Disco::feature).toList();
            return Reply.result(query(iq).with(identities).with(features));
        });
    }

    private Reply serverItems(Iq iq) {
        return node(iq).map(node -> nodeOf(iq, node)).orElseGet(() -> {
            String domain = iq.to().orElseThrow().domain();
            var components = modules.subdomains().stream()
                    .map(name -> item(name + '.' + domain))
                    .toList();
            return Reply.result(query(iq).with(components));
        });
    }

    private static Optional<String> node(Iq iq) {
        return iq.payload().attribute("node").filter(node -> !node.isEmpty());
    }

    private Reply nodeOf(Iq iq, String node) {
        return Reply.later(modules.run(NODE, new NodeQuery(iq, node, Optional.empty()))
                .thenApply(verdict -> nodeReply(iq, verdict)));
    }

    private static Reply nodeReply(Iq iq, Verdict<NodeQuery> verdict) {
        if (verdict instanceof Verdict.Refuse<NodeQuery> no) {
            return Reply.refused(no.error());
        }
        var answer = verdict instanceof Verdict.Proceed<NodeQuery> on
                ? on.context().answer()
                : Optional.<List<Element>>empty();
        return answer.map(children -> Reply.result(query(iq).with(children)))
                .orElseGet(() -> Reply.refused(noSuchNode(iq)));
    }

    /** Whoever may not see presence cannot tell an account that exists from one that does not (section 8). */
    private Reply accountInfo(Iq iq) {
        return Reply.later(mayKnow(iq).thenApply(may -> {
            if (!may) {
                return Reply.refused(Condition.SERVICE_UNAVAILABLE);
            }
            return node(iq).isPresent() ? Reply.refused(noSuchNode(iq)) : Reply.result(accountInfoResult(iq));
        }));
    }

    private Element accountInfoResult(Iq iq) {
        return query(iq)
                .with(Element.of("identity", INFO).with("category", "account").with("type", "registered"))
                .with(feature(INFO), feature(ITEMS))
                .with(modules.accountFeatures().stream().map(Disco::feature).toList());
    }

    private Reply accountItems(Iq iq) {
        return Reply.later(mayKnow(iq).thenApply(may -> {
            if (!may) {
                return Reply.result(query(iq));
            }
            return node(iq).isPresent()
                    ? Reply.refused(noSuchNode(iq))
                    : Reply.result(query(iq).with(resources(account(iq))));
        }));
    }

    private List<Element> resources(Jid account) {
        return sessions.available(account).stream()
                .map(session -> item(session.jid().toString()))
                .toList();
    }

    private CompletionStage<Boolean> mayKnow(Iq iq) {
        return authorization.allows(iq.from(), account(iq));
    }

    private static Jid account(Iq iq) {
        return iq.to().orElse(iq.from()).bare();
    }

    private static StanzaError noSuchNode(Iq iq) {
        return StanzaError.of(
                Condition.ITEM_NOT_FOUND,
                "there is no node '%s' here (XEP-0030 section 7)",
                iq.payload().attribute("node", ""));
    }

    /** The empty result, which mirrors the node (section 3.2). */
    private static Element query(Iq iq) {
        return Element.of("query", iq.payload().namespace())
                .with("node", iq.payload().attribute("node"));
    }

    private static Element identity(Identity identity) {
        return Element.of("identity", INFO)
                .with("category", identity.category())
                .with("type", identity.type())
                .with("name", identity.name());
    }

    /** {@code <feature var='…'/>}. */
    public static Element feature(String namespace) {
        return Element.of("feature", INFO).with("var", namespace);
    }

    /** {@code <item jid='…'/>}. */
    public static Element item(String jid) {
        return Element.of("item", ITEMS).with("jid", jid);
    }
}
