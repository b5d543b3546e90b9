package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * All that is kept for an account, in XEP-0227's form (version 1.1): for another server, or for its owner, who may ask for
 * it. What that form has no place for is in elements of the namespace {@link #OURS}.
 *
 * <pre>{@code
 * Element user = Portable.user(stores, Jid.of("juliet@capulet.com")).toCompletableFuture().join();
 * }</pre>
 */
public final class Portable {
    static final String NS = "urn:xmpp:pie:0";
    static final String OURS = "urn:escalus4j:pie:0";

    /** One for each port of {@link Stores} that keeps something for an owner. */
    static final List<Section> SECTIONS = List.of(
            new CredentialsSection(),
            new RosterSection(),
            new OfflineSection(),
            new PrivateStorageSection(),
            new VCardSection(),
            new BlockingSection(),
            new LastSeenSection(),
            new ArchivePreferencesSection(),
            new ArchiveSection());

    private Portable() {}

    /** An element of a file is not what it must be. */
    static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final transient Element element;

        Unreadable(Element element, String text, Object... args) {
            super(text.formatted(args));
            this.element = element;
        }

        Element element() {
            return element;
        }
    }

    /** The {@code <user/>} with all that there is; just its name if there is nothing. */
    public static CompletionStage<Element> user(Stores stores, Jid account) {
        Element user = Element.of("user", NS).with("name", account.local());
        return inOrder(SECTIONS, section -> section.export(stores, account))
                .thenApply(children ->
                        user.with(children.stream().flatMap(List::stream).toList()));
    }

    /** {@code <server-data/>} with one {@code <user/>}, as a document. */
    public static CompletionStage<Element> document(Stores stores, Jid account) {
        return user(stores, account)
                .thenApply(user -> Element.of("server-data", NS)
                        .with(Element.of("host", NS)
                                .with("jid", account.domain())
                                .with(user)));
    }

    /** Does one after the other, and collects what came of it. */
    static <T, R> CompletionStage<List<R>> inOrder(List<T> all, Function<T, CompletionStage<? extends R>> work) {
        CompletionStage<List<R>> done = CompletableFuture.completedFuture(new ArrayList<>());
        for (T one : all) {
            done = done.thenCompose(results -> work.apply(one).thenApply(result -> {
                results.add(result);
                return results;
            }));
        }
        return done;
    }
}
