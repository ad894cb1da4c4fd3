package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Journal;
import io.smollama.core.NewEntry;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Everything that is remembered as lines, and lines as something remembered. What arrives twice
 * changes nothing. Failures of the file are {@link MemoryException}s. Thread-safe.
 */
public final class Archive {
  private static final int PAGE = 500;

  private final Database database;
  private final Journal journal;
  private final Runnable catchUp;
  private final ReadingHistory readings;
  private final String node;

  Archive(
      Database database, Journal journal, Runnable catchUp, ReadingHistory readings, String node) {
    this.database = database;
    this.journal = journal;
    this.catchUp = catchUp;
    this.readings = readings;
    this.node = node;
  }

  /**
   * Takes lines in, durable when this returns: knowledge in one commit, readings in another.
   *
   * @param lines some hundreds at a time; all are held in memory
   */
  public synchronized ImportReport take(List<? extends ArchiveLine> lines) {
    List<KnowledgeRecord> knowledge = new ArrayList<>();
    List<Reading> measured = new ArrayList<>();
    for (ArchiveLine line : lines) {
      if (line instanceof KnowledgeRecord record) {
        knowledge.add(record);
      } else {
        measured.add(((ReadingRecord) line).reading());
      }
    }
    return takeKnowledge(knowledge).plus(takeReadings(measured));
  }

  private ImportReport takeKnowledge(List<KnowledgeRecord> records) {
    Set<String> arrived = new HashSet<>();
    List<NewEntry> entries = new ArrayList<>();
    long added = 0;
    for (KnowledgeRecord record : records) {
      String key = record.key().orElseGet(() -> keyOf(record));
      if (!arrived.add(key) || database.read(connection -> isKnown(connection, key))) {
        continue;
      }
      Optional<Memory> same = inTheseWords(record);
      if (same.isEmpty()) {
        added++;
        entries.add(ArchivePayloads.added(record, key, node));
      } else {
        entries.add(ArchivePayloads.confirmed(record, key, same.get().id()));
      }
    }
    journal.appendAll(ChainId.KNOWLEDGE, entries);
    catchUp.run();
    long confirmed = entries.size() - added;
    return new ImportReport(added, confirmed, records.size() - entries.size(), 0, 0);
  }

  /** A fact that is held already in these words, and that neither side has given up. */
  private Optional<Memory> inTheseWords(KnowledgeRecord record) {
    return record.kind() == KnowledgeKind.MEMORY && record.active()
        ? inTheseWords(record.text())
        : Optional.empty();
  }

  private Optional<Memory> inTheseWords(String text) {
    return database.read(c -> Knowledge.ofTheFrame(c, text)).stream()
        .filter(memory -> memory.active() && memory.validTo().isEmpty())
        .filter(memory -> FactSimilarity.inTheseWords(text, memory.fact()))
        .findFirst();
  }

  /**
   * A fact that is active and held in these words, but for blanks, case and punctuation: whoever
   * takes in knowledge from elsewhere by other ways confirms it instead of adding it.
   */
  public Optional<EntryId> factInTheseWords(String text) {
    catchUp.run();
    return inTheseWords(text).map(Memory::id);
  }

  private ImportReport takeReadings(List<Reading> measured) {
    LoadReport report = readings.load(measured.iterator());
    return new ImportReport(0, 0, 0, report.added(), report.replaced() + report.unchanged());
  }

  /** The same line has the same key wherever it is read. */
  private static String keyOf(KnowledgeRecord record) {
    return RecordKey.of(
        "line",
        record.kind().word(),
        record.ref().orElse(""),
        record.time().map(Object::toString).orElse(""),
        record.text());
  }

  private static boolean isKnown(Connection connection, String key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM event_key WHERE key = ? UNION ALL SELECT 1 FROM event WHERE id = ?")) {
      query.setString(1, key);
      query.setString(2, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /**
   * Gives everything, or a selection, line by line: knowledge in the order of its arrival, then the
   * readings source by source. What arrives meanwhile may or may not be among it.
   */
  public void each(ArchiveSelection selection, Consumer<? super ArchiveLine> taker) {
    long last = 0;
    List<Numbered> page = page(last);
    while (!page.isEmpty()) {
      for (Numbered item : page) {
        if (selection.takes(item.state())) {
          taker.accept(record(item));
        }
        last = item.number();
      }
      page = page(last);
    }
    if (selection.kinds().contains(ArchiveSelection.Kind.READING)) {
      readings.forEach(
          selection::takes,
          selection.since(),
          selection.until(),
          reading -> taker.accept(new ReadingRecord(reading)));
    }
  }

  private record Numbered(long number, Optional<String> key, ItemState state) {}

  private List<Numbered> page(long after) {
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT item.*, (SELECT key FROM event JOIN event_key ON event_key.event ="
                      + " event.number WHERE event.id = item.entry) AS key FROM item"
                      + " WHERE item.id > ? ORDER BY item.id LIMIT ?")) {
            query.setLong(1, after);
            query.setInt(2, PAGE);
            List<Numbered> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                found.add(
                    new Numbered(
                        rows.getLong("id"),
                        Optional.ofNullable(rows.getString("key")),
                        ItemTable.read(rows)));
              }
            }
            return found;
          }
        });
  }

  private static KnowledgeRecord record(Numbered item) {
    ItemState state = item.state();
    EntryId entry = state.entry();
    return new KnowledgeRecord(
        Optional.of(item.key().orElse(entry.hex())),
        state.kind(),
        state.text(),
        ObservationType.ofWord(state.type()).orElse(ObservationType.GENERAL),
        state.confidence() / 1000.0,
        state.confirmed(),
        state.hiddenFrom().isEmpty(),
        state.time(),
        state.sources().stream().flatMap(text -> source(text).stream()).toList(),
        state.tags(),
        Optional.of(state.ref()).filter(ref -> !ref.isEmpty()),
        Optional.of(state.node()).filter(name -> !name.isEmpty()),
        Provenance.ofWord(state.provenance()).orElse(Provenance.MODEL),
        state.tainted(),
        state.validFrom(),
        state.validTo());
  }

  private static Optional<SourceId> source(String text) {
    try {
      return Optional.of(SourceId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
