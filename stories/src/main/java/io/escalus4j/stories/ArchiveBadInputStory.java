package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Refusals.refused;
import static io.escalus4j.stories.Talks.*;
import static io.escalus4j.stories.server.ServerUnderTest.requireOurs;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.ArchivePage;
import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import java.util.List;

/** What no archive can be asked is refused by each of them, and what only they may say nobody else says. */
@RequiresFeature(MAM)
class ArchiveBadInputStory {
    private static final String REQUESTS = """
            bad-request     set  <QUERY><FORM><field var='with'><value>a@b</value></field></x></query>
            bad-request     set  <QUERY><FORM><TYPE/></x></query>
            bad-request     set  <QUERY><FORM><field var='FORM_TYPE'><value>urn:none</value></field></x></query>
            bad-request     set  <QUERY><x xmlns='jabber:x:data'>TYPED</x></query>
            bad-request     set  <QUERY><x xmlns='jabber:x:data' type='result'>TYPED</x></query>
            bad-request     set  <QUERY><FORM>TYPED</x><FORM>TYPED</x></query>
            bad-request     set  <QUERY><FORM>TYPED<field var='with'><value>a@@b</value></field></x></query>
            bad-request     set  <QUERY><FORM>TYPED<field var='with'><value>a@b</value><value>c@d</value></field></x></query>
            bad-request     set  <QUERY><FORM>TYPED<field var='with'><value>a@b</value></field><field var='with'><value>a@b</value></field></x></query>
            bad-request     set  <QUERY><FORM>TYPED<field var='start'><value>1</value></field></x></query>
            bad-request     set  <QUERY><FORM>TYPED<field var='end'><value>2026-02-30T00:00:00Z</value></field></x></query>
            bad-request     set  <QUERY><FORM>TYPED<field var='simple'><value>2</value></field></x></query>
            bad-request     set  <QUERY><SET><max>-1</max></set></query>
            bad-request     set  <QUERY><SET><max>1e3</max></set></query>
            bad-request     set  <QUERY><SET><index>-1</index></set></query>
            bad-request     set  <QUERY><SET><max>1</max></set><SET><max>1</max></set></query>
            bad-request     set  <QUERY><SET><index>1</index><before/></set></query>
            item-not-found  set  <QUERY><SET><before>no-such-id</before></set></query>
            item-not-found  set  <QUERY><SET><after>00000000000000000000000000000000</after></set></query>
            item-not-found  set  <QUERY><FORM>TYPED<field var='after-id'><value>no-such-id</value></field></x></query>
            item-not-found  set  <QUERY><FORM>TYPED<field var='ids'><value>no-such-id</value></field></x></query>
            item-not-found  set  <QUERY><FORM>TYPED<field var='from-id'><value>no-such-id</value></field></x></query>
            feature-not-implemented  set  <QUERY><FORM>TYPED<field var='mood'><value>low</value></field></x></query>
            feature-not-implemented  set  <QUERY><FORM>TYPED<field><value>low</value></field></x></query>
            feature-not-implemented  set  <query xmlns='urn:xmpp:mam:2' node='n'/>
            policy-violation  set  <query xmlns='urn:xmpp:mam:2' queryid='LONG'/>
            bad-request     set  <PREFS/>
            bad-request     set  <PREFS default='sometimes'/>
            bad-request     set  <PREFS default='never'><always/><always/></prefs>
            bad-request     set  <PREFS default='never'><never><jid>a@@b</jid></never></prefs>
            bad-request     set  <PREFS default='never'><never><jid/></never></prefs>
            """.replace("QUERY", "query xmlns='urn:xmpp:mam:2'")
            .replace("FORM>", "x xmlns='jabber:x:data' type='submit'>")
            .replace("<TYPE/>", "<field var='FORM_TYPE'/>")
            .replace("TYPED", "<field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field>")
            .replace("SET>", "set xmlns='http://jabber.org/protocol/rsm'>")
            .replace("PREFS", "prefs xmlns='urn:xmpp:mam:2'")
            .replace("LONG", "x".repeat(1001));

    /** Which messages there are, and what is to be kept. */
    private static String state(Client reader, Object archive) {
        return ArchivePage.read(reader, archiveQueryOf(archive)).ids()
                + reader.iq(getArchivePreferences(archive))
                        .firstElement()
                        .orElseThrow()
                        .toXml();
    }

    @Story
    @Spec(xep = 313, section = "4", says = "an account's archive refuses what it cannot be asked")
    @Spec(xep = 441, section = "2.1", says = "preferences of an account that are none change nothing")
    void an_account_refuses_what_makes_no_sense(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "the errors are");
        says(bob, alice, "0");

        refused(alice, alice.account().toString(), REQUESTS, () -> state(alice, alice.account()));
    }

    @Story
    @Spec(xep = 313, section = "6.1.2", says = "the archive of a room refuses what it cannot be asked")
    void a_room_refuses_what_makes_no_sense(Scene scene, Client alice) {
        requireOurs(scene, "the errors are");
        String room = ChatRooms.room(alice);
        ChatRooms.heard(room, alice, "0", alice);

        refused(alice, room, REQUESTS, () -> state(alice, room));
    }

    @Story
    @RequiresFeature("urn:xmpp:muclight:0")
    @Spec(proposal = "MUC Light", section = "4.1", says = "the archive of a room refuses what it cannot be asked")
    void a_room_without_presence_refuses_what_makes_no_sense(Client alice) {
        String room = LightRooms.room(alice);
        alice.send(groupchat(room, "0"));
        alice.expect(groupchat("0"));

        refused(alice, room, REQUESTS, () -> state(alice, room));
    }

    // ---- what refers to itself, or to others

    @Story
    @RequiresFeature("urn:xmpp:message-retract:1")
    @Spec(xep = 424, section = "5", says = "a retraction that names itself takes back nothing")
    void a_retraction_does_not_take_back_itself(Client alice, Client bob) {
        says(alice, bob, "0");
        Element itself = message(bob, "")
                .without("body", "jabber:client")
                .with("type", "chat")
                .with("id", "ouroboros")
                .with(Element.of("retract", "urn:xmpp:message-retract:1").with("id", "ouroboros"));

        delivers(alice, bob, itself);

        for (Client client : List.of(alice, bob)) {
            assertThat(archive(client).messages())
                    .extracting(Element::toXml)
                    .noneMatch(kept -> kept.contains("<retracted"))
                    .anyMatch(kept -> kept.contains("<retract "));
        }
    }

    @Story
    @Spec(xep = 424, section = "5", says = "who says to be somebody else takes back nothing of theirs")
    void nobody_takes_back_in_the_name_of_another(Client alice, Client bob, Client kate) {
        String id = says(alice, bob, "Mine").get(0);
        Element forged = Element.of("x", "http://jabber.org/protocol/muc#user")
                .with(Element.of("item", "http://jabber.org/protocol/muc#user")
                        .with("jid", alice.account().toString()));
        Element fastened = Element.of("apply-to", "urn:xmpp:fasten:0")
                .with("id", id)
                .with(Element.of("retract", "urn:esl:message-retract-by-stanza-id:0"));

        delivers(kate, bob, chat(bob, "Yours").with("id", "theft").with(forged, fastened));

        assertThat(archive(bob).bodies()).contains("Mine");
    }

    @Story
    @Spec(xep = 359, section = "5", says = "nobody else writes ids in the name of an account, wherever they stand")
    void only_the_account_itself_names_its_messages(Client alice, Client bob) {
        Element byBob = Element.of("stanza-id", "urn:xmpp:sid:0")
                .with("by", bob.account().toString().toUpperCase(java.util.Locale.ROOT))
                .with("id", "forged");
        Element byAlice = Element.of("stanza-id", "urn:xmpp:sid:0")
                .with("by", alice.account().toString())
                .with("id", "forged");

        alice.send(chat(bob, "Trust me").with(byBob, byAlice));

        Element heard = bob.expect(chatMessage("Trust me"));
        assertThat(heard.elements("stanza-id", "urn:xmpp:sid:0"))
                .extracting(id -> id.attribute("by", "") + ' ' + id.attribute("id", ""))
                .containsExactly(bob.account() + " " + archive(bob).ids().get(0));
        assertThat(idBy(alice, archive(alice).messages().get(0))).isNotEqualTo("forged");
    }
}
