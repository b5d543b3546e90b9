package io.escalus4j.stories.coverage;

import io.escalus4j.stories.coverage.FileDiff.Hunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stories that a change concerns: those that reach a changed line, those that are new to the map, and all of them where
 * the map cannot tell. Immutable.
 *
 * @param all whether every story is to be told
 * @param names of the stories that are to be told, if not all
 * @param known the stories of the map; any other is to be told as well
 * @param why what was found, a line for each file
 */
public record ChangedStories(boolean all, Set<String> names, Set<String> known, List<String> why) {

    /** @param name for example {@code BindStory.a_client_gets_the_resource_it_asks_for} */
    public boolean includes(String name) {
        return all || names.contains(name) || !known.contains(name);
    }

    private static ChangedStories everything(String reason) {
        return new ChangedStories(true, Set.of(), Set.of(), List.of(reason + ": all stories are told"));
    }

    /**
     * @param revision to compare the working tree with
     * @param file the map, which may be of another revision
     * @throws Git.GitException if there is no such revision
     */
    public static ChangedStories since(String revision, Path file, Git git) {
        String base = git.commit(revision)
                .orElseThrow(() -> new Git.GitException("'%s' names no commit here".formatted(revision)));
        StoryMap map;
        try {
            map = StoryMap.read(file);
        } catch (IOException | IllegalArgumentException missing) {
            return everything("there is no map in %s, 'escalus coverage' makes one".formatted(file));
        }
        if (git.commit(map.revision()).isEmpty()) {
            return everything("the map is of %s, which is not in this repository".formatted(map.revision()));
        }
        Map<String, FileDiff> sinceMap = git.diff(map.revision()).stream()
                .collect(Collectors.toMap(FileDiff::path, Function.identity(), (one, same) -> one));
        return new Finder(map, sinceMap).find(git.diff(base));
    }

    /** Looks at one file after the other. Confined to one thread. */
    private static final class Finder {
        private final StoryMap map;
        private final Map<String, FileDiff> sinceMap;
        private final TreeSet<String> names = new TreeSet<>();
        private final List<String> why = new ArrayList<>();
        private boolean all;

        Finder(StoryMap map, Map<String, FileDiff> sinceMap) {
            this.map = map;
            this.sinceMap = sinceMap;
        }

        ChangedStories find(List<FileDiff> diffs) {
            diffs.forEach(this::look);
            if (why.isEmpty()) {
                why.add("nothing has changed");
            }
            return new ChangedStories(all, names, Set.copyOf(map.stories()), why);
        }

        private void look(FileDiff diff) {
            Optional<TreeSet<String>> found = isSilent(diff.path()) ? Optional.of(new TreeSet<>()) : reaching(diff);
            boolean atStart =
                    found.filter(stories -> stories.contains(StoryMap.START)).isPresent();
            all |= found.isEmpty() || atStart;
            found.ifPresent(names::addAll);
            why.add("%s: %s"
                    .formatted(
                            diff.path(),
                            atStart
                                    ? "reached when a server starts, all stories are told"
                                    : found.map(stories ->
                                                    stories.size() + (stories.size() == 1 ? " story" : " stories"))
                                            .orElse("the map does not know it, all stories are told")));
        }

        /** No story runs documentation, tests or the machinery of CI. */
        private static boolean isSilent(String path) {
            return path.startsWith("docs/")
                    || path.startsWith(".")
                    || path.contains("/src/test/")
                    || path.matches("[A-Z]+(\\.md)?");
        }

        /** Nothing where only all stories would be safe. */
        private Optional<TreeSet<String>> reaching(FileDiff diff) {
            var source = map.files().get(diff.path());
            if (source == null) {
                return isNewCode(diff) ? Optional.of(new TreeSet<>()) : Optional.empty();
            }
            if (map.changed().contains(diff.path())) {
                return Optional.of(map.storiesIn(source, 0, Integer.MAX_VALUE));
            }
            var found = new TreeSet<String>();
            diff.hunks().stream()
                    .filter(hunk -> !hunk.isSilent())
                    .map(hunk -> linesOfTheMap(diff.path(), hunk))
                    .forEach(lines -> found.addAll(reaching(source, lines)));
            return Optional.of(found);
        }

        /**
         * New stories are new to the map, and told for that. Other new code is reached from lines that have changed too: they
         * say who is concerned.
         */
        private static boolean isNewCode(FileDiff diff) {
            return diff.isNew() && diff.path().endsWith(".java");
        }

        private TreeSet<Integer> linesOfTheMap(String path, Hunk hunk) {
            var lines = new TreeSet<Integer>();
            FileDiff sinceThen = sinceMap.getOrDefault(path, new FileDiff(path, false, List.of()));
            int last = hunk.newCount() == 0 ? hunk.newStart() + 1 : hunk.newEnd() - 1;
            lines.addAll(sinceThen.oldLines(hunk.newStart(), last));
            return lines;
        }

        /** Lines that are in no method, such as fields, count as the whole file. */
        private TreeSet<String> reaching(StoryMap.Source source, TreeSet<Integer> lines) {
            var known = lines.stream()
                    .filter(line ->
                            source.isExecutable(line) || source.methodAt(line).isPresent())
                    .toList();
            if (known.isEmpty()) {
                return map.storiesIn(source, 0, Integer.MAX_VALUE);
            }
            return known.stream()
                    .flatMap(line -> reaching(source, line).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** A line that is not executable counts as its method. */
        private TreeSet<String> reaching(StoryMap.Source source, int line) {
            return source.isExecutable(line)
                    ? map.storiesAt(source, line)
                    : source.methodAt(line)
                            .map(method -> map.storiesIn(source, method.first(), method.last()))
                            .orElseGet(TreeSet::new);
        }
    }
}
