package io.escalus4j.stories;

import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stories.Talks.*;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.Time;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Transport;

/** How long messages are kept: XEP-0313 section 3.2. Each story has a server to itself and owns its time. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
        because = "a client on HTTP must answer in the server's time")
class ArchiveRetentionStory {
    @Story
    @Spec(
            xep = 313,
            section = "3.2",
            id = "0313-3.2-1",
            says = "what is discarded is the oldest; ids of what is gone are not there any more")
    @Spec(xep = 313, section = "4.3.2", says = "a page around a message that is gone is not found")
    void what_is_too_old_is_forgotten(Client alice, Client bob, Time time, WhiteBox server) {
        server.modules().set("mam", "retention", "10h");
        server.modules().without("ping");
        var old = says(alice, bob, "old");
        time.advance(6, HOURS);
        var young = says(alice, bob, "young");

        time.advance(5, HOURS);

        assertThat(archive(bob).bodies()).containsExactly("young");
        assertThat(archive(alice).bodies()).containsExactly("young");
        assertThat(archive(bob).count()).contains(1);
        bob.iqError(archiveQuery(pageAfter(old.get(0), 3)), "item-not-found");
        bob.iqError(archiveQuery(filter("ids", old.get(0))), "item-not-found");
        assertThat(archive(bob, filter("ids", young.get(0))).bodies()).containsExactly("young");
    }

    @Story
    @Spec(
            xep = 313,
            section = "3.2",
            id = {"0313-3.2-2", "0313-6.2-2"},
            says = "ids of discarded messages are not used again")
    void an_archive_that_is_empty_again_goes_on_with_new_ids(Client alice, Client bob, Time time, WhiteBox server) {
        server.modules().set("mam", "retention", "30m");
        server.modules().without("ping");
        var old = says(alice, bob, "old");

        time.advance(90, MINUTES);
        assertThat(archive(bob).results()).isEmpty();
        assertThat(bob.iq(getArchiveMetadata()).firstElement().orElseThrow().elements())
                .isEmpty();
        var young = says(alice, bob, "young");

        assertThat(young).doesNotContainAnyElementsOf(old);
        assertThat(archive(bob).ids()).isEqualTo(young);
    }

    @Story
    @Spec(xep = 313, section = "4.1.2", says = "a time in a filter is the server's")
    void messages_are_found_by_the_hour(Client alice, Client bob, Time time) {
        says(alice, bob, "one o'clock");
        time.advance(1, HOURS);
        var two = time.now();
        says(alice, bob, "two o'clock");

        assertThat(archive(bob, filter("start", two.toString())).bodies()).containsExactly("two o'clock");
        assertThat(archive(bob, filter("end", two.minusSeconds(1).toString())).bodies())
                .containsExactly("one o'clock");
    }
}
