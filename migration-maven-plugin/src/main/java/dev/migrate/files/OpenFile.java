package dev.migrate.files;

import dev.migrate.files.DiskOperation.Deed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;

/**
 * A file opened for writing (appending), all of whose writes go through {@link Disk}. Writes append
 * to what was written before.
 */
public final class OpenFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  OpenFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Writes all of it.
   *
   * @param content what to write
   * @throws IOException when the disk refuses
   */
  public void write(ByteBuffer content) throws IOException {
    DiskOperation operation = new DiskOperation(Deed.WRITE, path);
    int part = Disk.watch().before(operation, content.remaining());
    int limit = content.limit();
    content.limit(content.position() + part);
    while (content.hasRemaining()) {
      channel.write(content);
    }
    content.limit(limit);
    Disk.watch().after(operation);
  }

  /**
   * Writes all of it.
   *
   * @param content what to write
   * @throws IOException when the disk refuses
   */
  public void write(byte[] content) throws IOException {
    write(ByteBuffer.wrap(content));
  }

  /**
   * Waits until what was written is on the disk itself.
   *
   * @throws IOException when the disk refuses
   */
  public void sync() throws IOException {
    Disk.act(Deed.SYNC, path, () -> channel.force(true));
  }

  /**
   * @return how many bytes the file has
   * @throws IOException when it cannot be told
   */
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * Locks the file as long as it is open or its process lives.
   *
   * @return the lock; null when another process has it
   * @throws IOException when the file system cannot lock
   */
  public FileLock tryLock() throws IOException {
    return channel.tryLock();
  }

  /**
   * Waits until nobody else locks the file, and locks it as long as it is open or its process
   * lives.
   *
   * @throws IOException when the file system cannot lock
   */
  public void lock() throws IOException {
    channel.lock();
  }

  /** Closes it; what was written may be on its way to the disk still. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
