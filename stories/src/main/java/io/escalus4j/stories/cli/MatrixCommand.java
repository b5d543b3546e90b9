package io.escalus4j.stories.cli;

import io.escalus4j.stories.ledger.Claims;
import io.escalus4j.stories.ledger.Document;
import io.escalus4j.stories.ledger.Ledger;
import io.escalus4j.stories.ledger.MatrixMarkdown;
import io.escalus4j.stories.ledger.MatrixPage;
import io.escalus4j.stories.ledger.SpecMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code escalus spec matrix}: writes which demand is proven by which story. */
@Command(
        name = "matrix",
        mixinStandardHelpOptions = true,
        description = "Writes which demand of a specification is proven by which story.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:a claim or a demand is left hanging, or with --check a page is out of date",
            "2:wrong option or ledger"
        })
final class MatrixCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            defaultValue = "docs",
            description = "the documentation: DIR/ledger is read, DIR/spec-matrix* written; standard: ${DEFAULT-VALUE}")
    private Path docs;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            defaultValue = "target/stories",
            description =
                    "the report of a run: what passed and failed in it stands in DIR/spec-matrix.html; standard: ${DEFAULT-VALUE}")
    private Path run;

    @Option(names = "--check", description = "writes nothing, and says what is out of date")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        SpecMatrix matrix = matrix(docs);
        List<String> wrong = check ? stale(matrix) : written(matrix);
        var out = spec.commandLine().getOut();
        matrix.unknownClaims().forEach(id -> out.printf("claimed, but in no file of the ledger: %s%n", id));
        matrix.uncovered().forEach(demand -> out.printf("uncovered: %s %s%n", demand.id(), demand.text()));
        matrix.needlesslyExcused().forEach(demand -> out.printf("excused, but proven: %s%n", demand.id()));
        wrong.forEach(file -> out.printf(check ? "out of date: %s%n" : "written: %s%n", file));
        out.flush();
        boolean sound = matrix.unknownClaims().isEmpty()
                && matrix.uncovered().isEmpty()
                && matrix.needlesslyExcused().isEmpty();
        return sound && (!check || wrong.isEmpty()) ? Exit.OK : Exit.FAILURES;
    }

    static SpecMatrix matrix(Path docs) throws IOException {
        Path folder = docs.resolve("ledger");
        if (!Files.isDirectory(folder)) {
            throw new Exit.Because(Exit.USAGE, "there is no ledger in %s, start in the project or say --docs", folder);
        }
        try {
            return new SpecMatrix(Ledger.read(folder), Claims.of(StoryRun.allStories()), Map.of());
        } catch (IllegalArgumentException mistake) {
            throw new Exit.Because(Exit.USAGE, "%s", mistake.getMessage());
        }
    }

    private List<String> written(SpecMatrix matrix) throws IOException {
        for (var page : pages(matrix).entrySet()) {
            Files.createDirectories(page.getKey().getParent());
            Files.writeString(page.getKey(), page.getValue());
        }
        var files = new ArrayList<>(
                pages(matrix).keySet().stream().map(Path::toString).toList());
        files.add(writePage(matrix).toString());
        return files;
    }

    private Path writePage(SpecMatrix matrix) throws IOException {
        Path results = RunFiles.results(run);
        var verdicts = Files.exists(results) ? RunFiles.read(results) : Map.<String, SpecMatrix.Verdict>of();
        Path page = run.resolve("spec-matrix.html");
        new MatrixPage(new SpecMatrix(matrix.ledger(), matrix.claims(), verdicts)).write(page);
        return page;
    }

    private List<String> stale(SpecMatrix matrix) {
        return pages(matrix).entrySet().stream()
                .filter(page -> !page.getValue().equals(content(page.getKey())))
                .map(page -> page.getKey().toString())
                .toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            return "";
        }
    }

    private Map<Path, String> pages(SpecMatrix matrix) {
        var markdown = new MatrixMarkdown(matrix);
        var pages = new LinkedHashMap<Path, String>();
        pages.put(docs.resolve("spec-matrix.md"), markdown.overview());
        for (Document document : matrix.ledger().documents()) {
            pages.put(docs.resolve("spec-matrix").resolve(document.slug() + ".md"), markdown.page(document));
        }
        return pages;
    }
}
