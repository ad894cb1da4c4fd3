package io.smollama.sync;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a journal's write-ahead log holds into the file while others go on committing: to put
 * thousands of pages in their places takes a disk a part of a second, for which all writers would
 * wait. Thread-safe.
 */
final class LogCheckpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogCheckpoint.class);

  /** 16 MB: what was written often by then is written once. */
  private static final int PAGES = 4_000;

  /** Looking costs a little, too. */
  private static final int COMMITS = 16;

  private final Path file;
  private final AtomicInteger commits = new AtomicInteger();
  private final Lock running = new ReentrantLock();
  private Optional<Connection> connection = Optional.empty();
  private boolean closed;

  LogCheckpoint(Path file) {
    this.file = file;
  }

  /**
   * Does it if the log has grown long and nobody is at it.
   *
   * @param writing what keeps others from committing; held only for the last few pages, without
   *     which the log would not begin anew
   */
  void afterCommit(Lock writing) {
    if (commits.incrementAndGet() % COMMITS == 0 && running.tryLock()) {
      try {
        if (!closed && pages("NOOP") >= PAGES) {
          pages("PASSIVE");
          pages("PASSIVE");
          writing.lock();
          try {
            pages("PASSIVE");
          } finally {
            writing.unlock();
          }
        }
      } catch (SQLException e) {
        LOG.debug("The log of {} is brought into the file later", file, e);
      } finally {
        running.unlock();
      }
    }
  }

  /** How many pages the log has. */
  private int pages(String mode) throws SQLException {
    if (connection.isEmpty()) {
      connection = Optional.of(JournalDatabase.openWriter(file));
    }
    try (Statement statement = connection.get().createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() ? row.getInt(2) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    running.lock();
    try {
      closed = true;
      if (connection.isPresent()) {
        connection.get().close();
      }
    } finally {
      running.unlock();
    }
  }
}
