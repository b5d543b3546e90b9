package io.escalus4j.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What another process costs, as Linux counts it.
 *
 * <pre>{@code
 * var server = new ProcessCost(4711);
 * double before = server.processorSeconds();
 * }</pre>
 */
public final class ProcessCost {
    /** {@code USER_HZ}, which is 100 wherever Linux runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    private final Path folder;

    public ProcessCost(long pid) {
        this(Path.of("/proc", Long.toString(pid)));
    }

    ProcessCost(Path folder) {
        this.folder = folder;
    }

    /** The processor time of all its threads since it began, in user and in kernel mode; in steps of 10 ms. */
    public double processorSeconds() {
        String stat = read("stat");
        // the name of the program stands in brackets and may hold anything; state is the field behind it
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** What it has in memory, in bytes. */
    public long residentBytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no VmRSS in %s".formatted(folder)));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
