package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal of a memory that is used alone: the events in its own file, shared with nobody. */
final class LocalJournal implements Journal {
  static final ReplicaId ORIGIN = new ReplicaId("00".repeat(16));

  /** One look at the index for each stream, however long the chains are. */
  private static final String HEADS =
      """
      WITH RECURSIVE chain (stream) AS (
        SELECT min(stream) FROM event WHERE origin = '%1$s'
        UNION ALL
        SELECT (SELECT min(stream) FROM event WHERE origin = '%1$s' AND stream > chain.stream)
        FROM chain WHERE chain.stream IS NOT NULL)
      SELECT event.stream, event.seq, event.id FROM chain JOIN event
      ON event.origin = '%1$s' AND event.stream = chain.stream AND event.seq =
        (SELECT max(seq) FROM event WHERE origin = '%1$s' AND stream = chain.stream)
      """
          .formatted(ORIGIN.hex());

  private final Database database;
  private final InstantSource clock;

  LocalJournal(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Refuses, and closes, a file that holds such a journal: two would contradict each other. */
  static void requireUnused(Database database) {
    if (database.read(LocalJournal::isUsed)) {
      database.close();
      throw new MemoryException(
          database.file().toString(),
          "was used alone and keeps its own journal; name another file",
          false,
          null);
    }
  }

  private static boolean isUsed(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT 1 FROM event WHERE origin = '" + ORIGIN.hex() + "' LIMIT 1");
        ResultSet rows = query.executeQuery()) {
      return rows.next();
    }
  }

  @Override
  public List<JournalEntry> appendAll(int stream, List<NewEntry> entries) {
    entries.forEach(LocalJournal::requireShort);
    Instant wall = Instant.ofEpochMilli(clock.millis());
    return database.write(
        connection -> {
          List<JournalEntry> written = new ArrayList<>();
          for (NewEntry entry : entries) {
            written.add(append(connection, stream, entry.type(), entry.payload(), wall));
          }
          return written;
        });
  }

  private static void requireShort(NewEntry entry) {
    int bytes = entry.payload().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > JournalEntry.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "A payload has at most %d bytes, had %d"
              .formatted(JournalEntry.MAX_PAYLOAD_BYTES, bytes));
    }
  }

  private static JournalEntry append(
      Connection connection, int stream, String type, String payload, Instant wall)
      throws SQLException {
    ChainId chain = new ChainId(ORIGIN, stream);
    try (PreparedStatement last =
        connection.prepareStatement(
            "SELECT (SELECT coalesce(max(seq), 0) FROM event WHERE origin = ? AND stream = ?) AS seq,"
                + " coalesce((SELECT lamport FROM event ORDER BY number DESC LIMIT 1), 0) AS lamport")) {
      last.setString(1, ORIGIN.hex());
      last.setInt(2, stream);
      try (ResultSet row = last.executeQuery()) {
        row.next();
        long seq = row.getLong("seq") + 1;
        long lamport = row.getLong("lamport") + 1;
        EntryId id = hash(stream + "/" + seq + "/" + lamport + "/" + type + "/" + payload);
        JournalEntry entry =
            new JournalEntry(id, chain, seq, lamport, Optional.of(wall), type, payload);
        EventTable.keep(connection, entry);
        return entry;
      }
    }
  }

  @Override
  public ReplicaId origin() {
    return ORIGIN;
  }

  @Override
  public Frontier frontier() {
    return database.read(
        connection -> {
          Map<ChainId, Tips> heads = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(HEADS);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              heads.put(
                  new ChainId(ORIGIN, rows.getInt("stream")),
                  new Tips(
                      0,
                      List.of(new Point(rows.getLong("seq"), new EntryId(rows.getString("id"))))));
            }
          }
          return Frontier.of(heads);
        });
  }

  @Override
  public JournalPage above(Frontier known, int limit) {
    return database.read(
        connection -> {
          List<JournalEntry> found = new ArrayList<>();
          Frontier grown = known;
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT * FROM event WHERE origin = ? AND stream = ? AND seq > ?"
                      + " ORDER BY seq LIMIT ?")) {
            query.setString(1, ORIGIN.hex());
            for (ChainId chain : frontier().chains().keySet()) {
              query.setInt(2, chain.stream());
              query.setLong(3, known.tips(chain).highest());
              query.setInt(4, limit - found.size());
              try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                  JournalEntry entry = EventTable.entry(rows);
                  found.add(entry);
                  grown = grown.with(entry);
                }
              }
            }
          }
          return new JournalPage(found, grown);
        });
  }

  /** The file belongs to the memory, which closes it. */
  @Override
  public void close() {}

  private static EntryId hash(String content) {
    return EntryId.of(content.getBytes(StandardCharsets.UTF_8));
  }
}
