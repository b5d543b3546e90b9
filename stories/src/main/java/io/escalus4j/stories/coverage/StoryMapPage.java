package io.escalus4j.stories.coverage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escalus4j.history.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The map as one self-contained HTML page: each source with the stories that reach each line beside what the unit tests
 * reach, and each story with the lines that it reaches.
 */
final class StoryMapPage {
    private record Data(String revision, int jvms, List<String> stories, List<List<Integer>> sets, List<File> files) {}

    /** @param white lines that unit tests reach, or stories on a server in their own JVM */
    private record File(
            String path, Map<Integer, Integer> lines, List<Integer> unreached, Set<Integer> white, String text) {}

    private StoryMapPage() {}

    static void write(StoryMap map, Map<String, TreeSet<Integer>> white, Path root, Path file) throws IOException {
        var files = new ArrayList<File>();
        for (var source : map.files().entrySet()) {
            String path = source.getKey();
            files.add(new File(
                    path,
                    source.getValue().lines(),
                    source.getValue().unreached(),
                    white.getOrDefault(path, new TreeSet<>()),
                    Files.readString(root.resolve(path))));
        }
        var data = new Data(map.revision(), map.jvms(), map.stories(), map.sets(), files);
        String json = JsonMapper.builder().build().writeValueAsString(data);
        Files.writeString(
                file,
                Page.of("What proves this line?", resource("story-map.css"), body(json), resource("story-map.js")));
    }

    private static String body(String json) {
        return """
                <header><h1>What proves this line?</h1><p id="facts">unpacking &hellip;</p>
                <input type="search" placeholder="a file or a story ( / )" aria-label="a file or a story"></header>
                <main><nav aria-label="files and stories"></nav><section id="source" aria-label="source" tabindex="-1"></section>\
                <aside aria-label="stories of the line"></aside></main>
                <noscript><p>This page needs its script to unpack itself.</p></noscript>
                <script type="text/plain" id="data">%s</script>""".formatted(Page.packed(json));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StoryMapPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("'%s' is missing in the jar".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
