package io.escalus4j.stories.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The blocks of Java on a page of the documentation, as files that a compiler takes. What the compiler says of a file counts
 * the lines of the page.
 *
 * <p>A block with a class is a file, a block of nothing but imports is for all that follow, and any other block is the
 * members of a class of its own, which has the server {@code MyServer}.
 */
record Page(List<Block> blocks) {
    private static final Pattern FENCED =
            Pattern.compile("^```java\n(.*?)^```$(\n\n^```text\n(.*?)^```$)?", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^(?:public )?(?:final )?class (\\w+)", Pattern.MULTILINE);

    /** @param failure how the story in it is said to fail, if it is */
    record Block(String className, String source, Optional<String> failure) {}

    static Page read(Path file) throws IOException {
        String text = Files.readString(file);
        var blocks = new ArrayList<Block>();
        String imports = "";
        for (MatchResult found : FENCED.matcher(text).results().toList()) {
            String code = found.group(1);
            if (isOnlyImports(code)) {
                imports = code;
            } else {
                blocks.add(block(code, imports, lineOf(text, found.start(1)), Optional.ofNullable(found.group(3))));
            }
        }
        return new Page(List.copyOf(blocks));
    }

    private static Block block(String code, String imports, int line, Optional<String> failure) {
        var type = TYPE.matcher(code);
        if (type.find()) {
            return new Block(type.group(1), "\n".repeat(line - 1) + code, failure);
        }
        String name = "Line" + line;
        String head = "%s @StoryServer(MyServer.class) class %s {".formatted(imports.replace('\n', ' '), name);
        return new Block(name, head + "\n".repeat(line - 1) + code + "}\n", failure);
    }

    private static boolean isOnlyImports(String code) {
        return code.lines().allMatch(line -> line.isBlank() || line.startsWith("import "));
    }

    private static int lineOf(String text, int position) {
        return (int) text.substring(0, position).lines().count() + 1;
    }
}
