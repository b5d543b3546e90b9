package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntityTimeTest {
    private static final String ASK = "<iq type='get' id='1' to='localhost'><time xmlns='urn:xmpp:time'/></iq>";

    private final Bench bench = new Bench();
    private final Bench.Client alice = bench.connect("alice@localhost/phone");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_server_tells_its_clock_in_whole_seconds_of_utc() {
        bench.with(new EntityTime(bench.time.clock()));
        bench.time.advance(Duration.ofMillis(61_999));
        assertThat(alice.ask(ASK)).isEqualTo(Bench.xml("""
                        <iq type='result' id='1' from='localhost' to='alice@localhost/phone'>\
                        <time xmlns='urn:xmpp:time'><tzo>+00:00</tzo><utc>2026-01-01T12:01:01Z</utc></time>\
                        </iq>"""));
    }

    @Test
    void the_offset_is_that_of_the_servers_zone() {
        bench.with(new EntityTime(bench.time.clock().withZone(ZoneId.of("America/Denver"))));
        var time = Bench.payload(alice.ask(ASK));
        assertThat(time.childText("tzo")).contains("-07:00");
        assertThat(time.childText("utc")).contains("2026-01-01T12:00:00Z");
    }
}
