package io.smollama.sync;

import io.smollama.core.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a file of version 1 into one of today's. The new file takes the place of the old one in
 * one step when it is whole, so that a power cut leaves either.
 *
 * <p>Version 1 had a row per entry with every field of the header, a head per chain, and no forks.
 */
final class JournalUpgrade {
  private static final String[] COPY = {
    "INSERT INTO meta (only, origin, incarnation, boot, lamport)"
        + " SELECT 1, replica_id, incarnation, boot, lamport FROM old.meta",
    "INSERT INTO chain (origin, stream) SELECT origin, stream FROM old.head"
        + " ORDER BY origin, stream",
    "INSERT INTO branch (chain, label, parent_seq, parent_id, head_seq, head_id)"
        + " SELECT chain.number, x'', 0, zeroblob(32), head.seq, head.id"
        + " FROM chain JOIN old.head USING (origin, stream)",
    "INSERT INTO entry (branch, seq, id, lamport, boot, mono, wall, quality, flags, type,"
        + " payload_hash, payload) SELECT branch.number, was.seq, was.id, was.lamport, was.boot,"
        + " was.mono, was.wall, was.quality, was.flags, was.type,"
        + " CASE WHEN was.payload IS NULL THEN was.payload_hash END,"
        + " CASE WHEN length(was.payload) BETWEEN %1$d AND %2$d"
        + " THEN substr(was.payload, 1, %3$d) ELSE was.payload END"
        + " FROM old.entry AS was JOIN chain USING (origin, stream)"
        + " JOIN branch ON branch.chain = chain.number ORDER BY was.rowid",
    JournalSchema.INDEX,
    "INSERT INTO rest SELECT entry.number, substr(was.payload, %3$d + 1)"
        + " FROM old.entry AS was JOIN chain USING (origin, stream)"
        + " JOIN branch ON branch.chain = chain.number"
        + " JOIN entry ON entry.branch = branch.number AND entry.seq = was.seq"
        + " WHERE length(was.payload) BETWEEN %1$d AND %2$d",
  };

  private static final String COUNTS =
      "SELECT (SELECT count(*) FROM old.entry), (SELECT count(*) FROM entry)";

  private JournalUpgrade() {}

  /** Brings a file up to date; the one that was there stays if anything fails. */
  static void run(Path file) throws IOException, SQLException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(log)) {
      fold(file);
    }
    try {
      copy(file, next);
      if (Files.exists(log)) {
        throw new JournalException(log.toString(), "is in use; close the other program", true);
      }
      JournalDatabase.replace(file, next);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** What a crash left in the log goes into the file: the log must not be played into another. */
  private static void fold(Path file) throws SQLException {
    try (Connection connection = JournalDatabase.openWriter(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
    }
  }

  private static void copy(Path file, Path next) throws SQLException {
    try (Connection connection = JournalDatabase.openNew(next)) {
      try (PreparedStatement attach = connection.prepareStatement("ATTACH DATABASE ? AS old")) {
        attach.setString(1, file.toString());
        attach.execute();
      }
      List<String> steps = new ArrayList<>(JournalSchema.TABLES);
      for (String step : COPY) {
        steps.add(
            step.formatted(
                JournalSchema.SPLIT_FROM,
                JournalSchema.SPLIT_BY_FOUR,
                JournalSchema.FOUR_TO_A_PAGE));
      }
      steps.addAll(JournalSchema.MARKS);
      JournalDatabase.inOneTransaction(connection, steps);
      requireAll(file, connection);
    }
  }

  private static void requireAll(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTS)) {
      if (row.getLong(1) != row.getLong(2)) {
        throw StorageFailure.damaged(
            file, "%d entries, %d in chains".formatted(row.getLong(1), row.getLong(2)), null);
      }
    }
  }
}
