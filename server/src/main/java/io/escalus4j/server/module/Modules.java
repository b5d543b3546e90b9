package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xmpp.Iq;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The installed modules and all that they have registered. Thread-safe: reads are lock-free, changes are rare. */
public final class Modules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Modules.class);
    private static final CompletionStage<Void> TOLD = CompletableFuture.completedFuture(null);

    /** What {@link Hooks#iq} claims. */
    record Claim(Iq.Type type, To target, String namespace, String name) {}

    record Claimed(Module by, IqHandler handler) {}

    record Taking(Phase phase, HookHandler<?> handler) {}

    /** All who take part in one hook, in their order, and what they do: a list that is read for each stanza. */
    private record Takings(List<Taking> all, List<HookHandler<?>> handlers) {
        static Takings of(Stream<Taking> takings) {
            var sorted = takings.sorted(Comparator.comparing(Taking::phase)).toList();
            return new Takings(
                    sorted, sorted.stream().<HookHandler<?>>map(Taking::handler).toList());
        }
    }

    /** An identity of the domain (XEP-0030 section 3). */
    public record Identity(String category, String type, String name) {}

    record Offer(Element feature, Predicate<InitiatingEntity> allowed) {}

    private final Time time;
    private final ConcurrentHashMap<Module, Installation> installed = new ConcurrentHashMap<>();
    final ConcurrentHashMap<Claim, Claimed> claims = new ConcurrentHashMap<>();
    final ConcurrentHashMap<Hook<?>, Takings> takings = new ConcurrentHashMap<>();
    final ConcurrentHashMap<String, StanzaHandler> components = new ConcurrentHashMap<>();
    final Collection<String> features = new CopyOnWriteArrayList<>();
    final Collection<String> accountFeatures = new CopyOnWriteArrayList<>();
    final Collection<String> roomFeatures = new CopyOnWriteArrayList<>();
    final Collection<Identity> identities = new CopyOnWriteArrayList<>();
    final Collection<Element> streamFeatures = new CopyOnWriteArrayList<>();
    final ConcurrentHashMap<String, InlineFeature> inlineFeatures = new ConcurrentHashMap<>();
    final Collection<StreamOption> streamOptions = new CopyOnWriteArrayList<>();
    final Collection<Offer> preAuthFeatures = new CopyOnWriteArrayList<>();
    final PreAuth preAuth = new PreAuth();
    private volatile Optional<HookObserver> observer = Optional.empty();

    /** @param time runs what modules do {@link Hooks#every every} so often */
    public Modules(Time time) {
        this.time = time;
    }

    /** @throws IllegalStateException if it claims what another module has, and then nothing of it is left */
    public void install(Module module) {
        var installation = new Installation(this, module, time);
        try {
            module.install(installation);
        } catch (RuntimeException refused) {
            installation.close();
            throw refused;
        }
        installed.put(module, installation);
    }

    /** Undoes all that the module registered. */
    public void uninstall(Module module) {
        Optional.ofNullable(installed.remove(module)).ifPresent(Installation::close);
    }

    /** The installed modules, by the number of their specification. */
    public List<Module> installed() {
        return installed.keySet().stream()
                .sorted(Comparator.comparingInt(m -> m.xep().number()))
                .toList();
    }

    public Optional<IqHandler> handler(Iq iq, To target) {
        Element payload = iq.payload();
        return Optional.ofNullable(claims.get(new Claim(iq.type(), target, payload.namespace(), payload.name())))
                .map(Claimed::handler);
    }

    /** The component at {@code subdomain}, if a module has opened one. */
    public Optional<StanzaHandler> component(String subdomain) {
        return Optional.ofNullable(components.get(subdomain));
    }

    public List<String> subdomains() {
        return components.keySet().stream().sorted().toList();
    }

    public List<String> features() {
        return sorted(features);
    }

    public List<String> accountFeatures() {
        return sorted(accountFeatures);
    }

    public List<String> roomFeatures() {
        return sorted(roomFeatures);
    }

    private static List<String> sorted(Collection<String> namespaces) {
        return namespaces.stream().distinct().sorted().toList();
    }

    public List<Identity> identities() {
        return List.copyOf(identities);
    }

    public List<Element> streamFeatures() {
        return List.copyOf(streamFeatures);
    }

    /** What clients may ask for while they bind a resource (XEP-0386). */
    public List<String> inlineFeatures() {
        return List.copyOf(inlineFeatures.keySet());
    }

    /** Enables what modules know of {@code requests}, and returns what they have to say. */
    public List<Element> enableInline(Session session, List<Element> requests) {
        return requests.stream()
                .flatMap(request -> Optional.ofNullable(inlineFeatures.get(request.namespace()))
                        .flatMap(feature -> feature.enable(session, request))
                        .stream())
                .toList();
    }

    /** Whether streams may do this. */
    public boolean allows(StreamOption option) {
        return streamOptions.contains(option);
    }

    /** What modules offer to {@code entity} beside TLS and SASL, before it has authenticated. */
    public List<Element> preAuthFeatures(InitiatingEntity entity) {
        return preAuthFeatures.stream()
                .filter(offer -> offer.allowed().test(entity))
                .map(Offer::feature)
                .toList();
    }

    /**
     * The answer to a first-level child that came before authentication, ready to be written; empty if no module answers
     * this, and then the stream must end with {@code not-authorized} (RFC 6120 section 4.9.3.12). The stage never fails,
     * it may be done on any thread; the stream reads no further before it is.
     */
    public Optional<CompletionStage<Element>> preAuth(Element sent, InitiatingEntity entity) {
        return preAuth.answer(sent, entity);
    }

    <C> void take(Hook<C> hook, Taking taking) {
        takings.merge(
                hook,
                Takings.of(Stream.of(taking)),
                (known, added) -> Takings.of(Stream.concat(known.all().stream(), added.all().stream())));
    }

    void leave(Hook<?> hook, Taking taking) {
        takings.computeIfPresent(
                hook, (h, known) -> Takings.of(known.all().stream().filter(t -> t != taking)));
    }

    /** From now on this one, and no other, sees what happens at all hooks. */
    public void observe(HookObserver added) {
        observer = Optional.of(added);
    }

    private void observed(Hook<?> hook, Object told) {
        observer.ifPresent(seeing -> seeing.happened(hook, HookSubject.of(told)));
    }

    /**
     * Asks all who take part, in order, until one does not proceed. The verdict is never {@code Later}; the stage fails
     * where a handler has a bug.
     */
    public <C> CompletionStage<Verdict<C>> run(Hook<C> hook, C context) {
        observed(hook, context);
        return stage(decided(handlers(hook), context));
    }

    private static <C> Verdict<C> decided(List<HookHandler<C>> handlers, C context) {
        Verdict<C> verdict = Verdict.proceed(context);
        for (int i = 0; i < handlers.size() && verdict instanceof Verdict.Proceed<C> on; i++) {
            verdict = ask(handlers.get(i), on.context());
            if (verdict instanceof Verdict.Later<C> later) {
                var rest = handlers.subList(i + 1, handlers.size());
                return Verdict.later(later.verdict().thenCompose(late -> afterwards(rest, late)));
            }
        }
        return verdict;
    }

    private static <C> CompletionStage<Verdict<C>> afterwards(List<HookHandler<C>> rest, Verdict<C> verdict) {
        return verdict instanceof Verdict.Proceed<C> on
                ? stage(decided(rest, on.context()))
                : CompletableFuture.completedFuture(verdict);
    }

    private static <C> CompletionStage<Verdict<C>> stage(Verdict<C> verdict) {
        return verdict instanceof Verdict.Later<C> later ? later.verdict() : CompletableFuture.completedFuture(verdict);
    }

    /** What one of them says; {@code Later} only if that is not known yet. */
    private static <C> Verdict<C> ask(HookHandler<C> handler, C context) {
        try {
            return known(handler.handle(context));
        } catch (RuntimeException bug) {
            return Verdict.later(CompletableFuture.failedFuture(bug));
        }
    }

    private static <C> Verdict<C> known(Verdict<C> verdict) {
        if (!(verdict instanceof Verdict.Later<C> later)) {
            return verdict;
        }
        var stage = later.verdict().toCompletableFuture();
        return stage.isDone() && !stage.isCompletedExceptionally()
                ? known(stage.join())
                : Verdict.later(stage.thenCompose(late -> stage(known(late))));
    }

    /** Tells all who take part, one after the other; who fails or refuses does not keep it from the rest. The stage never fails. */
    public <C> CompletionStage<Void> tell(Hook<C> hook, C context) {
        observed(hook, context);
        return told(hook, handlers(hook), context);
    }

    private static <C> CompletionStage<Void> told(Hook<C> hook, List<HookHandler<C>> handlers, C context) {
        for (int i = 0; i < handlers.size(); i++) {
            if (ask(handlers.get(i), context) instanceof Verdict.Later<C> later) {
                var rest = handlers.subList(i + 1, handlers.size());
                return later.verdict()
                        .handle((verdict, bug) -> logged(hook, context, bug))
                        .thenCompose(heard -> told(hook, rest, context));
            }
        }
        return TOLD;
    }

    private static Void logged(Hook<?> hook, Object told, Throwable bug) {
        if (bug != null) {
            LOG.error(
                    "event=hook-failed hook={} about={}",
                    hook,
                    HookSubject.of(told).jids(),
                    bug);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // take() has put handlers of C under a hook of C
    private <C> List<HookHandler<C>> handlers(Hook<C> hook) {
        var taking = takings.get(hook);
        return taking == null ? List.of() : (List<HookHandler<C>>) (List<?>) taking.handlers();
    }

    @Override
    public void close() {
        installed().forEach(this::uninstall);
    }
}
