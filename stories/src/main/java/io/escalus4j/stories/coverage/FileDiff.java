package io.escalus4j.stories.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What has changed in one file, from an old revision to a new one; read from {@code git diff --unified=0}.
 *
 * @param path of the file that is there now, or that was there
 * @param isNew whether it was not there before
 */
record FileDiff(String path, boolean isNew, List<Hunk> hunks) {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

    /** {@code oldCount} lines from {@code oldStart} became {@code newCount} lines from {@code newStart}. */
    record Hunk(int oldStart, int oldCount, int newStart, int newCount, List<String> text) {
        /** The first old line behind what has changed. */
        int oldEnd() {
            return oldCount == 0 ? oldStart + 1 : oldStart + oldCount;
        }

        int newEnd() {
            return newCount == 0 ? newStart + 1 : newStart + newCount;
        }

        int lines() {
            return oldCount + newCount;
        }

        /** The old lines that were replaced, or the two between which there are new ones now. */
        List<Integer> oldNeighbours() {
            return IntStream.range(oldStart, oldCount == 0 ? oldStart + 2 : oldEnd())
                    .boxed()
                    .toList();
        }

        /** Whether nothing in it is ever executed: comments, imports, blank lines. */
        boolean isSilent() {
            return text.stream()
                    .map(line -> line.substring(1).strip())
                    .allMatch(line -> line.isEmpty()
                            || line.startsWith("//")
                            || line.startsWith("/*")
                            || line.startsWith("*")
                            || line.startsWith("import ")
                            || line.startsWith("package "));
        }
    }

    static FileDiff added(String path) {
        return new FileDiff(path, true, List.of());
    }

    static List<FileDiff> parse(String diff) {
        var files = new ArrayList<FileDiff>();
        String old = "";
        int textLeft = 0;
        for (String line : diff.split("\n", -1)) {
            Matcher hunk = HUNK.matcher(line);
            if (textLeft > 0 && !line.startsWith("\\")) { // not "No newline at end of file"
                last(last(files).hunks()).text().add(line);
                textLeft--;
            } else if (line.startsWith("--- ")) {
                old = name(line);
            } else if (line.startsWith("+++ ")) {
                String now = name(line);
                files.add(new FileDiff(now.isEmpty() ? old : now, old.isEmpty(), new ArrayList<>()));
            } else if (hunk.matches()) {
                last(files).hunks().add(hunk(hunk));
                textLeft = last(last(files).hunks()).lines();
            }
        }
        return files;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    /** {@code --- a/server/pom.xml}, or {@code +++ /dev/null}. */
    private static String name(String line) {
        String name = line.substring(4).strip();
        return name.equals("/dev/null") ? "" : name.substring(2);
    }

    private static Hunk hunk(Matcher hunk) {
        return new Hunk(
                number(hunk.group(1)),
                count(hunk.group(2)),
                number(hunk.group(3)),
                count(hunk.group(4)),
                new ArrayList<>());
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static int count(String digits) {
        return digits == null ? 1 : number(digits);
    }

    /**
     * Where the lines from {@code first} to {@code last} of the new file were in the old one. A line that was not there is
     * between two that were: both count.
     */
    TreeSet<Integer> oldLines(int first, int last) {
        var old = new TreeSet<Integer>();
        for (int line = first; line <= last; line++) {
            addOld(line, old);
        }
        return old;
    }

    private void addOld(int line, TreeSet<Integer> old) {
        int shift = 0;
        for (Hunk hunk : hunks) {
            if (line < hunk.newEnd() - hunk.newCount()) {
                break;
            }
            if (line < hunk.newEnd()) {
                old.addAll(hunk.oldNeighbours());
                return;
            }
            shift = hunk.oldEnd() - hunk.newEnd();
        }
        old.add(line + shift);
    }
}
