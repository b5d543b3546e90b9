package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryExportTest {
    @TempDir
    Path directory;

    private static History story() {
        var history = new History("a \"story\"");
        history.record(
                "alice", Direction.OUT, Element.of("message", "jabber:client").with("to", "bob@localhost"));
        history.note("", "line\nbreak \\ \u0001 </script> \u2028 \uD800");
        return history;
    }

    @Test
    void json_has_a_line_for_each_entry() {
        assertThat(HistoryExport.json(story()).replaceAll("\"at\":\\d+\\.\\d{6}", "\"at\":0"))
                .isEqualTo("""
                        {"title":"a \\"story\\"","dropped":0,"entries":[\
                        {"at":0,"who":"alice","direction":"out","text":"message to bob@localhost",\
                        "stanza":"\\u003cmessage xmlns='jabber:client' to='bob@localhost'/>"},
                        {"at":0,"who":"","direction":"note",\
                        "text":"line\\nbreak \\\\ \\u0001 \\u003c/script> \\u2028 \\ud800"}]}
                        """);
    }

    @Test
    void xml_holds_the_stanzas_themselves() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var document = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(HistoryExport.xml(story()).toBytes()));

        assertThat(document.getDocumentElement().getAttribute("title")).isEqualTo("a \"story\"");
        assertThat(document.getElementsByTagNameNS("jabber:client", "message").getLength())
                .isEqualTo(1);
        assertThat(document.getElementsByTagNameNS("urn:escalus4j:history:0", "entry")
                        .getLength())
                .isEqualTo(2);
        assertThat(HistoryExport.xml(story()).elements().get(1).attribute("text"))
                .contains("line\nbreak \\ \uFFFD </script> \u2028 \uFFFD");
    }

    @Test
    void both_are_written_beside_each_other() throws Exception {
        var files = HistoryExport.write(story(), directory.resolve("new"), "history");

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("history.json", "history.xml");
        assertThat(files).allSatisfy(file -> assertThat(Files.readString(file)).contains("bob@localhost"));
    }
}
