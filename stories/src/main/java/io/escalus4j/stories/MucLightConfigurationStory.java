package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import java.util.List;

/** What can be set and read of a room without presence. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightConfigurationStory {
    private static final String CONFIGURATION = "urn:xmpp:muclight:0#configuration";
    private static final String AFFILIATIONS = "urn:xmpp:muclight:0#affiliations";
    private static final String INFO = "urn:xmpp:muclight:0#info";

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.3",
            id = "muclight-5.3-1",
            says = "each occupant is told what has changed, with both versions, and then comes the result")
    void a_change_of_settings_is_told_to_all(Client alice, Client bob) {
        String room = room(alice, bob);
        String before = version(room, bob);
        Element request = setLightConfiguration(room, setting("roomname", "Go"));

        assertThat(alice.iq(request).children()).isEmpty();

        Matcher told = configurationNotice(room, lightSetting("roomname", "Go")).withId(request.attribute("id", ""));
        alice.expect(told);
        Element x = bob.expect(told).child("x", CONFIGURATION).orElseThrow();
        assertThat(x.childText("prev-version")).contains(before);
        assertThat(x.childText("version")).contains(version(room, bob));
        assertThat(x.childText("subject")).isEmpty();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.3", id = "muclight-5.3-2", says = "what is not named remains as it is")
    void other_settings_remain(Client alice) {
        String room = room(alice);

        alice.iq(setLightConfiguration(room, setting("subject", "Endgames")));

        alice.expect(configurationNotice(room, lightSetting("subject", "Endgames")));
        assertThat(configured(room, alice, "roomname")).isEqualTo("Chess");
        assertThat(configured(room, alice, "subject")).isEqualTo("Endgames");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.3", says = "several settings are changed at once")
    void several_settings_change_at_once(Client alice) {
        String room = room(alice);

        alice.iq(setLightConfiguration(room, setting("roomname", "Go"), setting("subject", "Joseki & <ko>")));

        alice.expect(
                configurationNotice(room, lightSetting("roomname", "Go"), lightSetting("subject", "Joseki & <ko>")));
        assertThat(configured(room, alice, "subject")).isEqualTo("Joseki & <ko>");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.3", says = "a setting can be emptied")
    void a_setting_can_be_emptied(Client alice) {
        String room = room(alice);

        alice.iq(setLightConfiguration(room, Element.of("roomname")));

        alice.expect(configurationNotice(room, lightSetting("roomname", "")));
        assertThat(configured(room, alice, "roomname")).isEmpty();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.2", id = "muclight-4.2-1", says = "a member changes the subject")
    void a_member_changes_the_subject(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.iq(setLightConfiguration(room, setting("subject", "Tactics")));

        Matcher told = configurationNotice(room, lightSetting("subject", "Tactics"));
        together(() -> alice.expect(told), () -> bob.expect(told));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.4",
            id = "muclight-5.3-3",
            says = "a member changes nothing but the subject")
    void a_member_changes_nothing_else(Client alice, Client bob) {
        String room = room(alice, bob);

        assertUnchanged(room, bob, "not-allowed", "cancel", setting("roomname", "Mine"));
        assertUnchanged(room, bob, "not-allowed", "cancel", setting("roomname", "Mine"), setting("subject", "Mine"));

        alice.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "7.1", id = "muclight-7-1", says = "an outsider changes no setting")
    void an_outsider_changes_no_setting(Client alice, Client kate) {
        String room = room(alice);

        assertThat(kate.request(setLightConfiguration(room, setting("subject", "Mine"))))
                .matches(error("item-not-found", "cancel"));

        assertThat(configured(room, alice, "subject")).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.3",
            id = "muclight-5.3-5",
            says = "a setting that nobody knows is refused, and so is all beside it")
    void an_unknown_setting_is_refused(Client alice, Client bob) {
        String room = room(alice, bob);

        assertUnchanged(room, alice, "bad-request", "modify", setting("colour", "blue"));
        assertUnchanged(room, alice, "bad-request", "modify", setting("subject", "Tea"), setting("colour", "blue"));

        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.3", id = "muclight-5.3-4", says = "nobody sets a version")
    void nobody_sets_a_version(Client alice) {
        String room = room(alice);

        assertUnchanged(room, alice, "bad-request", "modify", setting("version", "v77"));
        assertUnchanged(room, alice, "bad-request", "modify", setting("prev-version", "v77"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.3",
            says = "a setting is text, not more elements, and there is at least one")
    void a_setting_is_text(Client alice) {
        String room = room(alice);

        assertUnchanged(
                room, alice, "bad-request", "modify", Element.of("subject").with(Element.of("b")));
        assertUnchanged(room, alice, "bad-request", "modify");
    }

    private static void assertUnchanged(
            String room, Client asking, String condition, String type, Element... settings) {
        String version = version(room, asking);

        assertThat(asking.request(setLightConfiguration(room, settings))).matches(error(condition, type));

        assertThat(version(room, asking)).isEqualTo(version);
    }

    // ---- reading

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.3.1",
            id = "muclight-4.3-3",
            says = "every setting is told, with the version")
    void the_settings_can_be_read(Client alice, Client bob) {
        String room = room(alice, bob);

        assertThat(bob.iq(getLightConfiguration(room)))
                .matches(iqResult()
                        .from(room)
                        .withChild(element("query", CONFIGURATION)
                                .withChild(lightSetting("version", version(room, alice)))
                                .withChild(lightSetting("roomname", "Chess"))
                                .withChild(lightSetting("subject", ""))));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.3.2",
            id = "muclight-4.3-4",
            says = "every occupant is told, with the version")
    void the_occupants_can_be_read(Client alice, Client bob) {
        String room = room(alice, bob);

        assertThat(bob.iq(getLightAffiliations(room)))
                .matches(iqResult()
                        .from(room)
                        .withChild(element("query", AFFILIATIONS)
                                .withText(version(room, alice), "version")
                                .withChildren(2, element("user", AFFILIATIONS))
                                .withChild(lightUser(alice, "owner"))
                                .withChild(lightUser(bob, "member"))));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.3.3",
            id = "muclight-4.3-5",
            says = "settings and occupants come together, with one version")
    void all_can_be_read_at_once(Client alice, Client bob) {
        String room = room(alice, bob);

        Element query = bob.iq(getLightInfo(room)).child("query", INFO).orElseThrow();

        assertThat(query.elements()).extracting(Element::name).containsExactly("version", "configuration", "occupants");
        assertThat(occupants(room, bob)).containsExactlyInAnyOrder(as(alice, "owner"), as(bob, "member"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.3",
            id = "muclight-4.3-1",
            says = "who has the version already gets nothing")
    void who_knows_the_version_gets_nothing(Client alice) {
        String room = room(alice);
        String version = version(room, alice);

        assertThat(alice.iq(getLightConfiguration(room, version)).children()).isEmpty();
        assertThat(alice.iq(getLightAffiliations(room, version)).children()).isEmpty();
        assertThat(alice.iq(getLightInfo(room, version)).children()).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.3",
            id = "muclight-4.3-2",
            says = "who has another version gets all, and who names none does too")
    void who_knows_an_older_version_gets_all(Client alice) {
        String room = room(alice);
        String old = version(room, alice);
        alice.iq(setLightConfiguration(room, setting("subject", "New")));
        alice.expect(configurationNotice(room, lightSetting("subject", "New")));

        assertThat(alice.iq(getLightConfiguration(room, old)))
                .matches(iqResult()
                        .withChild(element("query", CONFIGURATION).withChild(lightSetting("subject", "New"))));
        Element unversioned = iqGet(room, Element.of("query", CONFIGURATION));
        assertThat(alice.iq(unversioned)).matches(iqResult().withChild("query", CONFIGURATION));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.3", says = "settings and occupants have one version between them")
    void settings_and_occupants_share_a_version(Client alice, Client bob) {
        String room = room(alice, bob);
        String before = version(room, alice);

        bob.iq(leaveLightRoom(room, bob));

        alice.expect(affiliationNotice(room, lightUser(bob, "none")));
        bob.expect(affiliationNotice(room, lightUser(bob, "none")));
        assertThat(alice.iq(getLightConfiguration(room, before)))
                .matches(iqResult().withChild("query", CONFIGURATION));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "7.1", id = "muclight-7-1", says = "an outsider reads nothing")
    void an_outsider_reads_nothing(Client alice, Client kate) {
        String room = room(alice);

        for (Element request : List.of(getLightConfiguration(room), getLightAffiliations(room), getLightInfo(room))) {
            assertThat(kate.request(request))
                    .matches(error("item-not-found", "cancel").from(room));
        }
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.3",
            id = "muclight-7-4",
            says = "what a room does not know is not implemented")
    void what_a_room_does_not_know_is_not_implemented(Client alice) {
        String room = room(alice);

        assertThat(alice.request(iqGet(room, Element.of("query", "jabber:iq:version"))))
                .matches(error("feature-not-implemented", "cancel"));
        assertThat(alice.request(iqSet(room, Element.of("query", INFO))))
                .matches(error("feature-not-implemented", "cancel"));
        assertThat(alice.request(iqGet(service(alice), Element.of("query", "urn:example:nothing"))))
                .matches(error("feature-not-implemented", "cancel"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "7.3", says = "nothing is asked of one occupant")
    void a_seat_answers_nothing(Client alice) {
        String room = room(alice);

        assertThat(alice.request(getLightInfo(seat(room, alice)))).matches(error("bad-request", "modify"));
    }
}
