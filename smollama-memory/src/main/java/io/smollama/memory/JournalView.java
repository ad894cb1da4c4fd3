package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what the journal gains to the events and applies it, page by page, each in one
 * transaction. Thread-safe.
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
    warning().ifPresent(LOG::warn);
  }

  /** What only this file holds is lost with it; nobody would expect that of a view. */
  synchronized Optional<String> warning() {
    Frontier held = journal.frontier();
    long lost =
        applied.heads().entrySet().stream()
            .filter(head -> head.getKey().stream() == ChainId.KNOWLEDGE)
            .mapToLong(head -> Math.max(0, head.getValue().seq() - held.seq(head.getKey())))
            .sum();
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            "The journal lacks %d entries that this memory was made from. They are kept in %s and nowhere else: do not delete it"
                .formatted(lost, database.file()));
  }

  /** Applies what the journal has gained; the numbers of the items that changed by it. */
  synchronized Set<Long> catchUp() {
    Set<Long> changed = new TreeSet<>();
    List<JournalEntry> page = journal.above(applied, PAGE);
    while (!page.isEmpty()) {
      List<JournalEntry> entries = page;
      KnowledgeFold.Applied done =
          database.write(connection -> KnowledgeFold.apply(connection, applied, entries));
      applied = done.frontier();
      changed.addAll(done.changed());
      page = journal.above(applied, PAGE);
    }
    return changed;
  }
}
