package io.smollama.sync;

import io.smollama.core.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second journal, of this process or another, out of a folder: two writers would issue the
 * same sequence numbers. The operating system lets go of the lock when a process dies; the empty
 * file stays. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = "replica.lock";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static FolderLock take(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new JournalException(
            folder.toString(), "a journal of this folder is open already; close that first", true);
      }
      return new FolderLock(file, channel);
    } catch (IOException e) {
      throw StorageFailure.of(folder, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }
}
