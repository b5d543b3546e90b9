package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.peer.ToyServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A stage on a toy server. */
abstract class StageFixture {
    ToyServer server;
    Stage stage;

    @TempDir
    Path reports;

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start();
        stage = stage(server.handle());
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        assertThat(server.accounts()).isEmpty();
        server.close();
    }

    Stage stage(ServerHandle handle) {
        return Stage.on(handle, settings()).named("a_story");
    }

    Settings settings() {
        return Settings.standard().with(Option.REPORT, reports.toString()).with(Option.TIMEOUT, "20s");
    }
}
