package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/** Writes a journal file as version 1 did, by the statements of that version. */
final class FirstVersionFile implements AutoCloseable {
  private static final String[] SCHEMA = {
    "PRAGMA journal_mode = WAL",
    """
    CREATE TABLE meta (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      replica_id BLOB NOT NULL, incarnation INTEGER NOT NULL,
      boot INTEGER NOT NULL, lamport INTEGER NOT NULL)""",
    """
    CREATE TABLE head (
      origin BLOB NOT NULL, stream INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
      PRIMARY KEY (origin, stream)) WITHOUT ROWID""",
    """
    CREATE TABLE entry (
      origin BLOB NOT NULL, stream INTEGER NOT NULL, seq INTEGER NOT NULL,
      id BLOB NOT NULL, version INTEGER NOT NULL, prev BLOB NOT NULL, lamport INTEGER NOT NULL,
      boot INTEGER NOT NULL, mono INTEGER NOT NULL, wall INTEGER, quality INTEGER NOT NULL,
      type TEXT NOT NULL, flags INTEGER NOT NULL, payload_hash BLOB NOT NULL, payload BLOB,
      PRIMARY KEY (origin, stream, seq))""",
    "PRAGMA application_id = 1399671914",
    "PRAGMA user_version = 1",
  };

  private final Connection connection;

  FirstVersionFile(Path file) throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      for (String step : SCHEMA) {
        statement.execute(step);
      }
    }
  }

  void writer(Self self, long boot) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement("REPLACE INTO meta VALUES (1, ?, ?, ?, ?)")) {
      row.setBytes(1, bytes(self.origin().hex()));
      row.setLong(2, self.incarnation());
      row.setLong(3, boot);
      row.setLong(4, self.lamport());
      row.executeUpdate();
    }
  }

  /** Appends a line, all of one chain. */
  void append(List<Entry> line) throws SQLException {
    for (Entry entry : line) {
      insert(entry);
    }
    Entry last = line.get(line.size() - 1);
    try (PreparedStatement row =
        connection.prepareStatement("REPLACE INTO head VALUES (?, ?, ?, ?)")) {
      bindChain(row, last.header().chain());
      row.setLong(3, last.header().seq());
      row.setBytes(4, bytes(last.id()));
      row.executeUpdate();
    }
  }

  private void insert(Entry entry) throws SQLException {
    EntryHeader header = entry.header();
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      bindChain(row, header.chain());
      row.setLong(3, header.seq());
      row.setBytes(4, bytes(entry.id()));
      row.setInt(5, header.version());
      row.setBytes(6, bytes(header.prev()));
      row.setLong(7, header.lamport());
      row.setLong(8, header.boot());
      row.setLong(9, header.mono());
      row.setObject(10, header.wall().map(wall -> wall.toEpochMilli()).orElse(null));
      row.setInt(11, header.quality().code());
      row.setString(12, header.type());
      row.setInt(13, header.flags());
      row.setBytes(14, bytes(header.payloadHash().hex()));
      row.setBytes(15, entry.payload().orElse(null));
      row.executeUpdate();
    }
  }

  private static void bindChain(PreparedStatement row, ChainId chain) throws SQLException {
    row.setBytes(1, bytes(chain.origin().hex()));
    row.setInt(2, chain.stream());
  }

  private static byte[] bytes(EntryId id) {
    return bytes(id.hex());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
