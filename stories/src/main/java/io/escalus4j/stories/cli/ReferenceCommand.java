package io.escalus4j.stories.cli;

import io.escalus4j.stories.reference.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code escalus reference}: writes what stories may say, from the sources. */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description =
                "Writes the reference of options, annotations, predicates and builders, from the sources in a checkout.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written, or with --check up to date",
            "1:with --check: out of date",
            "2:wrong option, or no checkout"
        })
final class ReferenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = ".",
            description =
                    "the checkout: DIR/escalus4j is read, DIR/docs/reference.md written; standard: ${DEFAULT-VALUE}")
    private Path root;

    @Option(names = "--check", description = "writes nothing, and says whether it is out of date")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        Path sources = root.resolve("escalus4j/src/main/java/io/escalus4j");
        if (!Files.isDirectory(sources)) {
            throw new Exit.Because(Exit.USAGE, "there is no %s, start in a checkout or say --root", sources);
        }
        Path page = root.resolve("docs/reference.md");
        String text = new Reference(sources).text();
        boolean fresh = Files.exists(page) && Files.readString(page).equals(text);
        if (!check) {
            Files.writeString(page, text);
        }
        spec.commandLine()
                .getOut()
                .printf(check && !fresh ? "out of date: %s%n" : check ? "up to date: %s%n" : "written: %s%n", page);
        spec.commandLine().getOut().flush();
        return check && !fresh ? Exit.FAILURES : Exit.OK;
    }
}
