package io.escalus4j.server.xep;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.World;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** XEP-0203. */
class DelayedDeliveryTest {
    private final World world = World.of(context -> new DelayedDelivery(context.domains()));

    @Test
    void a_client_cannot_note_a_time_in_the_servers_name() {
        var bob = world.connect("bob@localhost/b");

        world.connect("alice@localhost/a")
                .sends(
                        "<message to='bob@localhost/b'><body>Hi</body>"
                                + "<delay xmlns='urn:xmpp:delay' from='localhost' stamp='2002-09-10T23:08:25Z'/>"
                                + "<delay xmlns='urn:xmpp:delay' from='room@muc.localhost' stamp='2002-09-10T23:08:25Z'/></message>")
                .sends("<message to='bob@localhost/b'><body>Plain</body></message>");

        assertThat(bob.received())
                .containsExactly(
                        xml(
                                "<message to='bob@localhost/b' from='alice@localhost/a'><body>Hi</body>"
                                        + "<delay xmlns='urn:xmpp:delay' from='room@muc.localhost' stamp='2002-09-10T23:08:25Z'/></message>"),
                        xml("<message to='bob@localhost/b' from='alice@localhost/a'><body>Plain</body></message>"));
        assertThat(world.context().modules().installed())
                .extracting(m -> m.xep().id())
                .containsExactly("XEP-0203");
    }

    @Test
    void a_note_says_who_delayed_since_when_and_why() {
        assertThat(DelayedDelivery.note("localhost", Instant.parse("2002-09-10T23:08:25.123456Z"), "Offline Storage"))
                .isEqualTo(xml("<delay xmlns='urn:xmpp:delay' from='localhost' stamp='2002-09-10T23:08:25.123Z'>"
                        + "Offline Storage</delay>"));
    }
}
