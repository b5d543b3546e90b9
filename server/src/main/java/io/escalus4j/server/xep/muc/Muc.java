package io.escalus4j.server.xep.muc;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Multi-user chat: rooms that people enter and leave. Thread-safe.
 *
 * <p>What concerns one room runs on the room's own executor ({@link Rooms}): {@link Reception} takes a stanza to the rule
 * that it is about, the rule changes the room and says what is to be said ({@link Says}), and {@link Desk} keeps what must
 * be kept before anybody hears of it.
 */
public final class Muc implements Module {
    /** Something was said in a room, and nobody has got it yet: what a handler does now is done before. If it fails, nobody gets it. */
    public static final Hook<RoomMessage> SAID = new Hook<>("room-said");

    /** There is about to be a new room, which nobody has said anything in. If a handler fails, there is none. */
    public static final Hook<Jid> CREATED = new Hook<>("room-created");

    /** A room is gone for good. */
    public static final Hook<Jid> DESTROYED = new Hook<>("room-destroyed");

    /** A room was asked something that it does not know. Runs in the context of the one who asks. */
    public static final Hook<RoomQuery> ASKED = new Hook<>("room-asked");

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final MucConfig config;
    private final RoomMetrics metrics;
    private final Desk desk;
    private final Service service;

    Muc(ServerContext context, MucConfig config) {
        this(context, config, Extensions.of(context, config));
    }

    private Muc(ServerContext context, MucConfig config, Extensions extensions) {
        this.config = config;
        var rooms = new Rooms(context, config);
        this.metrics = new RoomMetrics(context.metrics(), rooms);
        this.desk = new Desk(context, config, rooms, metrics, extensions);
        this.service = new Service(context, config, rooms, extensions);
    }

    /** Multi-user chat and all that its rooms keep beside it. */
    public static List<Module> modules(ServerContext context, MucConfig config) {
        var extensions = Extensions.of(context, config);
        var modules = new ArrayList<Module>(extensions.all());
        modules.add(new Muc(context, config, extensions));
        return List.copyOf(modules);
    }

    @Override
    public Xep xep() {
        return new Xep(45, "Multi-User Chat", "1.35.5");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.component(config.host(), this::handle)
                .on(Hook.ACCOUNT_LEAVING, Phase.DELIVER, this::leaving)
                .on(Hook.STOPPING, Phase.DELIVER, this::stopping)
                .every(config.idle(), desk::tidy)
                .onClose(metrics.gauge())
                .onClose(() -> desk.shutDown());
    }

    /**
     * Whoever sends something waits until the room has dealt with it. What comes of what a room itself has sent nobody waits
     * for: the room would wait for itself.
     */
    private CompletionStage<Void> handle(Stanza stanza) {
        Jid to = stanza.to().orElseThrow();
        if (to.local().isEmpty()) {
            return service.take(stanza);
        }
        var taken = desk.take(stanza);
        boolean isEcho = stanza.isError()
                || stanza instanceof Iq iq && !iq.isRequest()
                || stanza.from().domain().equals(to.domain());
        return isEcho ? DONE : taken;
    }

    private Verdict<Jid> leaving(Jid account) {
        return Verdict.later(desk.forget(account).thenApply(left -> Verdict.proceed(account)));
    }

    private Verdict<Hook.Stopping> stopping(Hook.Stopping stopping) {
        return Verdict.later(desk.shutDown().thenApply(told -> Verdict.proceed(stopping)));
    }
}
