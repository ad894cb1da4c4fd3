package io.smollama.sync;

import io.smollama.core.FileFailure;
import io.smollama.core.JournalException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in one line what is wrong with a file and what to do about it. */
final class StorageFailure {
  private StorageFailure() {}

  static JournalException of(Path file, SQLException e) {
    String detail = oneLine(e);
    return switch (e.getErrorCode()) {
      case 5, 6 -> because(file, "is held by another program; close it or wait", true, e);
      case 13 -> because(file, "the disk is full; make room, nothing was lost", true, e);
      case 3, 8, 14 ->
          because(
              file, "cannot be written; check the owner and mode of it and its folder", false, e);
      case 1, 11 -> damaged(file, detail, e);
      case 26 ->
          because(
              file,
              "is not a Smollama journal, or its first page is damaged; nothing was changed, name "
                  + "another file or move this one away",
              false,
              e);
      default -> because(file, "the disk or file system failed: " + detail, false, e);
    };
  }

  static JournalException damaged(Path file, String detail, @Nullable Throwable cause) {
    return because(
        file,
        "is damaged ("
            + detail
            + "); nothing was changed. Restore a backup, or move it and its -wal file away to start"
            + " anew; keep every other file beside it, what was made from the journal stays there",
        false,
        cause);
  }

  static JournalException of(Path file, IOException e) {
    if (e instanceof NoSuchFileException gone && gone.getFile().equals(file.toString())) {
      return because(file, "there is no such file", false, e);
    }
    String advice =
        e instanceof AccessDeniedException
            ? "cannot be read or written; check its owner and mode"
            : "cannot be read or written; check its folder and the disk";
    return because(file, advice + " (" + reason(e) + ")", false, e);
  }

  /** Streams of old put the file's name before the reason, which is in brackets then. */
  private static String reason(IOException e) {
    return e instanceof FileNotFoundException
        ? oneLine(e).replaceFirst("^.* \\((.*)\\)$", "$1")
        : FileFailure.reason(e);
  }

  private static JournalException because(
      Path file, String message, boolean retryable, @Nullable Throwable cause) {
    return cause == null
        ? new JournalException(file.toString(), message, retryable)
        : new JournalException(file.toString(), message, retryable, cause);
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
