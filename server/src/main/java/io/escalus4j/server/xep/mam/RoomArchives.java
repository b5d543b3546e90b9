package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The archives of rooms, of whatever kind: a room tells here what is said in it and who asks, and it alone knows who may.
 * Thread-safe.
 *
 * <pre>{@code
 * modules.run(RoomArchives.SAID, new Said(room, author, message))   // proceeds with the message as all may get it
 * modules.run(RoomArchives.ASKED, Asked.of(iq, Access.READ))        // proceeds with the reply, if there is an archive
 * }</pre>
 */
public final class RoomArchives {
    /** Something is about to go to all in a room; who archives it says what it is called there. */
    public static final Hook<Said> SAID = new Hook<>("room-said");

    /** Somebody wants something of a room's archive. */
    public static final Hook<Asked> ASKED = new Hook<>("room-archive-asked");

    /** A room is gone, or new: what was said in one of the same name is nobody's business. */
    public static final Hook<Jid> FORGET = new Hook<>("room-archive-forget");

    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final ServerContext context;
    private final Archive archive;
    private final ArchivingRules rules;
    private final Archivist archivist;
    private final PreferenceStore preferences;
    private final ArchiveReader reader;
    private final int most;
    private final Counter kept;

    /**
     * @param author the account of who says it, or the room itself
     * @param message as the room sends it: from its occupant, to nobody yet
     */
    public record Said(Jid room, Jid author, Message message) {
        Said with(UnaryOperator<Element> change) {
            return new Said(room, author, message.with(change.apply(message.element())));
        }
    }

    /** What somebody may do with an archive. */
    public enum Access {
        NONE,
        READ,
        /** And say what is to be in it. */
        MANAGE
    }

    /**
     * @param view what who asks may see of a message
     * @param peer the occupant that a filter by {@code jid} is about
     * @param refusal of who may not do it
     */
    public record Asked(
            Iq iq,
            Access access,
            UnaryOperator<Element> view,
            UnaryOperator<Jid> peer,
            Condition refusal,
            Optional<Reply> reply) {
        public static Asked of(Iq iq, Access access, Condition refusal) {
            return new Asked(iq, access, UnaryOperator.identity(), UnaryOperator.identity(), refusal, Optional.empty());
        }

        public Asked seenAs(UnaryOperator<Element> seen) {
            return new Asked(iq, access, seen, peer, refusal, reply);
        }

        public Asked calling(UnaryOperator<Jid> occupant) {
            return new Asked(iq, access, view, occupant, refusal, reply);
        }

        Asked answered(Reply answer) {
            return new Asked(iq, access, view, peer, refusal, Optional.of(answer));
        }
    }

    /** Whether a request is about an archive. */
    public static boolean isAbout(Iq iq) {
        return Mam.speaks(iq.payload());
    }

    RoomArchives(ServerContext context, ArchiveConfig config, Archivist archivist) {
        this.context = context;
        this.archive = context.stores().archive();
        this.rules = new ArchivingRules(config);
        this.archivist = archivist;
        this.preferences = new PreferenceStore(
                context.stores().archivePreferences(), context.stores().rosters(), policy(config));
        this.reader = new ArchiveReader(context, config);
        this.most = config.maxPreferences();
        this.kept = context.metrics().counter("xmpp.archive.messages", "of", "room");
    }

    /** A room has no roster. */
    private static Policy policy(ArchiveConfig config) {
        return config.policy() == Policy.NEVER ? Policy.NEVER : Policy.ALWAYS;
    }

    void install(Hooks hooks) {
        Mam.VERSIONS.forEach(hooks::roomFeature);
        hooks.roomFeature(Mam.EXTENDED)
                .on(SAID, Phase.RECORD, this::said)
                .on(ASKED, Phase.DELIVER, this::asked)
                .on(FORGET, Phase.RECORD, this::forget);
        new MultiUserArchives(this).install(hooks);
    }

    // ---- what is said

    private Verdict<Said> said(Said said) {
        if (!rules.keepsInRoom(said.message())) {
            return Verdict.proceed(said);
        }
        var stored = said.message().with(said.message().element().without("x", MUC_USER));
        return Verdict.later(kept(
                        said.room(), said.author(), context.archiveIds().next(), stored)
                .thenApply(id -> Verdict.proceed(id.map(
                                known -> said.with(element -> StanzaIds.with(element, said.room(), known)))
                        .orElse(said))));
    }

    /** Keeps what a room has given an id already. */
    CompletionStage<Optional<String>> keep(Jid room, Jid author, ArchiveId id, Message stored) {
        return rules.keepsInRoom(stored)
                ? kept(room, author, id, stored)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletionStage<Optional<String>> kept(Jid room, Jid author, ArchiveId id, Message stored) {
        return preferences
                .wants(room, author)
                .thenCompose(wanted -> wanted
                        ? archivist.keepInRoom(room, id, stored).thenApply(this::counted)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private Optional<String> counted(String id) {
        kept.increment();
        return Optional.of(id);
    }

    private Verdict<Jid> forget(Jid room) {
        return Verdict.later(forgotten(room).thenApply(gone -> Verdict.proceed(room)));
    }

    CompletionStage<Integer> forgotten(Jid room) {
        return preferences.remove(room).thenCompose(gone -> archive.trim(room, 0));
    }

    // ---- what is asked

    private Verdict<Asked> asked(Asked asked) {
        return Verdict.proceed(asked.answered(answer(asked)));
    }

    Reply answer(Asked asked) {
        Iq iq = asked.iq();
        boolean isPreferences = iq.payload().name().equals(Preferences.NAME);
        boolean changes = isPreferences && iq.type() == Iq.Type.SET;
        if (asked.access() == Access.NONE || changes && asked.access() != Access.MANAGE) {
            return Reply.refused(asked.refusal(), "'%s' may not do this with the archive of '%s'", iq.from(), room(iq));
        }
        if (isPreferences) {
            return preferences(iq);
        }
        return ArchiveReader.knows(iq)
                ? reader.answer(iq, room(iq), asked.view(), asked.peer())
                : Reply.refused(Condition.FEATURE_NOT_IMPLEMENTED);
    }

    private static Jid room(Iq iq) {
        return iq.to().orElseThrow().bare();
    }

    private Reply preferences(Iq iq) {
        if (iq.type() == Iq.Type.GET) {
            return Reply.later(preferences.of(room(iq)).thenApply(known -> reply(iq, known)));
        }
        try {
            var wanted = Preferences.read(iq.payload(), most);
            Refusal.unless(wanted.standard() != Policy.ROSTER, "default is 'roster', a room has none: always or never");
            return Reply.later(preferences.put(room(iq), wanted).thenApply(now -> reply(iq, now)));
        } catch (Refusal refusal) {
            return Reply.refused(refusal.error());
        }
    }

    private static Reply reply(Iq iq, Preferences now) {
        return Reply.result(now.toElement(iq.payload().namespace()));
    }
}
