package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The stories of what is kept, on PostgreSQL; the build tells all of them on memory, and stand-alone on an H2 file, anyway,
 * and CI tells all of them on PostgreSQL too.
 */
@Execution(ExecutionMode.SAME_THREAD) // each of them is a whole run
class StoriesOnEveryStoreTest {
    private static final String KEPT = "RosterStory,OfflineMessagesStory,PrivateStorageStory,VCardStory,BlockingStory,"
            + "AccountRemovalStory,ArchivePagesStory,ArchivePreferencesStory,RetractionStory,FastStory,"
            + "MucRoomStory,MucLightRoomStory";

    @TempDir
    private Path report;

    private String told(String... options) {
        var out = new StringWriter();
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        line.execute(Stream.concat(Stream.of("run", "--quiet", "--report", report.toString()), Stream.of(options))
                .toArray(String[]::new));
        return out.toString();
    }

    /** The one that is there to fail shows that failures would be seen. */
    @Test
    void what_is_kept_is_kept_on_postgresql() {
        String table = told("--store", "postgresql", "--stories", KEPT + ",BrokenOnPurpose");
        assertThat(table.lines().filter(line -> line.startsWith("FAILED")))
                .as(table)
                .containsExactly("FAILED  BrokenOnPurposeStory.bob_expects_another_body");
        assertThat(table).contains(KEPT.split(","));
    }

    @Test
    void a_stand_alone_server_has_them_too() {
        assertOrderIsKept("--target", "standalone", "--store", "postgresql");
    }

    @Test
    void an_embedded_server_has_a_file_too() {
        assertOrderIsKept("--store", "h2");
    }

    private void assertOrderIsKept(String... options) {
        assertThat(told(Stream.concat(Stream.of("--stories", "offline.*keep_their_order*"), Stream.of(options))
                        .toArray(String[]::new)))
                .contains("OfflineMessagesStory")
                .doesNotContain("FAILED");
    }
}
