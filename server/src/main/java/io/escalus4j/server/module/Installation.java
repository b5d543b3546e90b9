package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Modules.Claim;
import io.escalus4j.server.module.Modules.Claimed;
import io.escalus4j.server.module.Modules.Identity;
import io.escalus4j.server.module.Modules.Offer;
import io.escalus4j.server.module.Modules.Taking;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xmpp.Iq;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One module's registrations and how to undo each, the last one first. Confined to install and uninstall. */
final class Installation implements Hooks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final Modules modules;
    private final Module module;
    private final Time time;
    private final Deque<AutoCloseable> undo = new ArrayDeque<>();

    Installation(Modules modules, Module module, Time time) {
        this.modules = modules;
        this.module = module;
        this.time = time;
    }

    @Override
    public Hooks feature(String namespace) {
        return adding(modules.features, namespace);
    }

    @Override
    public Hooks accountFeature(String namespace) {
        return adding(modules.accountFeatures, namespace);
    }

    @Override
    public Hooks roomFeature(String namespace) {
        return adding(modules.roomFeatures, namespace);
    }

    @Override
    public Hooks identity(String category, String type, String name) {
        return adding(modules.identities, new Identity(category, type, name));
    }

    @Override
    public Hooks streamFeature(Element feature) {
        return adding(modules.streamFeatures, feature);
    }

    @Override
    public Hooks inlineFeature(String namespace, InlineFeature feature) {
        if (modules.inlineFeatures.putIfAbsent(namespace, feature) != null) {
            throw new IllegalStateException("%s wants '%s' while a resource is bound, which is taken"
                    .formatted(module.xep().id(), namespace));
        }
        return onClose(() -> modules.inlineFeatures.remove(namespace));
    }

    @Override
    public Hooks streamOption(StreamOption option) {
        return adding(modules.streamOptions, option);
    }

    @Override
    public Hooks preAuthFeature(Element feature, Predicate<InitiatingEntity> allowed) {
        return adding(modules.preAuthFeatures, new Offer(feature, allowed));
    }

    @Override
    public Hooks preAuth(String namespace, PreAuthHandler handler) {
        if (modules.preAuth.handlers.putIfAbsent(namespace, handler) != null) {
            throw new IllegalStateException("%s wants '%s' before authentication, which is taken"
                    .formatted(module.xep().id(), namespace));
        }
        return onClose(() -> modules.preAuth.handlers.remove(namespace));
    }

    private <T> Hooks adding(Collection<T> to, T added) {
        to.add(added);
        return onClose(() -> to.remove(added));
    }

    @Override
    public Hooks iq(Iq.Type type, To target, String namespace, String name, IqHandler handler) {
        var claim = new Claim(type, target, namespace, name);
        var other = modules.claims.putIfAbsent(claim, new Claimed(module, handler));
        if (other != null) {
            throw new IllegalStateException("%s and %s both claim %s, one of them must go"
                    .formatted(other.by().xep().id(), module.xep().id(), claim));
        }
        return onClose(() -> modules.claims.remove(claim));
    }

    @Override
    public <C> Hooks on(Hook<C> hook, Phase phase, HookHandler<C> handler) {
        var taking = new Taking(phase, handler);
        modules.take(hook, taking);
        return onClose(() -> modules.leave(hook, taking));
    }

    @Override
    public Hooks component(String subdomain, StanzaHandler handler) {
        if (modules.components.putIfAbsent(subdomain, handler) != null) {
            throw new IllegalStateException("%s wants the subdomain '%s', which is taken"
                    .formatted(module.xep().id(), subdomain));
        }
        return onClose(() -> modules.components.remove(subdomain));
    }

    @Override
    public Hooks every(Duration period, Runnable task) {
        return onClose(time.every(period, guarded(task))::cancel);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                LOG.error("event=task-failed module={}", module.xep().id(), bug);
            }
        };
    }

    @Override
    public Hooks onClose(AutoCloseable resource) {
        undo.push(resource);
        return this;
    }

    @Override
    public void close() {
        undo.forEach(this::closing);
        undo.clear();
    }

    private void closing(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception bug) {
            LOG.error("event=uninstall-failed module={}", module.xep().id(), bug);
        }
    }
}
