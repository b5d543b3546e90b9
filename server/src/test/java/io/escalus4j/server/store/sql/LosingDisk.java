package io.escalus4j.server.store.sql;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that loses its power: of what was written to a file and not forced, any part may be on it afterwards. The names of its files begin with {@code losing:}.
 */
public final class LosingDisk extends FilePathWrapper {
    private static final int SECTOR = 512;
    private static final Map<String, Unforced> FILES = new ConcurrentHashMap<>();

    static {
        FilePath.register(new LosingDisk());
    }

    /** Bytes that were written at a position; none: the file was cut off there. */
    private record Change(long position, byte[] bytes) {
        void make(RandomAccessFile file) throws IOException {
            if (bytes.length == 0) {
                file.setLength(Math.min(file.length(), position));
            } else {
                file.seek(position);
                file.write(bytes);
            }
        }

        /** Without some of its sectors at the end. */
        Change torn(Random random) {
            int sectors = bytes.length / SECTOR;
            return sectors < 2
                    ? this
                    : new Change(position, Arrays.copyOf(bytes, SECTOR * (1 + random.nextInt(sectors - 1))));
        }
    }

    /** What is certainly on the disk, in a file of its own, and what is perhaps. */
    private static final class Unforced {
        private final Path forced;
        private final List<Change> changes = new ArrayList<>();

        Unforced(Path forced) {
            this.forced = forced;
        }

        synchronized void add(Change change) {
            changes.add(change);
        }

        synchronized void force() throws IOException {
            make(changes, forced);
            changes.clear();
        }

        synchronized void lose(Random random, Path image) throws IOException {
            Files.copy(forced, image);
            var kept = new ArrayList<Change>();
            for (Change change : changes) {
                switch (random.nextInt(3)) {
                    case 0 -> kept.add(change);
                    case 1 -> kept.add(change.torn(random));
                    default -> {}
                }
            }
            make(kept, image);
        }

        private static void make(List<Change> changes, Path path) throws IOException {
            try (var file = new RandomAccessFile(path.toFile(), "rw")) {
                for (Change change : changes) {
                    change.make(file);
                }
            }
        }
    }

    /** The URL of H2 for what has this one. */
    public static String url(String file) {
        return file.replace("jdbc:h2:file:", "jdbc:h2:losing:");
    }

    /** Makes a file of what {@code database} would be if the power went now; it goes on. */
    public static void lose(Path database, Random random, Path image) throws IOException {
        FILES.get(database.toString()).lose(random, image);
    }

    @Override
    public String getScheme() {
        return "losing";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        String name = getBase().toString();
        var unforced = FILES.computeIfAbsent(name, file -> new Unforced(Path.of(file + ".forced")));
        return new Channel(super.open(mode), unforced);
    }

    private static final class Channel extends OnDisk {
        private final Unforced unforced;

        Channel(FileChannel disk, Unforced unforced) {
            super(disk);
            this.unforced = unforced;
        }

        private void note(ByteBuffer bytes, long position) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            unforced.add(new Change(position, copy));
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            note(bytes, position());
            return super.write(bytes);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            note(bytes, position);
            return super.write(bytes, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            unforced.add(new Change(size, new byte[0]));
            return super.truncate(size);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            unforced.force(); // who is told of it is told later
            super.force(metadata);
        }
    }
}
