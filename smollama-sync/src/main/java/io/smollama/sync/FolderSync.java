package io.smollama.sync;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Brings a folder, and with it the names in it, to durable storage. */
final class FolderSync {
  private FolderSync() {}

  /** Works on an interrupted thread too, and leaves it interrupted. */
  static void sync(Path folder) throws IOException {
    boolean interrupted = false;
    try {
      while (!tried(folder)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean tried(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    } catch (AccessDeniedException e) {
      return true; // Windows opens no folder; a rename is durable there without it
    }
  }
}
