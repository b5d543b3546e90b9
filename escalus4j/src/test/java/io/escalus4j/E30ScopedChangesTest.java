package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.control.ServerModules;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.peer.OpenServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Check E30: what a story changes of the server is restored however it ends; two at a time on one key are refused. */
@Timeout(60)
class E30ScopedChangesTest {
    /** Stands for a module of the server. */
    private static final class Echo {}

    private OpenServer server;
    private Map<String, Map<String, Object>> before;

    @BeforeEach
    void start() throws Exception {
        server = OpenServer.start();
        before = server.control().modules();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Stage stage() {
        return Stage.on(server, ClientFixture.patient());
    }

    private static ServerModules modules(Scene scene) {
        return scene.whiteBox().map(WhiteBox::modules).orElseThrow();
    }

    private void change(Scene scene) {
        modules(scene)
                .set("offline", "messages", 2)
                .set("offline", "messages", 3)
                .without("blocking")
                .set("carbons", Map.of("on", true))
                .install(Echo.class);
        assertThat(server.control().modules())
                .containsEntry("offline", Map.of("messages", 3))
                .containsKey("carbons")
                .doesNotContainKey("blocking");
        assertThat(server.control().added()).containsExactly(Echo.class);
    }

    private void assertRestored() {
        assertThat(server.control().modules()).isEqualTo(before);
        assertThat(server.control().added()).isEmpty();
    }

    @Test
    void after_a_story_that_passes() {
        stage().run(this::change);

        assertRestored();
    }

    @Test
    void after_a_story_that_fails() {
        assertThatThrownBy(() -> stage().run(scene -> {
                    change(scene);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertRestored();
    }

    @Test
    void after_a_story_that_is_interrupted() {
        assertThatThrownBy(() -> stage().run(scene -> {
                    change(scene);
                    Thread.currentThread().interrupt();
                    throw new InterruptedException("stopped");
                }))
                .hasMessage("stopped");

        assertThat(Thread.interrupted()).isTrue();
        assertRestored();
    }

    @Test
    void a_change_that_the_server_refuses_leaves_all_as_it_was() {
        assertThatThrownBy(() -> stage().run(scene -> modules(scene).set("offline", "messages", null)))
                .isInstanceOf(NullPointerException.class);

        assertRestored();
    }

    @Test
    void two_stories_at_a_time_cannot_change_the_same() {
        stage().named("first").run(first -> {
            modules(first).set("offline", "messages", 2);

            assertThatThrownBy(() -> stage().named("second")
                            .run(second -> modules(second).without("offline")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("module offline is changed by story first")
                    .hasMessageContaining("only one story at a time may");
            assertThat(server.control().modules()).containsEntry("offline", Map.of("messages", 2));
            assertThatCode(() -> stage().run(third -> modules(third).without("blocking")))
                    .doesNotThrowAnyException();
        });

        stage().run(later -> modules(later).without("offline"));
        assertRestored();
    }

    @Test
    void a_story_that_is_over_changes_nothing() {
        var kept = new AtomicReference<ServerModules>();
        stage().run(scene -> kept.set(modules(scene)));

        assertThatThrownBy(() -> kept.get().without("offline")).hasMessageContaining("is over");
        assertRestored();
    }
}
