package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoftwareVersionTest {
    private static final String ASK = "<iq type='get' id='1' to='localhost'><query xmlns='jabber:iq:version'/></iq>";

    private final Bench bench = new Bench();
    private final Bench.Client alice = bench.connect("alice@localhost/phone");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_server_tells_its_name_and_version_and_no_more() {
        bench.with(new SoftwareVersion(SoftwareVersion.Config.STANDARD));
        var query = Bench.payload(alice.ask(ASK));
        assertThat(query.childText("name")).contains("escalus4j");
        assertThat(query.childText("version"))
                .hasValueSatisfying(version -> assertThat(version).isNotBlank());
        assertThat(query.elements()).hasSize(2);
    }

    @Test
    void the_operating_system_is_told_where_that_is_allowed() {
        bench.with(new SoftwareVersion(new SoftwareVersion.Config(true)));
        assertThat(Bench.payload(alice.ask(ASK)).childText("os"))
                .hasValueSatisfying(os -> assertThat(os).startsWith(System.getProperty("os.name")));
    }
}
