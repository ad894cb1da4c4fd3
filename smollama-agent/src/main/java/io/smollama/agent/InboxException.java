package io.smollama.agent;

import io.smollama.core.SmollamaException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** The inbox cannot be read or written. Immutable. */
public final class InboxException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  InboxException(Path file, SQLException cause) {
    super(
        file.toString(),
        "the inbox cannot be read or written (%s)"
            .formatted(String.valueOf(cause.getMessage()).replaceAll("\\s+", " ")),
        isPassing(cause.getErrorCode() & 0xff),
        cause);
  }

  private static boolean isPassing(int code) {
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_FULL.code;
  }
}
