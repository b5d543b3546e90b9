package io.escalus4j.stories.docs;

import io.escalus4j.stories.docs.Page.Block;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The classes of a page, compiled and loaded. */
record Compiled(URLClassLoader loader) implements AutoCloseable {

    /**
     * @param here what the page says, as it is on this machine
     * @throws AssertionError with the words of the compiler, which name lines of the page
     */
    static Compiled of(Page page, Path folder, UnaryOperator<String> here) throws MalformedURLException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        List<String> options = List.of(
                "-d", folder.toString(), "-parameters", "-proc:none", "-cp", System.getProperty("java.class.path"));
        List<Source> sources = page.blocks().stream()
                .map(block -> new Source(block, here.apply(block.source())))
                .toList();
        if (!compiler.getTask(said, null, null, options, null, sources).call()) {
            throw new AssertionError("the page does not compile:\n" + said);
        }
        return new Compiled(new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader()));
    }

    Class<?> type(Block block) throws ClassNotFoundException {
        return loader.loadClass(block.className());
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Block block, String text) {
            super(URI.create("string:///" + block.className() + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
