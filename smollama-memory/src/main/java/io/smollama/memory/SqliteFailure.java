package io.smollama.memory;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of SQLite means for who uses the file, and what to do. */
final class SqliteFailure {
  private SqliteFailure() {}

  static MemoryException of(Path file, SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_CORRUPT -> damaged(file, code.message, e);
      case SQLITE_NOTADB -> noDatabase(file, code.message, e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new MemoryException(file.toString(), "another process is writing to it", true, e);
      case SQLITE_FULL ->
          new MemoryException(file.toString(), "the disk is full; free some space", true, e);
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
          new MemoryException(
              file.toString(), "cannot be opened for writing; check owner and rights", false, e);
      default -> new MemoryException(file.toString(), e.getMessage(), false, e);
    };
  }

  /** Without its first page a file is damaged; what is no database may be somebody's file. */
  private static MemoryException noDatabase(Path file, String detail, SQLException cause) {
    if (DamagedFile.lostItsBeginning(file)) {
      return damaged(file, detail, cause);
    }
    return new MemoryException(
        file.toString(),
        "is no memory file (%s). It was left as it is; move it away, or name another file as memory.db_path"
            .formatted(detail),
        false,
        cause);
  }

  static MemoryException damaged(Path file, String detail, @Nullable Throwable cause) {
    DamagedFile.suspect(file);
    return MemoryException.ofDamage(
        file.toString(),
        ("is damaged (%s). Nothing was changed. 'smollama run' keeps it under another name and goes on"
                + " with what can be read of it and of the journal; 'smollama memory salvage' does the"
                + " first by hand")
            .formatted(detail),
        cause);
  }
}
