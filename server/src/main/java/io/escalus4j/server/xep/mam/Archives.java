package io.escalus4j.server.xep.mam;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what an account says and hears, and gives it to its owner, page by page. Thread-safe.
 *
 * <p>A message is in the archive before it is on its way: of the sender when it is sent, of the recipient when it is
 * received, both once, whatever devices and copies there are.
 */
public final class Archives implements Module {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ArchiveConfig config;
    private final ArchivingRules rules;
    private final Archivist archivist;
    private final PreferenceStore preferences;
    private final ArchiveReader reader;
    private final RoomArchives rooms;
    private final Counter kept;

    private Archives(ServerContext context, ArchiveConfig config, PreferenceStore preferences) {
        this.config = config;
        this.rules = new ArchivingRules(config);
        this.archivist = new Archivist(context, config);
        this.preferences = preferences;
        this.reader = new ArchiveReader(context, config);
        this.rooms = new RoomArchives(context, config, archivist);
        this.kept = context.metrics().counter("xmpp.archive.messages", "of", "account");
    }

    /** The archive and all that belongs to it. */
    public static List<Module> modules(ServerContext context, ArchiveConfig config) {
        var preferences = new PreferenceStore(
                context.stores().archivePreferences(), context.stores().rosters(), config.policy());
        return List.of(
                new StanzaIds(),
                new Archives(context, config, preferences),
                new ArchivePreferences(context, config, preferences),
                new MessageRetraction(),
                new FullTextSearch());
    }

    @Override
    public Xep xep() {
        return new Xep(313, "Message Archive Management", "1.1.3");
    }

    @Override
    public void install(Hooks hooks) {
        for (String version : Mam.VERSIONS) {
            hooks.accountFeature(version)
                    .iq(Iq.Type.SET, To.OWN_ACCOUNT, version, "query", this::answer)
                    .iq(Iq.Type.GET, To.OWN_ACCOUNT, version, "query", this::answer)
                    .iq(Iq.Type.GET, To.OWN_ACCOUNT, version, "metadata", this::answer);
        }
        hooks.accountFeature(Mam.EXTENDED)
                .accountFeature(Mam.NS + "#groupchat-field")
                .on(Hook.SENT, Phase.RECORD, this::sent)
                .on(Hook.RECEIVED, Phase.RECORD, this::received)
                .on(Hook.UNDELIVERED, Phase.AFTER, Archives::undelivered);
        rooms.install(hooks);
        if (config.groupchats()) {
            hooks.accountFeature(Mam.NS + "#groupchat-available");
        }
        if (!config.retention().isZero()) {
            hooks.every(min(HOUR, config.retention()), () -> archivist.purge(config.retention()));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Reply answer(Iq iq) {
        return reader.answer(iq, iq.from().bare());
    }

    /** What somebody says to themselves is kept when it is received, and what is said in rooms when it comes back. */
    private Verdict<Hook.Sent> sent(Hook.Sent sent) {
        Jid account = sent.session().jid().bare();
        var peer = sent.stanza().to().filter(to -> !to.bare().equals(account));
        if (peer.isEmpty()
                || !(sent.stanza() instanceof Message message)
                || message.type() == Message.Type.GROUPCHAT
                || !rules.keeps(message)) {
            return Verdict.proceed(sent);
        }
        return Verdict.later(keep(account, peer.get(), message, Optional.empty())
                .thenApply(id -> Verdict.proceed(
                        id.map(known -> sent.withOwn(element -> StanzaIds.with(element, account, known)))
                                .orElse(sent))));
    }

    private Verdict<Hook.Received> received(Hook.Received received) {
        if (!(received.stanza() instanceof Message message) || !rules.keeps(message)) {
            return Verdict.proceed(received);
        }
        Jid owner = received.owner();
        return Verdict.later(keep(owner, message.from(), message, Optional.of(received.heard()))
                .thenApply(id ->
                        Verdict.proceed(id.map(known -> received.with(element -> StanzaIds.with(element, owner, known)))
                                .orElse(received))));
    }

    /** @param heard by the account that has received the message; empty if it has sent it */
    private CompletionStage<Optional<String>> keep(
            Jid account, Jid peer, Message message, Optional<CompletionStage<Void>> heard) {
        return preferences
                .wants(account, peer)
                .thenCompose(wanted -> wanted
                        ? archivist.keep(account, peer, message, heard)
                        : CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(id -> {
                    id.ifPresent(known -> kept.increment());
                    return id;
                });
    }

    /** Nobody was there, and nobody else has taken it: it waits in the archive. */
    private static Verdict<Hook.Undelivered> undelivered(Hook.Undelivered undelivered) {
        return isArchived(undelivered) ? Verdict.stop() : Verdict.proceed(undelivered);
    }

    /** Whether a message that was received is in the archive of {@code owner}. */
    public static boolean isArchived(Hook.Undelivered undelivered) {
        return StanzaIds.id(undelivered.message().element(), undelivered.owner())
                .isPresent();
    }
}
