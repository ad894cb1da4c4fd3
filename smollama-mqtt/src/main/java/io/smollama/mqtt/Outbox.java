package io.smollama.mqtt;

import io.smollama.core.Message;
import io.smollama.core.MessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Events that the broker does not have yet, in a file and in their order. What was taken survives
 * the end of the process in any way; a power cut may cost the last of it. When there is no room the
 * oldest go. Thread-safe.
 */
final class Outbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int APPLICATION_ID = 0x536d_4f62; // "SmOb"
  private static final int LARGEST_FILE_PAGES = 32_000;

  /**
   * What it may hold. Immutable.
   *
   * @param events how many
   * @param bytes of their payloads and topics together
   */
  record Room(long events, long bytes) {
    static final Room USUAL = new Room(10_000, 32 << 20);
  }

  /** An event with its place in the order. */
  record Waiting(long id, Message event) {}

  private final Path file;
  private final Connection connection;
  private final Room room;
  private long events;
  private long bytes;
  private long dropped;
  private boolean closed;

  private Outbox(Path file, Connection connection, Room room) {
    this.file = file;
    this.connection = connection;
    this.room = room;
  }

  /** A file that is damaged as a whole is kept under another name, and begun anew. */
  static Outbox open(Path file, Room room) {
    try {
      return openAsItIs(file, room);
    } catch (MessageException e) {
      if (!isDamage(e.getCause())) {
        throw e;
      }
      Path kept = file.resolveSibling(file.getFileName() + ".damaged");
      try {
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
      } catch (IOException failure) {
        e.addSuppressed(failure);
        throw e;
      }
      LOG.warn("{}; it is kept as {} and begun anew", e.getMessage(), kept);
      return openAsItIs(file, room);
    }
  }

  private static boolean isDamage(Throwable cause) {
    return cause instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB);
  }

  private static Outbox openAsItIs(Path file, Room room) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(5_000);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try {
        Outbox outbox = new Outbox(file, connection, room);
        outbox.prepare();
        return outbox;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long found = number(statement, "PRAGMA application_id");
      if (found != APPLICATION_ID && number(statement, "SELECT count(*) FROM sqlite_schema") > 0) {
        throw new MessageException(
            file.toString(), "is a SQLite file of another kind, no outbox; name another", false);
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA max_page_count = " + LARGEST_FILE_PAGES);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS event(id INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " topic TEXT NOT NULL, payload BLOB NOT NULL)");
      events = number(statement, "SELECT count(*) FROM event");
      bytes = number(statement, "SELECT total(length(payload) + length(topic)) FROM event");
    }
  }

  /** Takes an event in; the oldest make room for it. */
  synchronized void add(Message event) {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO event(topic, payload) VALUES(?, ?)")) {
      insert.setString(1, event.topic());
      insert.setBytes(2, event.payload());
      insert.executeUpdate();
      events++;
      bytes += size(event);
      while (events > 1 && (events > room.events() || bytes > room.bytes())) {
        remove(after(0, 1).get(0));
        dropped++;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static long size(Message event) {
    return (long) event.size() + event.topic().length();
  }

  /** The oldest events behind a place in the order. */
  synchronized List<Waiting> after(long id, int most) {
    List<Waiting> found = new ArrayList<>();
    if (closed || most <= 0) {
      return found;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, topic, payload FROM event WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setLong(1, id);
      select.setInt(2, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Message event = Message.event(rows.getString(2), rows.getBytes(3));
          found.add(new Waiting(rows.getLong(1), event));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** The broker has them. */
  synchronized void delivered(Collection<Waiting> done) {
    if (closed) {
      return; // they are sent again
    }
    try {
      connection.setAutoCommit(false);
      for (Waiting one : done) {
        remove(one);
      }
      connection.commit();
    } catch (SQLException e) {
      throw failure(file, e);
    } finally {
      endTransaction();
    }
  }

  private void endTransaction() {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private void remove(Waiting one) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM event WHERE id = ?")) {
      delete.setLong(1, one.id());
      if (delete.executeUpdate() > 0) {
        events--;
        bytes -= size(one.event());
      }
    }
  }

  synchronized long size() {
    return events;
  }

  synchronized long dropped() {
    return dropped;
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  private static MessageException failure(Path file, SQLException e) {
    boolean full =
        e instanceof SQLiteException sqlite
            && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    String why = full ? "the disk is full" : String.valueOf(e.getMessage());
    return new MessageException(
        file.toString(), "the outbox of events cannot be used: " + why, true, e);
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }
}
