package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables at what the journal holds, page by page, each in one transaction. Thread-safe.
 */
final class JournalView {
  private static final Logger LOG = LoggerFactory.getLogger(JournalView.class);
  private static final int PAGE = 500;

  private final Database database;
  private final Journal journal;
  private Frontier applied = Frontier.EMPTY;

  JournalView(Database database, Journal journal) {
    this.database = database;
    this.journal = journal;
  }

  /** Reads how far the tables are. */
  synchronized void load() {
    applied = database.read(KnowledgeFold::applied);
    warnOfLostEntries();
  }

  /** What only this file knows is lost with it; nobody would expect that of a view. */
  private void warnOfLostEntries() {
    Frontier held = journal.frontier();
    long lost =
        applied.heads().entrySet().stream()
            .filter(head -> head.getKey().stream() == ChainId.KNOWLEDGE)
            .mapToLong(head -> Math.max(0, head.getValue().seq() - held.seq(head.getKey())))
            .sum();
    if (lost > 0) {
      LOG.warn(
          "The journal lacks {} entries that this memory was made from. They are kept in {} and"
              + " nowhere else: do not delete it",
          lost,
          database.file());
    }
  }

  /** Applies what the journal has gained; gives the numbers of the items that have changed. */
  synchronized Set<Long> catchUp() {
    Set<Long> changed = new HashSet<>();
    List<JournalEntry> page = journal.above(applied, PAGE);
    while (!page.isEmpty()) {
      List<JournalEntry> entries = page;
      applied = database.write(c -> KnowledgeFold.apply(c, applied, entries, changed));
      page = journal.above(applied, PAGE);
    }
    return changed;
  }
}
