package io.escalus4j.stories.reference;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * The one type of a file of Java, and its public methods in their order; nothing is resolved, so that one file is enough.
 *
 * @param said the first paragraph of its comment, as Markdown
 */
record SourceFile(String name, Kind kind, String said, List<Call> calls) {
    private static final Pattern HEADING = Pattern.compile("^ *// ---- (.*)$", Pattern.MULTILINE);

    enum Kind {
        ANNOTATION,
        OTHER
    }

    /**
     * A public method.
     *
     * @param heading the last heading above it in the file, empty without one
     * @param signature for example {@code chat(Object to, String body)}
     */
    record Call(String heading, String signature, boolean isStatic, String said) {
        String name() {
            return signature.substring(0, signature.indexOf('('));
        }
    }

    /** @throws IllegalStateException if this is no JDK */
    static SourceFile read(Path file) throws IOException {
        var compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                .orElseThrow(() -> new IllegalStateException("this needs a JDK, not a runtime alone"));
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            return new Reader(unit, DocTrees.instance(task)).file();
        }
    }

    private record Reader(CompilationUnitTree unit, DocTrees docs) {
        SourceFile file() throws IOException {
            var type = (ClassTree) unit.getTypeDecls().get(0);
            String text = unit.getSourceFile().getCharContent(true).toString();
            return new SourceFile(
                    type.getSimpleName().toString(),
                    type.getKind() == Tree.Kind.ANNOTATION_TYPE ? Kind.ANNOTATION : Kind.OTHER,
                    said(type),
                    type.getMembers().stream()
                            .filter(MethodTree.class::isInstance)
                            .map(MethodTree.class::cast)
                            .filter(method -> isPublic(type, method))
                            .map(method -> call(method, text))
                            .toList());
        }

        /** What overrides something is said elsewhere. */
        private static boolean isPublic(ClassTree type, MethodTree method) {
            var modifiers = method.getModifiers();
            boolean open = type.getKind() == Tree.Kind.INTERFACE
                    ? !modifiers.getFlags().contains(Modifier.PRIVATE)
                    : modifiers.getFlags().contains(Modifier.PUBLIC);
            boolean overrides = modifiers.getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            return open && !overrides && method.getReturnType() != null;
        }

        private Call call(MethodTree method, String text) {
            long at = docs.getSourcePositions().getStartPosition(unit, method);
            String heading = HEADING.matcher(text.substring(0, (int) at))
                    .results()
                    .map(found -> found.group(1))
                    .reduce("", (before, last) -> last);
            String parameters =
                    method.getParameters().stream().map(Reader::parameter).collect(Collectors.joining(", "));
            return new Call(
                    heading,
                    "%s(%s)".formatted(method.getName(), parameters),
                    method.getModifiers().getFlags().contains(Modifier.STATIC),
                    said(method));
        }

        private static String parameter(VariableTree parameter) {
            boolean isLast = parameter.toString().contains("...");
            String type = parameter.getType().toString();
            return (isLast ? type.replaceFirst("\\[]$", "...") : type) + ' ' + parameter.getName();
        }

        private String said(Tree tree) {
            String comment = docs.getDocComment(docs.getPath(unit, tree));
            return comment == null ? "" : Markdown.firstParagraph(comment);
        }
    }
}
