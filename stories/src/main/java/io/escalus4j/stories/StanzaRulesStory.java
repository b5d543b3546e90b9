package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.People.nobody;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Transport;

/** What a stanza, an answer and an error look like, and how the server treats them: RFC 6120 sections 8 and 10. */
class StanzaRulesStory {
    private static final String UNKNOWN = "urn:example:unknown";
    private static final String ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    @Story
    @Spec(
            rfc = 6120,
            section = "8.2.3",
            id = {
                "6120-8.2.3-3",
                "6120-8.2.3-4",
                "6120-8.2.3-7",
                "6120-8.1.3-1",
                "6120-8.3.1-5",
                "6120-10.3.3-1",
                "6120-8-1",
                "6120-8.1.2.1-3"
            },
            says = "a request is answered with its id and at most one child, on behalf of the account")
    void an_answer_keeps_the_id(Client alice) {
        Element answer = alice.iq(getRoster().with("id", "a'b\"c<&"));

        assertThat(answer.attribute("id", "")).isEqualTo("a'b\"c<&");
        assertThat(answer.elements()).hasSize(1);
        assertThat(answer.has("error", "jabber:client")).isFalse();
        assertThat(answer.attribute("from", alice.account().toString()))
                .isEqualTo(alice.account().toString());
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "8.3",
            id = {
                "6120-8.2.3-8",
                "6120-8.3.1-2",
                "6120-8.3.1-3",
                "6120-8.3.2-1",
                "6120-8.3.2-2",
                "6120-8.3.2-3",
                "6120-8.3.2-5",
                "6120-8.1.1.1-3",
                "6120-8.1.2.1-2"
            },
            says = "an error is of the same kind, with the id, one of five types, one condition and perhaps a text")
    void an_error_says_what_is_wrong(Client alice) {
        String server = alice.jid().domain();
        for (Element wrong : new Element[] {
            iqGet(server, Element.of("query", UNKNOWN)).with("id", "i"),
            chat("a@b@c", "Where?").with("id", "i"),
            directedPresence("a@b@c").with("id", "i")
        }) {
            alice.send(wrong);

            Element answer = alice.expect(error());
            Element error = answer.child("error").orElseThrow();
            assertThat(answer.name()).isEqualTo(wrong.name());
            assertThat(answer.attribute("id", "")).isEqualTo("i");
            assertThat(answer.attribute("to", alice.jid().toString()))
                    .isEqualTo(alice.jid().toString());
            assertThat(error.attribute("type", "")).isIn("auth", "cancel", "continue", "modify", "wait");
            assertThat(error.elements())
                    .allSatisfy(child -> assertThat(child.namespace()).isEqualTo(ERRORS));
            assertThat(error.elements().stream().filter(child -> !child.name().equals("text")))
                    .hasSize(1);
        }
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "elsewhere each element is whole and alone")
    @Spec(rfc = 6120, section = "8", id = "6120-8-2", says = "a part of a stanza means nothing until the rest has come")
    void half_a_stanza_means_nothing(Client alice, Client bob) {
        alice.sendRaw("<message to='%s' type='chat'><body>first".formatted(bob.jid()));
        bob.fence();
        assertThat(bob.peek()).isEmpty();

        alice.sendRaw(" and second</body></message>");

        bob.expect(chatMessage("first and second").from(alice));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "8.1.5",
            id = {"6120-8.1.5-2", "6120-8.1.5-3", "6120-4.7.4-6"},
            says = "the language of a stanza is its sender's")
    void the_language_of_a_stanza_stays(Client alice, Client bob) {
        alice.send(chat(bob, "Tee um fünf").with("xml:lang", "de-CH"));

        bob.expect(chatMessage("Tee um fünf").withAttribute("xml:lang", "de-CH"));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.7.4",
            id = {"6120-4.7.4-5", "6120-8.1.5-1"},
            says = "a stanza that names no language is in that of its sender's stream")
    void the_language_of_the_stream_goes_along(Client alice, Client bob) {
        alice.send(chat(bob, "Tea at five"));

        bob.expect(chatMessage("Tea at five").withAttribute("xml:lang", "en"));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "8.4",
            id = {"6120-8.4-2", "6120-8.4-9", "6120-8.4-7", "6120-8.3.4-1"},
            says = "what the server does not understand it passes on as it is")
    void what_is_for_others_passes_unchanged(Client alice, Client bob) {
        Element unknown = Element.of("cup", UNKNOWN)
                .with("size", "2 < 3")
                .with(Element.of("milk", "urn:example:milk").withText(" a drop "));

        alice.send(chat(bob, "Here").with(unknown));
        alice.send(iqGet(bob, unknown));

        bob.expect(chatMessage("Here").withChild(element("cup", UNKNOWN).exactly(unknown)));
        Element asked =
                bob.expect(iqGet(UNKNOWN).withChild(element("cup", UNKNOWN).exactly(unknown)));
        Element refusal = iqError(asked, "cancel", "not-acceptable");
        Element error = refusal.child("error").orElseThrow();
        bob.send(refusal.without("error", "jabber:client").with(error.with(Element.of("too-cold", UNKNOWN))));
        alice.expect(iqError("not-acceptable")
                .withChild(element("error", "jabber:client").withChild("too-cold", UNKNOWN)));
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "elsewhere each element is whole and alone")
    @Spec(
            rfc = 6120,
            section = "8.4",
            id = {"6120-8.4-3", "6120-8.4-4"},
            says = "a request may have any prefix, and more in it than the server knows")
    void a_request_may_have_a_prefix(Client alice) {
        alice.sendRaw("<iq type='get' id='p'><r:query xmlns:r='jabber:iq:roster' ver='' odd='yes'/></iq>");

        alice.expect(iqResult("p").withChild("query", "jabber:iq:roster"));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6120,
            section = "8.4",
            id = {"6120-8.4-6", "6120-10.3.2-1"},
            says = "presence counts, whatever else is in it")
    void presence_with_something_unknown_is_presence(Client alice, Client bob) {
        alice.send(presenceWithShow("xa").with(Element.of("cup", UNKNOWN)));

        bob.expect(available().from(alice).withShow("xa").withChild("cup", UNKNOWN));
        alice.expect(available().from(alice));
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "elsewhere each element is whole and alone")
    @Spec(rfc = 6120, section = "10.1", id = "6120-10.1-5", says = "what follows a request sees its effect")
    void what_follows_a_request_sees_its_effect(Client alice) {
        Element contact = setContact("kate@example.org", "Kate").with("id", "set");
        alice.sendRaw(contact.toXml() + getRoster().with("id", "get").toXml());

        alice.expect(iqResult("set"));
        alice.expect(iqResult("get").that(rosterResult(rosterItem("kate@example.org", "none"))));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "10.3.3",
            id = {"6120-10.3.3-2", "6120-10.3.3-3"},
            says = "a request without an address that nobody understands is refused, an answer is dropped")
    void an_iq_without_an_address_is_for_the_account(Client alice) {
        alice.send(iqResult(iqGet(Element.of("query", UNKNOWN)).with("id", "never"))
                .without("to"));

        assertThat(alice.request(iqGet(Element.of("query", UNKNOWN)))).matches(iqError("service-unavailable"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "10.5.2",
            id = {"6120-10.5.2-1", "6120-10.5-2"},
            says = "a request to a resource of the domain is answered by the server")
    void a_request_to_a_resource_of_the_domain_is_answered(Client alice) {
        assertThat(alice.request(iqGet(alice.jid().domain() + "/desk", Element.of("query", UNKNOWN))))
                .matches(iqError("service-unavailable"));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "13.10.2",
            id = {
                "6120-13.10.2-1",
                "6120-13.10.2-2",
                "6120-8.3.3.7-1",
                "6120-8.3.3.13-1",
                "6120-10.5.3.1-2",
                "6120-10.5.3.2-2"
            },
            says = "a stranger is told the same of who is there, of a resource that is not, and of nobody")
    void a_stranger_cannot_tell_who_is_there(Client alice, Client bob) {
        Object[] addresses = {
            bob.account(),
            bob.account().withResource("gone"),
            nobody(alice),
            nobody(alice).withResource("x")
        };
        for (Object address : addresses) {
            assertThat(alice.request(iqGet(address, Element.of("query", UNKNOWN))))
                    .matches(iqError("service-unavailable"));
        }
        bob.expectNothing();
    }

    @Story
    @Spec(rfc = 6120, section = "11.6", id = "6120-11.6-5", says = "U+FEFF is a character like any other")
    void a_zero_width_space_is_a_character(Client alice, Client bob) {
        alice.send(chat(bob, "\uFEFFTea\uFEFF"));

        bob.expect(chatMessage("\uFEFFTea\uFEFF").from(alice));
    }
}
