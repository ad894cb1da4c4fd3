package io.smollama.memory;

import java.util.List;

/** The tables of observations and facts: what is kept, and the views that folds make from it. */
final class KnowledgeTables {
  /** Rises whenever a fold changes, so that the views are made anew. */
  static final int FOLD_VERSION = 3;

  static final List<String> VERSION_1 =
      List.of(
          // the journal of a memory that is used alone; empty where a node brings its own
          "CREATE TABLE local_journal (stream INTEGER NOT NULL, seq INTEGER NOT NULL,"
              + " id TEXT NOT NULL, lamport INTEGER NOT NULL, wall INTEGER NOT NULL,"
              + " type TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (stream, seq))"
              + " WITHOUT ROWID");

  static final List<String> VERSION_2 =
      List.of(
          "DROP TABLE IF EXISTS vector",
          "DROP TABLE IF EXISTS item_text",
          // the number that indexes know an item by; it outlives the views
          "CREATE TABLE item_number (id INTEGER PRIMARY KEY, entry TEXT NOT NULL UNIQUE)");

  static final List<String> VIEWS =
      List.of(
          "CREATE TABLE applied (origin TEXT NOT NULL, stream INTEGER NOT NULL,"
              + " seq INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (origin, stream))"
              + " WITHOUT ROWID",
          // id from item_number; time, valid_from, valid_to in ms since 1970 or NULL;
          // hidden_from NULL is shown, else ms from when it is hidden, 0 if nobody knows since when
          "CREATE TABLE item (id INTEGER PRIMARY KEY, entry TEXT NOT NULL, kind INTEGER NOT NULL,"
              + " type TEXT NOT NULL, text TEXT NOT NULL, confidence INTEGER NOT NULL,"
              + " time INTEGER, lamport INTEGER NOT NULL, origin TEXT NOT NULL,"
              + " node TEXT NOT NULL, sources TEXT NOT NULL, provenance TEXT NOT NULL,"
              + " shown INTEGER NOT NULL DEFAULT 1, valid_from INTEGER, valid_to INTEGER,"
              + " tainted INTEGER NOT NULL DEFAULT 0, ref TEXT NOT NULL DEFAULT '',"
              + " hidden_from INTEGER)",
          "CREATE INDEX item_by_kind ON item (kind, lamport)",
          "CREATE TABLE item_source (source TEXT NOT NULL, item INTEGER NOT NULL,"
              + " PRIMARY KEY (source, item)) WITHOUT ROWID",
          "CREATE TABLE confirmation (target TEXT NOT NULL, origin TEXT NOT NULL,"
              + " times INTEGER NOT NULL, PRIMARY KEY (target, origin)) WITHOUT ROWID");

  static final List<String> DROP_VIEWS =
      List.of(
          "DROP TABLE IF EXISTS confirmation",
          "DROP TABLE IF EXISTS item_source",
          "DROP TABLE IF EXISTS item",
          "DROP TABLE IF EXISTS applied");

  private KnowledgeTables() {}
}
