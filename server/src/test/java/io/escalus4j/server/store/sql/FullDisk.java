package io.escalus4j.server.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk that can be filled: files whose names begin with {@code full:} cannot be written to while it is. */
public final class FullDisk extends FilePathWrapper {
    private static final AtomicBoolean FULL = new AtomicBoolean();

    static {
        FilePath.register(new FullDisk());
    }

    /** The URL of H2 for what has this one. */
    public static String url(String file) {
        return file.replace("jdbc:h2:file:", "jdbc:h2:full:");
    }

    public static void fill(boolean full) {
        FULL.set(full);
    }

    @Override
    public String getScheme() {
        return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends OnDisk {
        Channel(FileChannel disk) {
            super(disk);
        }

        private static void requireSpace() throws IOException {
            if (FULL.get()) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            requireSpace();
            return super.write(bytes);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            requireSpace();
            return super.write(bytes, position);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            requireSpace();
            super.force(metadata);
        }
    }
}
