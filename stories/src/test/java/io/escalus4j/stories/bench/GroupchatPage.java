package io.escalus4j.stories.bench;

import io.escalus4j.stories.bench.Figures.Idle;
import io.escalus4j.stories.bench.Figures.InRoom;
import io.escalus4j.stories.bench.Figures.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, in Markdown, in the place that docs/groupchat.md has for it. */
public final class GroupchatPage {
    static final String BEGIN = "<!-- measured by bin/bench groupchat, do not edit -->\n";
    static final String END = "<!-- /measured -->";
    /** What the benchmark's tables are called. */
    public static final List<String> FIGURES =
            List.of("Talk in a room of 100", "Talk in a room of 1000", "Joining", "The mobile cost", "Idle rooms");

    private static final List<Integer> SIZES = List.of(100, 1000);
    private static final double MOST_MICROS = 4;
    private static final double MOST_MILLIS = 50;
    private static final double MOST_BYTES_PER_EVICTED_ROOM = 1024;

    private GroupchatPage() {}

    static String with(String page, Figures figures) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalArgumentException("the page has no place for what is measured: " + BEGIN.strip());
        }
        return page.substring(0, begin) + '\n' + of(figures) + '\n' + page.substring(end);
    }

    static String of(Figures figures) {
        var page = new ArrayList<String>();
        page.add(figures.setting() + "\n");
        page.add(goals(figures));
        SIZES.forEach(size -> page.add(talk(figures, size)));
        page.add(joining(figures));
        page.add(mobile(figures));
        page.add(idle(figures));
        figures.subjects()
                .forEach(subject -> subject.skipped()
                        .ifPresent(reason -> page.add("%s was not measured: %s\n".formatted(subject.name(), reason))));
        return page.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
    }

    // ---- goals

    private static String goals(Figures figures) {
        var rows = new ArrayList<String>();
        rows.add(goal(figures, "at most 4 us of processor time per delivery", InRoom::most, MOST_MICROS, true));
        rows.add(goal(
                figures, "p99 of the time to delivery under 50 ms at half load", InRoom::half, MOST_MILLIS, false));
        rows.addAll(ours(figures)
                .filter(subject -> subject.name().contains("Light"))
                .flatMap(subject -> subject.room(1000).stream())
                .map(room -> "| no presence when 1000 members join a room of MUC Light | %d: %s |"
                        .formatted(
                                room.joining().presences(),
                                verdict(room.joining().presences() == 0)))
                .toList());
        figures.idle().stream()
                .filter(idle -> idle.kind().equals("MUC"))
                .map(idle ->
                        "| an idle MUC room that has left memory costs next to nothing (under 1 KiB) | %d bytes, %d of %d on the heap: %s |"
                                .formatted(
                                        idle.bytesPerRoom(),
                                        idle.inMemory(),
                                        idle.rooms(),
                                        verdict(idle.bytesPerRoom() < MOST_BYTES_PER_EVICTED_ROOM)))
                .forEach(rows::add);
        return "| goal | measured |\n|---|---|\n" + String.join("\n", rows) + '\n';
    }

    private static Stream<Subject> ours(Figures figures) {
        return figures.subjects().stream().filter(subject -> subject.name().startsWith("our"));
    }

    private static String goal(
            Figures figures, String name, Function<InRoom, Figures.Talk> talk, double most, boolean cost) {
        String cells = ours(figures)
                .flatMap(subject -> subject.rooms().stream()
                        .map(room -> "%s, %d: %s"
                                .formatted(
                                        subject.name(),
                                        room.members(),
                                        judged(
                                                cost
                                                        ? talk.apply(room).micros()
                                                        : talk.apply(room).p99(),
                                                most))))
                .collect(Collectors.joining("; "));
        return "| %s | %s |".formatted(name, cells);
    }

    private static String judged(double figure, double most) {
        return figure <= most
                ? number(figure) + " reached"
                : "%s **missed** by %.0f %%".formatted(number(figure), (figure / most - 1) * 100);
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "**missed**";
    }

    // ---- tables

    private static String talk(Figures figures, int size) {
        return table(
                FIGURES.get(SIZES.indexOf(size)),
                "| server | deliveries/s | us of server CPU per delivery | the same at half load | p50 / p99 ms at half load | lost, twice | clients' CPU |\n"
                        + "|---|--:|--:|--:|--:|--:|--:|\n",
                figures,
                subject -> subject.room(size)
                        .map(room -> "| %s | %.0f | %s | %s | %s / %s | %d, %d | %.0f %%%s |"
                                .formatted(
                                        subject.name(),
                                        room.most().perSecond(),
                                        number(room.most().micros()),
                                        number(room.half().micros()),
                                        number(room.half().p50()),
                                        number(room.half().p99()),
                                        room.most().lost() + room.half().lost(),
                                        room.most().duplicates() + room.half().duplicates(),
                                        room.driver() * 100,
                                        room.driver() >= 0.9 ? ", the bottleneck" : "")));
    }

    private static String joining(Figures figures) {
        return table(
                FIGURES.get(2),
                "| server | members | seconds | presences | bytes to all clients |\n|---|--:|--:|--:|--:|\n",
                figures,
                subject -> Optional.of(subject.rooms().stream()
                                .map(room -> "| %s | %d | %s | %d | %d |"
                                        .formatted(
                                                subject.name(),
                                                room.members(),
                                                number(room.joining().seconds()),
                                                room.joining().presences(),
                                                room.joining().bytes()))
                                .collect(Collectors.joining("\n")))
                        .filter(rows -> !rows.isEmpty()));
    }

    private static String mobile(Figures figures) {
        return table(
                FIGURES.get(3),
                "| server | presences per user and hour | bytes per user and hour | times faster than in life |\n|---|--:|--:|--:|\n",
                figures,
                subject -> subject.mobile()
                        .map(cost -> "| %s | %d | %d | %.0f |"
                                .formatted(subject.name(), cost.presences(), cost.bytes(), cost.scale())));
    }

    private static String idle(Figures figures) {
        String rows = figures.idle().stream().map(GroupchatPage::row).collect(Collectors.joining("\n"));
        return rows.isEmpty()
                ? ""
                : "### " + FIGURES.get(4)
                        + "\n\n| our rooms | made | on the heap at the end | bytes of heap per room |\n|---|--:|--:|--:|\n"
                        + rows
                        + '\n';
    }

    private static String row(Idle idle) {
        return "| %s | %d | %d | %d |"
                .formatted(
                        idle.kind().equals("MUC") ? "MUC" : "MUC Light",
                        idle.rooms(),
                        idle.inMemory(),
                        idle.bytesPerRoom());
    }

    private static String table(String title, String header, Figures figures, Function<Subject, Optional<String>> row) {
        String rows = figures.subjects().stream()
                .flatMap(subject -> row.apply(subject).stream())
                .collect(Collectors.joining("\n"));
        return rows.isEmpty() ? "" : "### " + title + "\n\n" + header + rows + '\n';
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 10 ? "%.1f" : "%.0f", figure);
    }
}
