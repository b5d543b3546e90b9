package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;
import java.time.Duration;
import java.util.function.Predicate;

/** All that a module may do to a server. What is registered here vanishes when the module is uninstalled. */
public interface Hooks {
    /** Announces a namespace in the domain's service discovery (XEP-0030). */
    Hooks feature(String namespace);

    /** Announces a namespace in the service discovery of each account. */
    Hooks accountFeature(String namespace);

    /** Announces a namespace in the service discovery of each room, of whatever kind. */
    Hooks roomFeature(String namespace);

    /** Announces an identity of the domain, for example {@code server/im}. */
    Hooks identity(String category, String type, String name);

    /** Answers a request; a second claim on the same request is an error that names both modules. */
    Hooks iq(Iq.Type type, To target, String namespace, String name, IqHandler handler);

    /** Takes part in what happens to a stanza or a session. */
    <C> Hooks on(Hook<C> hook, Phase phase, HookHandler<C> handler);

    /** Offers {@code feature} to clients that have authenticated. */
    Hooks streamFeature(Element feature);

    /** Offers {@code feature} to those clients that have not authenticated and whom {@code allowed} accepts. */
    Hooks preAuthFeature(Element feature, Predicate<InitiatingEntity> allowed);

    /** Answers requests in {@code namespace} of clients that have not authenticated; just one module may. */
    Hooks preAuth(String namespace, PreAuthHandler handler);

    /** Lets clients ask for {@code namespace} while they bind a resource (XEP-0386); just one module may. */
    Hooks inlineFeature(String namespace, InlineFeature feature);

    /** Lets streams do this. */
    Hooks streamOption(StreamOption option);

    /** Answers every stanza to {@code subdomain.DOMAIN}, on each of the server's domains. */
    Hooks component(String subdomain, StanzaHandler handler);

    /** Runs {@code task} over and over on the server's clock. */
    Hooks every(Duration period, Runnable task);

    /** Closed when the module is uninstalled. */
    Hooks onClose(AutoCloseable resource);
}
