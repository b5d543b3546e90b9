package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;

/** Requests and their answers: RFC 6120 section 8.2.3 and RFC 6121 section 8.5. */
class IqStory {
    private static final String UNKNOWN = "urn:example:unknown";

    @Story
    @Spec(
            rfc = 6120,
            section = "8.4",
            id = {"6120-8.4-8", "6120-8.3.1-1", "6120-8.3.2-3", "6120-10.5.1-1"},
            says = "a request that nobody understands is answered with service-unavailable")
    void an_unknown_request_to_the_server_is_refused(Client alice) {
        Element answer = alice.request(iqGet(alice.jid().domain(), Element.of("query", UNKNOWN)));

        assertThat(answer)
                .matches(iqError("service-unavailable").from(alice.jid().domain()));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.3",
            id = {"6121-8.5.2.1.3-1", "6121-8.5.2.1.3-2"},
            says = "the server answers for an account, and knows no such request")
    void an_unknown_request_to_an_account_is_refused(Client alice, Client bob) {
        Element answer = alice.request(iqGet(bob.account(), Element.of("query", UNKNOWN)));

        assertThat(answer).matches(iqError("service-unavailable").from(bob.account()));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.1",
            id = "6121-8.5.3.1-1",
            says = "a request to a full JID is delivered to that resource, and its answer comes back")
    void two_clients_ask_each_other(Client alice, Client bob) {
        Element question = iqGet(bob, Element.of("query", UNKNOWN));
        alice.send(question);

        Element asked = bob.expect(iqGet(UNKNOWN).from(alice));
        bob.send(iqResult(asked, Element.of("query", UNKNOWN).withText("42")));

        alice.expect(iqResultOf(question)
                .from(bob)
                .withChild(element("query", UNKNOWN).withText("42")));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.2.3",
            id = "6121-8.5.3.2.3-1",
            says = "a request to a resource that is gone is answered with service-unavailable")
    void a_request_to_an_absent_resource_is_refused(Client alice, Client bob) {
        Element answer = alice.request(iqGet(bob.account().withResource("gone"), Element.of("query", UNKNOWN)));

        assertThat(answer).matches(iqError("service-unavailable"));
    }

    @Story
    @Spec(rfc = 6120, section = "8.2.3", says = "an iq without an id is a bad request")
    void an_iq_without_an_id_is_refused(Client alice) {
        alice.send(iqGet(alice.jid().domain(), Element.of("query", UNKNOWN)).without("id"));

        alice.expect(iqError("bad-request"));
    }

    @Story
    @Spec(rfc = 6120, section = "8.2.3", id = "6120-8.2.3-6", says = "a request has exactly one child")
    void an_iq_with_two_children_is_refused(Client alice) {
        Element two = iqGet(alice.jid().domain(), Element.of("query", UNKNOWN)).with(Element.of("query", UNKNOWN));

        assertThat(alice.request(two)).matches(iqError("bad-request"));
    }

    @Story
    @Spec(rfc = 6120, section = "8.2.3", id = "6120-8.2.3-2", says = "an iq of an unknown type is a bad request")
    void an_iq_of_an_unknown_type_is_refused(Client alice) {
        Element odd = iqGet(alice.jid().domain(), Element.of("query", UNKNOWN)).with("type", "maybe");

        assertThat(alice.request(odd)).matches(iqError("bad-request"));
    }

    @Story
    @Spec(rfc = 6120, section = "8.2.3", id = "6120-8.2.3-5", says = "results and errors are not answered")
    void an_answer_nobody_asked_for_is_dropped(Client alice, Client bob) {
        alice.send(answerTo(bob.account()));
        alice.send(answerTo(alice.jid().domain()));

        alice.expectNothing();
        bob.expectNothing();
    }

    private static Element answerTo(Object nobodyWhoAsked) {
        return Element.of("iq", "jabber:client")
                .with("type", "result")
                .with("id", "never-asked")
                .with("to", nobodyWhoAsked.toString());
    }
}
