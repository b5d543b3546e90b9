package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.peer.OpenServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Check E31: an error that the server logs fails the story it belongs to unless that declares it, in parallel too. */
@Timeout(60)
class E31ServerLogTest {
    private OpenServer server;

    @BeforeEach
    void start() throws Exception {
        server = OpenServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Stage stage(String story) {
        return Stage.on(server, ClientFixture.patient()).named(story);
    }

    private void logs(String level, Scene scene, String text) {
        server.control().logs(level, scene.user("alice").address() + "/res1", text);
    }

    @Test
    void an_undeclared_error_fails_the_story() {
        assertThatThrownBy(() -> stage("mine").run(scene -> logs("ERROR", scene, "event=stanza-failed")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the server logged in story mine what no @ExpectedLog declares: ERROR Router")
                .hasMessageContaining("event=stanza-failed");
    }

    @Test
    void a_declared_error_passes_and_must_come() {
        stage("mine").run(scene -> {
            scene.expectLog("event=stanza-[a-z]+ kind=iq");
            logs("ERROR", scene, "event=stanza-failed kind=iq");
        });

        assertThatThrownBy(() -> stage("mine").run(scene -> scene.expectLog("event=stanza-failed")))
                .hasMessage("story mine declares a log line 'event=stanza-failed', but the server logged none");
    }

    @Test
    void a_warning_fails_if_the_settings_want_it() {
        stage("mine").run(scene -> logs("WARN", scene, "event=queue-full"));

        var strict = Stage.on(server, ClientFixture.patient().with(Option.LOG_FAILS, "warn"));
        assertThatThrownBy(() -> strict.run(scene -> logs("WARN", scene, "event=queue-full")))
                .hasMessageContaining("WARN Router");
        var mild = Stage.on(server, ClientFixture.patient().with(Option.LOG_FAILS, "never"));
        mild.run(scene -> logs("ERROR", scene, "event=stanza-failed"));
    }

    @Test
    void a_line_belongs_to_the_story_whose_user_it_mentions_though_others_are_told_at_the_time() {
        stage("innocent").run(innocent -> {
            innocent.user("alice");
            assertThatThrownBy(() -> stage("guilty").run(guilty -> {
                        logs("ERROR", guilty, "event=stanza-failed");
                        server.control()
                                .logs(
                                        "ERROR",
                                        "",
                                        "event=oops from=" + guilty.user("bob").address());
                    }))
                    .hasMessageContaining("event=stanza-failed")
                    .hasMessageContaining("event=oops")
                    .hasMessageNotContaining("told at the time");
        });
    }

    @Test
    void a_line_that_mentions_nobody_is_blamed_on_all_who_are_told_at_the_time() {
        assertThatThrownBy(() -> stage("one")
                        .run(one -> assertThatThrownBy(() -> stage("two")
                                        .run(two -> server.control().logs("ERROR", "", "event=task-failed")))
                                .hasMessageContaining("these were told at the time: one, two")))
                .hasMessageContaining("the server logged in story one")
                .hasMessageContaining("event=task-failed");
    }

    @Test
    void what_was_logged_before_a_story_is_none_of_its_business() {
        server.control().logs("ERROR", "", "event=start-failed");

        stage("mine").run(scene -> scene.user("alice"));
    }

    @Test
    void a_line_that_comes_too_late_is_found_at_the_end_of_the_run() {
        var users = new String[1];
        stage("mine").run(scene -> users[0] = scene.user("alice").address());
        assertThat(server.inside().leftovers("ERROR")).isEmpty();

        server.control().logs("ERROR", users[0], "event=hook-failed");
        server.control().logs("ERROR", "", "event=task-failed");

        assertThat(server.inside().leftovers("ERROR"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("event=hook-failed", "when story mine was over"))
                .anySatisfy(line -> assertThat(line).contains("event=task-failed", "when no story was told"));
    }
}
