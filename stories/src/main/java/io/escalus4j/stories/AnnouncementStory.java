package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.headline;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stories.Commands.completed;
import static io.escalus4j.stories.Commands.fields;
import static io.escalus4j.stories.Commands.perform;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.Admin;
import org.junit.jupiter.api.parallel.Isolated;

/** Words for everybody: XEP-0133 section 4.23. Told alone, since whoever is online hears them. */
@Isolated
class AnnouncementStory {
    @Story
    @Spec(xep = 133, section = "4.23", says = "an announcement reaches those who are online")
    void an_announcement_reaches_who_is_online(Scene scene, Client alice, Client bob) {
        Client admin = Admin.connect(scene);
        admin.ignore(headline());

        assertThat(perform(admin, "announce", fields("announcement", "Maintenance at five")))
                .matches(completed());

        alice.expect(headline("Maintenance at five").from(scene.server().domain()));
        bob.expect(headline("Maintenance at five").from(scene.server().domain()));
    }
}
