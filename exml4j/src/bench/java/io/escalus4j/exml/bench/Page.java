package io.escalus4j.exml.bench;

import io.escalus4j.exml.bench.Chart.Group;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The measured part of {@code docs/benchmarks.md}, between two marks, and its chart. */
final class Page {
    private static final String BEGIN = "<!-- measured by bin/bench, do not edit -->\n";
    private static final String END = "<!-- end of what was measured -->\n";

    private final Path docs;
    private final String machine = machine();

    /** Made before anything is measured, since it notes what else the machine has to do. */
    Page(Path docs) {
        this.docs = docs;
    }

    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s, %d processors (%s), load average %.1f at the start.",
                LocalDate.now(ZoneOffset.UTC),
                system.getAvailableProcessors(),
                processor(),
                system.getSystemLoadAverage());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    void write(List<Report> reports) throws IOException {
        var measured = new StringBuilder(machine).append("\n\n");
        measured.append("![Parsing whole stanzas](images/benchmarks.svg)\n\n");
        measured.append(new Goals(reports).table());
        reports.forEach(report -> measured.append(report.tables()));
        replace(docs.resolve("benchmarks.md"), measured.toString());
        var groups = new ArrayList<Group>();
        reports.forEach(report -> groups.addAll(report.groups(true)));
        Files.writeString(docs.resolve("images/benchmarks.svg"), Chart.of(groups));
    }

    private static void replace(Path page, String measured) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("%s has no place for what was measured, it must be between '%s' and '%s'"
                    .formatted(page, BEGIN.strip(), END.strip()));
        }
        Files.writeString(page, text.substring(0, begin) + BEGIN + '\n' + measured + '\n' + text.substring(end));
    }
}
