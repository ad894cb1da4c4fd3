package io.smollama.memory;

import java.util.List;

/** The tables of observations and facts: what is kept, and the views that folds make from it. */
final class KnowledgeTables {
  /** Rises whenever a fold changes, so that the views are made anew. */
  static final int FOLD_VERSION = 10;

  /** What the writers' clocks were like is to be read from the journal once more. */
  static final String CLOCKS_UNREAD = "INSERT OR REPLACE INTO meta SELECT 'clocks', 'unread'";

  static final List<String> VERSION_1 =
      List.of(
          "CREATE TABLE local_journal (stream INTEGER NOT NULL, seq INTEGER NOT NULL,"
              + " id TEXT NOT NULL, lamport INTEGER NOT NULL, wall INTEGER NOT NULL,"
              + " type TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (stream, seq))"
              + " WITHOUT ROWID");

  static final List<String> VERSION_2 =
      List.of(
          "DROP TABLE IF EXISTS vector",
          "DROP TABLE IF EXISTS item_text",
          "DROP TABLE IF EXISTS confirmation",
          "DROP TABLE IF EXISTS applied",
          // the number that indexes know an item by; it outlives the views
          "CREATE TABLE item_number (id INTEGER PRIMARY KEY, entry TEXT NOT NULL UNIQUE)",
          // every entry that views are made from, of whatever journal; wall in ms since 1970.
          // Also the journal itself of a memory that is used alone
          "CREATE TABLE event (number INTEGER PRIMARY KEY, origin TEXT NOT NULL,"
              + " stream INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,"
              + " lamport INTEGER NOT NULL, wall INTEGER, type TEXT NOT NULL,"
              + " payload TEXT NOT NULL)",
          "CREATE INDEX event_by_chain ON event (origin, stream, seq)",
          "CREATE INDEX event_by_lamport ON event (lamport)",
          "INSERT INTO event (origin, stream, seq, id, lamport, wall, type, payload) SELECT '"
              + LocalJournal.ORIGIN.hex()
              + "', stream, seq, id, lamport, wall, type, payload FROM local_journal"
              + " ORDER BY lamport",
          "DROP TABLE local_journal",
          // how far a journal has been copied
          "CREATE TABLE applied (origin TEXT NOT NULL, stream INTEGER NOT NULL,"
              + " seq INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (origin, stream))"
              + " WITHOUT ROWID");

  static final List<String> VERSION_4 =
      List.of(
          "ALTER TABLE applied RENAME TO applied_before",
          // how far a journal has been copied: the last entry of every line of every chain
          "CREATE TABLE applied (origin TEXT NOT NULL, stream INTEGER NOT NULL,"
              + " seq INTEGER NOT NULL, entry TEXT NOT NULL,"
              + " PRIMARY KEY (origin, stream, entry)) WITHOUT ROWID",
          // what control chains say was passed over until now: they are read once more
          "INSERT INTO applied SELECT origin, stream, seq, entry FROM applied_before"
              + " WHERE stream <> 0",
          "DROP TABLE applied_before");

  static final List<String> VERSION_6 =
      List.of(
          // what the writer's clocks were like, see docs/journal-format.md; NULL if not known
          "ALTER TABLE event ADD COLUMN boot INTEGER",
          "ALTER TABLE event ADD COLUMN mono INTEGER",
          "ALTER TABLE event ADD COLUMN quality INTEGER",
          // what a mark may date anew
          "CREATE INDEX event_by_clock ON event (origin, boot, mono) WHERE quality < 3",
          // the journal knows it of what is here, and has marks that were passed over until now
          CLOCKS_UNREAD + " WHERE EXISTS (SELECT 1 FROM event)");

  static final List<String> VIEWS =
      List.of(
          // which observations and facts an event concerns
          "CREATE TABLE event_target (target TEXT NOT NULL, event INTEGER NOT NULL,"
              + " PRIMARY KEY (target, event)) WITHOUT ROWID",
          // what names an imported line, wherever it goes
          "CREATE TABLE event_key (key TEXT PRIMARY KEY, event INTEGER NOT NULL) WITHOUT ROWID",
          "CREATE INDEX event_key_by_event ON event_key (event)",
          // a fact that is merged into another has no row in item
          "CREATE TABLE merged (entry TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID",
          // id from item_number; kind 0 observation, 1 fact; confidence in permille; time,
          // hidden_from, valid_from, valid_to in ms since 1970 or NULL; shown 0 hides what is
          // retracted, inactive or summed up
          "CREATE TABLE item (id INTEGER PRIMARY KEY, entry TEXT NOT NULL UNIQUE,"
              + " kind INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL,"
              + " confidence INTEGER NOT NULL, confirmed INTEGER NOT NULL, time INTEGER,"
              + " lamport INTEGER NOT NULL, origin TEXT NOT NULL, node TEXT NOT NULL,"
              + " sources TEXT NOT NULL, provenance TEXT NOT NULL, shown INTEGER NOT NULL,"
              + " hidden_from INTEGER, valid_from INTEGER, valid_to INTEGER,"
              + " tainted INTEGER NOT NULL, ref TEXT NOT NULL, tags TEXT NOT NULL,"
              // of a fact: its words without its values, to find what it repeats or contradicts
              + " frame TEXT,"
              // how well the time is known, and to how many milliseconds; NULL if nobody knows
              + " time_certainty TEXT NOT NULL DEFAULT 'stated', time_within INTEGER)",
          "CREATE INDEX item_by_frame ON item (frame) WHERE frame IS NOT NULL",
          "CREATE INDEX item_by_kind ON item (kind, lamport)",
          "CREATE TABLE item_source (source TEXT NOT NULL, item INTEGER NOT NULL,"
              + " PRIMARY KEY (source, item)) WITHOUT ROWID",
          "CREATE INDEX item_source_by_item ON item_source (item)");

  static final List<String> DROP_VIEWS =
      List.of(
          "DROP TABLE IF EXISTS item_source",
          "DROP TABLE IF EXISTS item",
          "DROP TABLE IF EXISTS merged",
          "DROP TABLE IF EXISTS event_key",
          "DROP TABLE IF EXISTS event_target");

  private KnowledgeTables() {}
}
