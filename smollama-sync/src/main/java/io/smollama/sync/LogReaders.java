package io.smollama.sync;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lends connections for reading: each is used by one thread at a time, and some are kept for the
 * next. Thread-safe.
 */
final class LogReaders implements AutoCloseable {
  private static final int MOST_IDLE = 4;

  private final Path file;
  private final Deque<LogTables> idle = new ArrayDeque<>();
  private boolean closed;

  LogReaders(Path file) {
    this.file = file;
  }

  /** Reads something. */
  interface Read<T> {
    T from(LogTables tables) throws SQLException;
  }

  <T> T read(Read<T> read) throws SQLException {
    LogTables tables = borrow();
    boolean sound = false;
    try {
      T result = read.from(tables);
      sound = true;
      return result;
    } finally {
      giveBack(tables, sound);
    }
  }

  private LogTables borrow() throws SQLException {
    synchronized (this) {
      LogTables tables = idle.poll();
      if (tables != null) {
        return tables;
      }
    }
    return new LogTables(new Statements(JournalDatabase.openReader(file)));
  }

  private void giveBack(LogTables tables, boolean sound) throws SQLException {
    synchronized (this) {
      if (sound && !closed && idle.size() < MOST_IDLE) {
        idle.push(tables);
        return;
      }
    }
    tables.close();
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    for (LogTables tables : idle) {
      tables.close();
    }
    idle.clear();
  }
}
