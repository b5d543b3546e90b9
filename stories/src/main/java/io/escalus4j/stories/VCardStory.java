package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;

/** A visiting card: XEP-0054. */
@RequiresFeature("vcard-temp")
class VCardStory {
    private static final String NS = "vcard-temp";
    private static final Element CARD =
            Element.of("vCard", NS).with(Element.of("FN").withText("Alice Liddell"));

    @Story
    @Spec(xep = 54, section = "3.2", says = "a user sets their card, and others read it")
    void others_read_the_card(Client alice, Client bob) {
        alice.iq(setVCard(Element.of("FN").withText("Alice Liddell")));

        assertThat(bob.iq(getVCard(alice.account())))
                .matches(iqResult()
                        .from(alice.account())
                        .withChild(element("vCard", NS).exactly(CARD)));
    }

    @Story
    @Spec(xep = 54, section = "3.1", says = "a user reads their own card without an address")
    void one_reads_ones_own_card(Client alice) {
        alice.iq(setVCard(Element.of("FN").withText("Alice Liddell")));

        assertThat(alice.iq(getVCard()))
                .matches(iqResult().withChild(element("vCard", NS).exactly(CARD)));
    }

    @Story
    @Spec(xep = 54, section = "3.1", says = "who has no card has an empty one, or item-not-found")
    void a_card_that_was_never_set_is_empty(Client alice) {
        assertThat(alice.request(getVCard()))
                .matches(iqResult().withChild("vCard", NS).or(iqError("item-not-found")));
    }

    @Story
    @Spec(xep = 54, section = "3.2", says = "nobody changes somebody else's card")
    void another_persons_card_cannot_be_changed(Client alice, Client bob) {
        Element theirs = setVCard(Element.of("FN").withText("Alice Liddell"))
                .with("to", bob.account().toString());

        assertThat(alice.request(theirs)).matches(iqError("forbidden").or(iqError("not-allowed")));
    }
}
