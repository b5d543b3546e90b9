package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.xep.mam.RoomArchives;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Group chat without presence: who is in a room is kept, and nobody enters or leaves by connecting. Thread-safe.
 *
 * <p>A request is read ({@link RoomRequests}), decided ({@link RoomRules}) and told ({@link RoomChanges}), a message just
 * goes to the occupants ({@link RoomMessages}); all of it in the context of who sent it.
 */
public final class MucLight implements Module {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final MucLightConfig config;
    private final RoomMetrics metrics;
    private final Router router;
    private final LightRooms store;
    private final RoomChanges changes;
    private final RoomMessages messages;
    private final Blocking blocking;
    private final Discovery discovery;
    private final RoomArchive archive;
    private final Optional<LegacyService> legacy;

    public MucLight(ServerContext context, MucLightConfig config) {
        this.config = config;
        this.router = context.router();
        this.store = context.stores().lightRooms();
        var rooms = new Rooms(store, config.cachedRooms());
        this.metrics = new RoomMetrics(context.metrics(), rooms);
        this.blocking = new Blocking(store, config.blocking(), config.maxBlocked());
        this.archive = new RoomArchive(context.modules(), rooms);
        var language = config.legacy() ? new Legacy(config.schema()) : new Modern(config.schema());
        this.changes = new RoomChanges(router, store, rooms, blocking, config, language, metrics, archive);
        this.messages = new RoomMessages(router, rooms, metrics, archive);
        this.discovery = new Discovery(context.modules(), store, config, language);
        this.legacy =
                Optional.of(new LegacyService(router, rooms, changes, config)).filter(used -> config.legacy());
    }

    @Override
    public Xep xep() {
        return Xep.proposed("MUC Light", "0.0.1");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.component(config.host(), this::handle)
                .on(Hook.ACCOUNT_LEAVING, Phase.DELIVER, this::leaving)
                .on(Hook.ACCOUNT_REMOVED, Phase.AFTER, this::removed)
                .onClose(metrics.gauge());
        if (config.roomsInRosters()) {
            discovery.listInRosters(hooks);
        }
        if (config.legacy() && config.blocking()) {
            new PrivacyLists(blocking, config.host()).install(hooks);
        }
    }

    /** Presence has no effect here (section 7.2); an error is not answered, whoever it is for. */
    private CompletionStage<Void> handle(Stanza stanza) {
        boolean isMute = stanza.isError() || stanza instanceof Message && isRoom(stanza.from());
        return isMute ? DONE : legacy.flatMap(service -> service.take(stanza)).orElseGet(() -> hear(stanza));
    }

    private CompletionStage<Void> hear(Stanza stanza) {
        if (stanza instanceof Message message) {
            return messages.take(message);
        }
        return stanza instanceof Iq iq && iq.isRequest() ? router.answer(iq, reply(iq)) : DONE;
    }

    /** What one room says is said in no other: two that are in each other would never be silent again. */
    private boolean isRoom(Jid sender) {
        String prefix = config.host() + '.';
        return sender.domain().startsWith(prefix)
                && router.serves(sender.domain().substring(prefix.length()));
    }

    private Reply reply(Iq iq) {
        Jid to = iq.to().orElseThrow();
        if (!to.isBare()) {
            return Reply.refused(Condition.BAD_REQUEST, "'%s' is an occupant, send this to the room", to);
        }
        return discovery.answer(iq).orElseGet(() -> to.isDomain() ? service(iq) : room(iq));
    }

    private Reply room(Iq iq) {
        return RoomArchives.isAbout(iq) ? archive.answer(iq) : changes.answer(iq);
    }

    private Reply service(Iq iq) {
        Element query = iq.payload();
        if (query.namespace().equals(RoomXml.BLOCKING) && !config.legacy()) {
            return blocking.answer(iq);
        }
        return query.namespace().equals(RoomXml.CREATE) && iq.type() == Iq.Type.SET && !config.legacy()
                ? changes.createAnywhere(iq)
                : Reply.refused(
                        Condition.FEATURE_NOT_IMPLEMENTED,
                        "the service does not know '%s' in '%s'",
                        query.name(),
                        query.namespace());
    }

    private Verdict<Jid> leaving(Jid account) {
        return Verdict.later(changes.leaveAll(account).thenApply(left -> Verdict.proceed(account)));
    }

    private Verdict<Hook.Removed> removed(Hook.Removed removed) {
        changes.forget(removed.account());
        return Verdict.proceed(removed);
    }
}
