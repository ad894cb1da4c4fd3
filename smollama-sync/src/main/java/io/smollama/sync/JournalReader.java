package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a journal through a connection of its own, beside the writer. Thread-safe. */
final class JournalReader implements AutoCloseable {
  private final JournalTables tables;

  JournalReader(JournalTables tables) {
    this.tables = tables;
  }

  synchronized Frontier frontier() throws SQLException {
    return tables.frontier();
  }

  /** Chains in their order, the entries of each in theirs; full pages until nothing is left. */
  synchronized List<Entry> above(Frontier known, int limit) throws SQLException {
    List<Entry> page = new ArrayList<>();
    for (var held : tables.frontier().chains().entrySet()) {
      ChainId chain = held.getKey();
      long from = known.tips(chain).highest();
      if (page.size() < limit && from < held.getValue().highest()) {
        page.addAll(tables.entries().after(chain, from, limit - page.size()));
      }
    }
    return page;
  }

  @Override
  public synchronized void close() throws SQLException {
    tables.close();
  }
}
