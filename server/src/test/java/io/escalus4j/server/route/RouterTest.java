package io.escalus4j.server.route;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Plain;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.Stanzas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6120 sections 8.3 and 10: where a stanza goes, and what its sender hears if it does not get there. */
class RouterTest {
    private final List<Element> component = new ArrayList<>();
    private final World world = World.of(context -> new Plain(this::install));
    private boolean ran;

    private void install(Hooks hooks) {
        hooks.component("muc", this::take)
                .iq(Iq.Type.GET, To.SERVER, "urn:ask", "query", iq -> Reply.result(Element.of("answer", "urn:ask")))
                .iq(
                        Iq.Type.GET,
                        To.SERVER,
                        "urn:later",
                        "query",
                        iq -> Reply.later(CompletableFuture.completedFuture(Reply.done())))
                .iq(Iq.Type.GET, To.SERVER, "urn:answered", "query", iq -> Reply.answered())
                .iq(
                        Iq.Type.GET,
                        To.SERVER,
                        "urn:then",
                        "query",
                        iq -> new Reply.AndThen(Reply.done(), () -> ran = true))
                .iq(Iq.Type.GET, To.SERVER, "urn:bug", "query", iq -> bug())
                .iq(
                        Iq.Type.GET,
                        To.SERVER,
                        "urn:late-bug",
                        "query",
                        iq -> Reply.later(CompletableFuture.failedFuture(new IllegalStateException("late"))))
                .iq(Iq.Type.GET, To.SERVER, "urn:busy", "query", iq -> Reply.later(busy()))
                .iq(Iq.Type.GET, To.ACCOUNT, "urn:own", "query", iq -> Reply.done())
                .on(
                        Hook.SENT,
                        Phase.GUARD,
                        sent -> sent.stanza().element().has("silence", "urn:x")
                                ? Verdict.stop()
                                : Verdict.proceed(sent))
                .on(
                        Hook.SENT,
                        Phase.GUARD,
                        sent -> sent.stanza().element().has("forbidden", "urn:x")
                                ? Verdict.refuse(Condition.FORBIDDEN, "no")
                                : Verdict.proceed(sent))
                .on(
                        Hook.RECEIVED,
                        Phase.GUARD,
                        received -> received.stanza().element().has("bug", "urn:x") ? bug() : Verdict.proceed(received))
                .on(
                        Hook.RECEIVED,
                        Phase.GUARD,
                        received -> received.stanza().element().has("busy", "urn:x")
                                ? Verdict.later(busy())
                                : Verdict.proceed(received));
    }

    /** As a stage fails that other stages came before. */
    private static <T> CompletionStage<T> busy() {
        return CompletableFuture.completedFuture(true)
                .thenCompose(done -> CompletableFuture.failedFuture(new StoreUnavailableException(
                        "a full queue, made for this test", new IllegalStateException())));
    }

    private static <T> T bug() {
        throw new IllegalStateException("a bug, made for this test");
    }

    private CompletableFuture<Void> take(Stanza stanza) {
        component.add(stanza.element());
        return CompletableFuture.completedFuture(null);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String outcome(Element answer) {
        return answer.child("error")
                .flatMap(Element::firstElement)
                .map(Element::name)
                .orElse(answer.attribute("type", ""));
    }

    @ParameterizedTest(name = "iq in {0} to the domain: {1}")
    @CsvSource({
        "urn:ask, result",
        "urn:later, result",
        "urn:then, result",
        "urn:answered, ",
        "urn:unknown, service-unavailable",
        "urn:bug, internal-server-error",
        "urn:late-bug, internal-server-error",
        "urn:busy, resource-constraint"
    })
    void a_request_to_the_server_is_answered(String namespace, String wanted) {
        var alice = world.connect("alice@localhost/a");

        alice.sends("<iq type='get' id='1' to='localhost'><query xmlns='" + namespace + "'/></iq>");

        assertThat(alice.received())
                .extracting(RouterTest::outcome)
                .containsExactlyElementsOf(Optional.ofNullable(wanted).stream().toList());
        assertThat(ran).isEqualTo(namespace.equals("urn:then"));
    }

    @Test
    void a_request_to_ones_own_account_is_answered_with_the_address_that_it_had() {
        var alice = world.connect("alice@localhost/a");

        alice.sends("<iq type='get' id='1'><query xmlns='urn:own'/></iq>");
        alice.sends("<iq type='get' id='2' to='alice@localhost'><query xmlns='urn:own'/></iq>");

        assertThat(alice.received())
                .containsExactly(
                        xml("<iq type='result' id='1' to='alice@localhost/a'/>"),
                        xml("<iq type='result' id='2' from='alice@localhost' to='alice@localhost/a'/>"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    <message to='localhost'><body>Hi</body></message>                     | service-unavailable
                    <message to='localhost' type='error'/>                                |
                    <presence to='localhost'/>                                            |
                    <iq type='result' id='1' to='localhost'/>                             |
                    <message to='kate@nowhere.invalid'><body>Hi</body></message>          | remote-server-not-found
                    <message to='kate@other.localhost'><body>Hi</body></message>          | remote-server-not-found
                    <iq type='get' id='1' to='other.org'><query xmlns='urn:ask'/></iq>    | remote-server-not-found
                    <message to='bob@localhost'><silence xmlns='urn:x'/></message>        |
                    <message to='bob@localhost'><forbidden xmlns='urn:x'/></message>      | forbidden
                    <message to='bob@localhost'><bug xmlns='urn:x'/></message>            | internal-server-error
                    <message to='bob@localhost'><busy xmlns='urn:x'/></message>           | resource-constraint
                    <message to='a@b@c'><body>Hi</body></message>                         | jid-malformed
                    """)
    void a_sender_hears_what_went_wrong(String stanza, String wanted) {
        var alice = world.connect("alice@localhost/a");
        world.account("bob@localhost");

        alice.sends(stanza);

        assertThat(alice.received())
                .extracting(RouterTest::outcome)
                .containsExactlyElementsOf(Optional.ofNullable(wanted).stream().toList());
    }

    @Test
    void what_is_no_stanza_ends_the_stream() {
        var alice = world.connect("alice@localhost/a").sends("<nonsense/>");

        assertThat(alice.closed().orElseThrow().condition().wire()).isEqualTo("unsupported-stanza-type");
    }

    @Test
    void a_component_gets_what_is_for_it_and_its_errors_come_back_to_it() {
        var alice = world.connect("alice@localhost/a");
        alice.sends("<message to='room@muc.localhost' type='groupchat'><body>Hi</body></message>");
        assertThat(component)
                .containsExactly(xml("<message from='alice@localhost/a' to='room@muc.localhost' type='groupchat'>"
                        + "<body>Hi</body></message>"));

        var invitation = xml("<message from='room@muc.localhost' to='nobody@localhost'><body>Come</body></message>");
        world.context()
                .router()
                .route(Stanzas.trusted(
                        invitation, Jid.of("room@muc.localhost"), Optional.of(Jid.of("nobody@localhost"))));

        assertThat(component).hasSize(2);
        assertThat(outcome(component.get(1))).isEqualTo("service-unavailable");
    }
}
