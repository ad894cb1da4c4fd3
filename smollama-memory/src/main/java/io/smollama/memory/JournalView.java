package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalPage;
import io.smollama.core.Tips;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what the journal gains to the events and applies it, page by page, each in one
 * transaction; readings before it, in transactions of their own. Thread-safe.
 */
final class JournalView {
  private static final Logger LOG = LoggerFactory.getLogger(JournalView.class);
  private static final int PAGE = 500;

  private final Database database;
  private final Journal journal;
  private final ArrivedReadings readings;
  private Frontier applied = Frontier.EMPTY;
  private boolean warned;

  JournalView(Database database, Journal journal, ReadingHistory readings) {
    this.database = database;
    this.journal = journal;
    this.readings = new ArrivedReadings(database, readings, journal);
  }

  /** Reads how far the tables are. */
  synchronized void load() {
    if (database.read(Schema::areClocksUnread)) {
      readClocks();
    }
    applied = database.read(AppliedFrontier::load);
  }

  /** Of entries that were copied before it was known what the clocks of their writers were like. */
  private void readClocks() {
    JournalPage page = journal.above(Frontier.EMPTY, PAGE);
    while (!page.isEmpty()) {
      JournalPage next = page;
      database.write(connection -> keepClocks(connection, next));
      page = journal.above(page.frontier(), PAGE);
    }
    database.write(
        connection -> {
          Schema.clocksRead(connection);
          return KnowledgeFold.date(connection);
        });
  }

  private static int keepClocks(Connection connection, JournalPage page) throws SQLException {
    for (JournalEntry entry : page.entries()) {
      if (WriterClocks.isMark(entry)) {
        EventTable.keep(connection, entry);
      } else if (entry.clock().isPresent() && entry.chain().stream() == ChainId.KNOWLEDGE) {
        EventTable.keepClock(connection, entry);
      }
    }
    return page.entries().size();
  }

  /**
   * What only this file holds is lost with it; nobody would expect that of a view. One that has
   * caught up names every tip of the journal, and those beside them the journal has not.
   */
  synchronized Optional<String> warning() {
    Frontier held = journal.frontier();
    long lost =
        applied.chains().entrySet().stream()
            .filter(chain -> chain.getKey().stream() == ChainId.KNOWLEDGE)
            .mapToLong(chain -> lost(chain.getValue(), held.tips(chain.getKey())))
            .sum();
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            "The journal lacks %d entries that this memory was made from. They are kept in %s and nowhere else: do not delete it"
                .formatted(lost, database.file()));
  }

  private static long lost(Tips applied, Tips held) {
    return applied.heads().stream()
        .filter(tip -> !held.heads().contains(tip))
        .mapToLong(tip -> Math.max(1, tip.seq() - held.highest()))
        .sum();
  }

  /** Applies what the journal has gained; the numbers of the items that changed by it. */
  synchronized Set<Long> catchUp() {
    Set<Long> changed = new TreeSet<>();
    JournalPage page = journal.above(applied, PAGE);
    while (!page.isEmpty()) {
      JournalPage next = page;
      readings.take(next.entries());
      changed.addAll(database.write(connection -> apply(connection, next)));
      applied = page.frontier();
      page = journal.above(applied, PAGE);
    }
    applied = page.frontier();
    readings.restored();
    if (!warned) {
      warned = true;
      warning().ifPresent(LOG::warn);
    }
    return changed;
  }

  private Set<Long> apply(Connection connection, JournalPage page) throws SQLException {
    Set<Long> changed = KnowledgeFold.apply(connection, page.entries());
    AppliedFrontier.save(connection, applied, page.frontier());
    return changed;
  }
}
