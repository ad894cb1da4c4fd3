package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Holds a memory file, as it was when the check was opened, against the journal that it was made
 * from: open it, tell it of every knowledge entry of the journal once, then read the counts. The
 * file is only read, and may be in use. Failures are {@link MemoryException}s. One thread at a
 * time.
 */
public final class JournalCheck implements AutoCloseable {
  private final Database database;
  private final Frontier applied;
  private final long kept;
  private long met;
  private long waiting;
  private long lacking;

  private JournalCheck(Database database, Frontier applied, long kept) {
    this.database = database;
    this.applied = applied;
    this.kept = kept;
  }

  /** Opens a memory file of today's form. */
  public static JournalCheck open(Path memory) {
    Database database = Database.openReadOnly(memory);
    try {
      return database.read(
          connection -> {
            connection.setAutoCommit(false); // one moment's view until it is closed
            long kept = kept(connection);
            return new JournalCheck(database, AppliedFrontier.load(connection), kept);
          });
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static long kept(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT count(*) FROM event WHERE stream = "
                    + ChainId.KNOWLEDGE
                    + " AND origin <> '"
                    + LocalJournal.ORIGIN.hex()
                    + "'");
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** An entry that the journal has. */
  public void has(ChainId chain, long seq, EntryId id) {
    if (database.read(connection -> keeps(connection, id))) {
      met++;
    } else if (seq > applied.tips(chain).highest()) {
      waiting++;
    } else {
      lacking++;
    }
  }

  private static boolean keeps(Connection connection, EntryId id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM event WHERE id = ?")) {
      query.setString(1, id.hex());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** How many entries of the journal the memory takes in when it is used next. */
  public long waiting() {
    return waiting;
  }

  /**
   * How many entries of the journal it took for taken in and does not have. Entries of a line that
   * parted from the one it knows, and came while nobody used it, count as such until it is used.
   */
  public long missingHere() {
    return lacking;
  }

  /** How many entries it was made from that the journal does not have. */
  public long missingInJournal() {
    return kept - met;
  }

  @Override
  public void close() {
    database.close();
  }
}
