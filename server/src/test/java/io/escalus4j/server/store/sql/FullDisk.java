package io.escalus4j.server.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBase;
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

    private static final class Channel extends FileBase {
        private final FileChannel disk;

        Channel(FileChannel disk) {
            this.disk = disk;
        }

        private static void requireSpace() throws IOException {
            if (FULL.get()) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            requireSpace();
            return disk.write(bytes);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            requireSpace();
            return disk.write(bytes, position);
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        public long position() throws IOException {
            return disk.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            disk.position(position);
            return this;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return disk.read(bytes);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return disk.read(bytes, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            disk.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            requireSpace();
            disk.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return disk.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }
    }
}
