package io.escalus4j.server.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/** A file of H2 as it is on the disk below. A test's disk overrides what goes wrong. */
class OnDisk extends FileBase {
    private final FileChannel disk;

    OnDisk(FileChannel disk) {
        this.disk = disk;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return disk.write(bytes);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
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
