package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Keeps the table of specifications true. */
class XepTableTest {
    private static final Path TABLE = Path.of("..", "docs", "xeps.md");

    @Test
    void every_module_of_the_catalogue_has_its_row_and_every_row_its_module() throws IOException {
        try (var server = XmppServer.builder().profile(Profile.TEST).start()) {
            var modules = server.modules().installed();
            assertThat(rows())
                    .extracting(Row::specification, Row::titleAndVersion, Row::module)
                    .as("rows of docs/xeps.md")
                    .containsExactlyInAnyOrderElementsOf(
                            modules.stream().map(XepTableTest::expected).toList());
        }
    }

    @Test
    void every_row_says_what_is_covered_and_what_is_not() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.covered()).as(row.specification()).isNotBlank();
            assertThat(row.limits()).as(row.specification()).isNotBlank();
            assertThat(row.story()).as(row.specification()).endsWith("Story");
        });
    }

    @Test
    void every_row_is_named_as_the_catalogue_names_its_module() throws IOException {
        assertThat(rows())
                .extracting(Row::name)
                .isSubsetOf(Catalog.standards(Profile.TEST).keySet());
    }

    @Test
    void the_rows_are_in_order() throws IOException {
        assertThat(rows()).extracting(Row::specification).isSorted();
    }

    private static Tuple expected(Module module) {
        var xep = module.xep();
        String name = module.getClass().getSimpleName();
        return tuple(xep.id(), xep.title() + ", " + xep.version(), name);
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line ->
                        line.startsWith("| RFC ") || line.startsWith("| XEP-") || line.startsWith("| MUC Light "))
                .map(XepTableTest::row)
                .toList();
    }

    private static Row row(String line) {
        var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        var nameAndModule = cells.get(3).split(" ");
        return new Row(
                cells.get(1),
                cells.get(2),
                nameAndModule[0].replace("`", ""),
                nameAndModule[1],
                cells.get(4),
                cells.get(5),
                cells.get(6));
    }

    private record Row(
            String specification,
            String titleAndVersion,
            String name,
            String module,
            String covered,
            String limits,
            String story) {}
}
