package io.smollama.memory;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One SQLite file with one writing and one reading connection. Write-ahead logging lets a reader go
 * on while a writer commits. Thread-safe: each connection is guarded by its lock.
 */
final class Database implements AutoCloseable {
  private final Path file;
  private final Optional<Connection> writer; // empty where the file is only read
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();

  private Database(Path file, Optional<Connection> writer, Connection reader) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
  }

  /** Work on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Opens or makes the file and brings its tables up to date. */
  static Database open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      boolean uncleanStop = Files.exists(Path.of(file + "-wal"));
      boolean suspect = DamagedFile.isSuspect(file);
      Connection writer = connect(file);
      try {
        if (uncleanStop || suspect) {
          requireSound(file, writer);
          DamagedFile.clear(file);
        }
        Schema.requireOurs(file, writer);
        writeAhead(writer);
        Schema.prepare(writer);
        return new Database(file, Optional.of(writer), connect(file));
      } catch (SQLException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (IOException e) {
      throw new MemoryException(
          file.toString(),
          "the folder cannot be made or written: " + FileFailure.reason(e),
          false,
          e);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }

  /**
   * Opens a file to read it beside the process that writes to it. It must be of today's form: a
   * reader brings nothing up to date.
   */
  static Database openReadOnly(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MemoryException(file.toString(), "there is no such file", false, null);
    }
    try {
      Connection reader = SqliteFile.readOnly(file);
      try {
        Schema.requireOurs(file, reader);
        Schema.requireToday(file, reader);
        return new Database(file, Optional.empty(), reader);
      } catch (SQLException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Properties pragmas = new Properties();
    pragmas.setProperty("synchronous", "NORMAL");
    pragmas.setProperty("busy_timeout", "5000");
    pragmas.setProperty("transaction_mode", "IMMEDIATE");
    pragmas.setProperty("jdbc.get_generated_keys", "false");
    return DriverManager.getConnection("jdbc:sqlite:" + file, pragmas);
  }

  /** A property of the file, so it is set only once the file is known to be ours. */
  private static void writeAhead(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private static void requireSound(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = rows.next() ? rows.getString(1) : "no answer";
      if (!"ok".equals(verdict)) {
        throw SqliteFailure.damaged(file, verdict.replaceAll("\\s+", " "), null);
      }
    }
  }

  /** Runs work in a transaction of the writing connection; all of it lasts or none. */
  <T> T write(Work<T> work) {
    Connection connection =
        writer.orElseThrow(
            () -> new MemoryException(file.toString(), "is open for reading only", false, null));
    writing.lock();
    try {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        connection.setAutoCommit(true);
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      writing.unlock();
    }
  }

  /** SQLite has rolled back by itself where the disk was full; the cause is what matters. */
  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Runs a query on the reading connection; it sees what was committed before it began. */
  <T> T read(Work<T> query) {
    reading.lock();
    try {
      return query.on(reader);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      reading.unlock();
    }
  }

  /** A number that changes whenever another process has changed the file. */
  int dataVersion() {
    return read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("PRAGMA data_version")) {
            return row.next() ? row.getInt(1) : 0;
          }
        });
  }

  /** Whether the file is only read. */
  boolean isReadOnly() {
    return writer.isEmpty();
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try {
      reader.close();
      if (writer.isPresent()) {
        writer.get().close();
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
