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
import io.escalus4j.junit.Story;

/** What a server and its accounts can do: XEP-0030. */
class DiscoStory {
    @Story
    @Spec(xep = 30, section = "3.1", says = "a server is an identity of category server and type im")
    void the_server_says_what_it_is_and_can_do(Client alice) {
        Element info = alice.iq(getDiscoInfo(alice.jid().domain()));

        assertThat(info)
                .matches(discoInfo(
                        identity("server", "im"),
                        feature("http://jabber.org/protocol/disco#info"),
                        feature("http://jabber.org/protocol/disco#items"),
                        feature("urn:xmpp:ping")));
    }

    @Story
    @Spec(xep = 30, section = "4", says = "the items of a server can be asked for")
    void the_server_lists_its_services(Client alice) {
        assertThat(alice.iq(getDiscoItems(alice.jid().domain()))).matches(discoItems());
    }

    @Story
    @Spec(xep = 30, section = "7", says = "an unknown node is item-not-found")
    void an_unknown_node_is_not_found(Client alice) {
        assertThat(alice.request(getDiscoInfo(alice.jid().domain(), "no-such-node")))
                .matches(iqError("item-not-found"));
    }

    @Story
    @Spec(xep = 30, section = "3.1", says = "an account is an identity of category account and type registered")
    void an_account_says_that_it_is_registered(Client alice) {
        assertThat(alice.iq(getDiscoInfo(alice.account()))).matches(discoInfo(identity("account", "registered")));
    }

    @Story
    @Spec(xep = 30, section = "8", says = "an account says nothing to strangers, not even that it exists")
    void an_account_says_nothing_to_strangers(Client alice, Client bob) {
        Element ofBob = alice.request(getDiscoInfo(bob.account()));
        Element ofNobody = alice.request(getDiscoInfo(nobody(bob)));

        assertThat(ofBob).matches(iqError("service-unavailable"));
        assertThat(ofNobody).matches(iqError("service-unavailable"));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 30, section = "3.1", says = "an account answers those who may see its presence")
    void an_account_answers_a_friend(Client alice, Client bob) {
        assertThat(alice.iq(getDiscoInfo(bob.account()))).matches(discoInfo(identity("account", "registered")));
    }
}
