package io.escalus4j.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The server's log as one story sees it: its own lines, and those that it has declared. Thread-safe.
 *
 * <p>A line belongs to the story if it mentions one of its users, in what the server was at work on or in the text. One
 * that mentions nobody's users belongs to all stories that are told at that time: better one blamed too many than a fault
 * of the server that nobody sees.
 */
final class LogWatch {
    /** How the names of fresh users end, see {@link io.escalus4j.users.FreshNames}. */
    private static final Pattern FRESH = Pattern.compile("-[a-z0-9]{8}@");

    private final Insight insight;
    private final String run;
    private final String story;
    private final long since;
    private final List<Pattern> expected = new CopyOnWriteArrayList<>();

    LogWatch(Insight insight, String run, String story) {
        this.insight = insight;
        this.run = run;
        this.story = story;
        this.since = insight.opens(run, story);
    }

    static boolean hasFreshName(LogLine line) {
        return FRESH.matcher(line.about()).find() || FRESH.matcher(line.text()).find();
    }

    void expect(String regex) {
        expected.add(Pattern.compile(regex, Pattern.DOTALL));
    }

    List<LogLine> lines() {
        return mine(insight.control().log(since));
    }

    private List<LogLine> mine(Feed<LogLine> feed) {
        return feed.entries().stream()
                .filter(line -> !insight.isOfAnother(line, run))
                .toList();
    }

    /** What is wrong with the log when the story is over: lines that nobody has declared, and declared ones that did not come. */
    List<Throwable> end(String level) {
        Feed<LogLine> feed = insight.control().log(since);
        List<String> others = insight.toldNow();
        insight.closes(run, story, feed.last());
        var found = new ArrayList<Throwable>();
        if (!level.equals("NEVER")) {
            mine(feed).stream()
                    .filter(line -> line.isAtLeast(level) && !isExpected(line))
                    .forEach(line -> found.add(undeclared(line, others)));
            if (feed.lost() > 0) {
                found.add(new AssertionError(
                        "the server has forgotten %d lines of its log during story %s".formatted(feed.lost(), story)));
            }
        }
        expected.stream()
                .filter(pattern -> mine(feed).stream().noneMatch(line -> isOf(pattern, line)))
                .forEach(pattern -> found.add(missing(pattern)));
        return found;
    }

    private boolean isExpected(LogLine line) {
        return expected.stream().anyMatch(pattern -> isOf(pattern, line));
    }

    private static boolean isOf(Pattern pattern, LogLine line) {
        return pattern.matcher(line.text()).find();
    }

    private AssertionError undeclared(LogLine line, List<String> others) {
        String whose = line.mentions(run) || others.size() < 2
                ? ""
                : "%nit mentions no user of a story, these were told at the time: %s"
                        .formatted(String.join(", ", others));
        return new AssertionError(
                "the server logged in story %s what no @ExpectedLog declares: %s%s".formatted(story, line, whose));
    }

    private AssertionError missing(Pattern pattern) {
        return new AssertionError(
                "story %s declares a log line '%s', but the server logged none".formatted(story, pattern));
    }
}
