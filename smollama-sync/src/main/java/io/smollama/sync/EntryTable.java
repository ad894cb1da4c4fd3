package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The entries of all chains. One thread at a time. */
final class EntryTable {
  private static final String PAGE =
      EntryRow.SELECT + "WHERE branch = ? AND seq >= ? ORDER BY seq LIMIT ?";

  private final Statements statements;

  EntryTable(Statements statements) {
    this.statements = statements;
  }

  void insert(long branch, List<Entry> entries) throws SQLException {
    PreparedStatement insert = statements.prepare(EntryRow.INSERT);
    insert.clearBatch(); // of a change that failed half way
    for (Entry entry : entries) {
      EntryRow.bind(insert, branch, entry);
      insert.addBatch();
      if (EntryRow.isSplit(entry)) {
        insert.executeBatch();
        insertRest(entry);
      }
    }
    insert.executeBatch();
  }

  private void insertRest(Entry entry) throws SQLException {
    PreparedStatement insert =
        statements.prepare("INSERT INTO rest VALUES (last_insert_rowid(), ?)");
    insert.setBytes(1, EntryRow.rest(entry));
    insert.executeUpdate();
  }

  /** Entries behind a place come under another branch. */
  void move(long from, long above, long to) throws SQLException {
    PreparedStatement update =
        statements.prepare("UPDATE entry SET branch = ? WHERE branch = ? AND seq > ?");
    update.setLong(1, to);
    update.setLong(2, from);
    update.setLong(3, above);
    update.executeUpdate();
  }

  void deleteUpTo(long branch, long seq) throws SQLException {
    String cut = "WHERE branch = ? AND seq <= ?";
    for (String table :
        List.of("rest WHERE entry IN (SELECT number FROM entry " + cut + ")", "entry " + cut)) {
      PreparedStatement delete = statements.prepare("DELETE FROM " + table);
      delete.setLong(1, branch);
      delete.setLong(2, seq);
      delete.executeUpdate();
    }
  }

  /**
   * The entries of a branch that follow a sequence number. The one before them is read along, for
   * its id. None if that one is not there (any more): the caller's picture of the chain is old.
   *
   * @param number what the tables call the branch
   */
  List<Entry> after(ChainId chain, long number, Branch branch, long seq, int limit)
      throws SQLException {
    long from = Math.max(seq, branch.parent().seq());
    PreparedStatement page = statements.prepare(PAGE);
    page.setLong(1, number);
    page.setLong(2, from);
    page.setLong(3, limit + 1L);
    try (ResultSet row = page.executeQuery()) {
      EntryId before = branch.parent().id();
      boolean more = row.next();
      if (from > branch.parent().seq()) {
        if (!more || row.getLong(2) != from) {
          return List.of();
        }
        before = EntryRow.id(row);
        more = row.next();
      }
      return more ? consecutive(row, chain, before, from, limit) : List.of();
    }
  }

  private static List<Entry> consecutive(
      ResultSet row, ChainId chain, EntryId prev, long from, int limit) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    EntryId before = prev;
    do {
      long expected = from + entries.size() + 1;
      if (row.getLong(2) != expected) {
        if (entries.isEmpty()) {
          return entries; // It was cut off or moved meanwhile.
        }
        throw new IllegalArgumentException("entry %d of %s is missing".formatted(expected, chain));
      }
      Entry entry = EntryRow.read(row, chain, before);
      entries.add(entry);
      before = entry.id();
    } while (entries.size() < limit && row.next());
    return entries;
  }

  /** Visits all rows, branch by branch in the order of their sequence numbers. */
  void forEachRow(RowVisitor visitor) throws SQLException {
    PreparedStatement all = statements.prepare(EntryRow.SELECT + "ORDER BY branch, seq");
    try (ResultSet row = all.executeQuery()) {
      while (row.next()) {
        visitor.visit(row);
      }
    }
  }

  /** Sees one row at a time, see {@link EntryRow#read}. */
  interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }
}
