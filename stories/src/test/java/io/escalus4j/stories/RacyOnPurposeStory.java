package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.NotApplicable;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.stories.server.OwnServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with a race that hardly ever shows: told by name only, from {@code SeededRaceTest}. */
@StoryServer(OwnServer.class)
class RacyOnPurposeStory {
    /** Counts chats; reads in one turn of the account's lane, and writes in another: that is the bug. */
    static final class Racy implements Module {
        private final ServerContext context;
        private final AtomicInteger counter = new AtomicInteger();

        Racy(ServerContext context) {
            this.context = context;
        }

        @Override
        public Xep xep() {
            return new Xep(9999, "Racy", "1");
        }

        @Override
        public void install(Hooks hooks) {
            context.metrics().gauge("racy.chats", counter);
            hooks.on(Hook.RECEIVED, Phase.GUARD, this::count);
        }

        private Verdict<Hook.Received> count(Hook.Received received) {
            return received.stanza() instanceof Message message && message.type() == Message.Type.CHAT
                    ? Verdict.later(counted(received.owner()).thenApply(done -> Verdict.proceed(received)))
                    : Verdict.proceed(received);
        }

        private CompletionStage<Void> counted(Jid owner) {
            return context.lanes()
                    .run(owner, () -> CompletableFuture.completedFuture(counter.get()))
                    .thenCompose(read -> context.lanes().run(owner, () -> {
                        counter.set(read + 1);
                        return CompletableFuture.completedFuture(null);
                    }));
        }
    }

    @Story
    @Spec(rfc = 6121, section = "5.2", says = "a message with a body is delivered to its addressee")
    void each_message_counts(Scene scene, Client alice, Client bob, WhiteBox server) {
        if (scene.settings().seed().isEmpty()) {
            throw NotApplicable.because("no race is looked for");
        }
        server.modules().install(Racy.class);

        alice.send(chat(bob, "one"));
        bob.send(chat(bob, "two"));
        bob.expectAll(chatMessage("one"), chatMessage("two"));

        assertThat(server.metric("racy_chats")).isEqualTo(2);
    }
}
