package io.smollama.memory;

import java.util.List;

/** The tables of the readings history, version by version. */
final class HistoryTables {
  static final List<String> VERSION_1 =
      List.of(
          "CREATE TABLE source (id INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,"
              + " unit TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (type, name))",
          // time in ms since 1970; kind 0 quantity (NULL is NaN), 1 flag, 2 text, 3 JSON
          "CREATE TABLE reading (source INTEGER NOT NULL, time INTEGER NOT NULL,"
              + " kind INTEGER NOT NULL, value, PRIMARY KEY (source, time)) WITHOUT ROWID");

  /** {@link HistoryMigration} carries the rows of {@code reading} over and drops it. */
  static final List<String> VERSION_2 =
      List.of(
          // what one commit wrote, of all sources; emptied when it is sealed into chunks
          "CREATE TABLE staged (id INTEGER PRIMARY KEY, readings BLOB NOT NULL)",
          // times in ms since 1970; min to last are of its numbers, NULL where it has none
          "CREATE TABLE chunk (id INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
              + " first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, count INTEGER NOT NULL,"
              + " min REAL, max REAL, sum REAL, first REAL, last REAL, unit TEXT NOT NULL,"
              + " readings BLOB NOT NULL)",
          // with the count, so that counting all readings reads no chunk
          "CREATE INDEX chunk_by_time ON chunk (source, first_time, last_time, count)",
          // start in ms since 1970; level 0 five minutes, 1 hours, 2 days
          "CREATE TABLE rollup (id INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
              + " level INTEGER NOT NULL, start INTEGER NOT NULL, windows BLOB NOT NULL)",
          "CREATE UNIQUE INDEX rollup_by_start ON rollup (source, level, start)");

  static final List<String> VERSION_5 =
      List.of(
          // chunks whose bytes are not those that were written; nothing reads them
          "CREATE TABLE damaged_chunk (id INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
              + " first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, count INTEGER NOT NULL,"
              + " min REAL, max REAL, sum REAL, first REAL, last REAL, unit TEXT NOT NULL,"
              + " readings BLOB NOT NULL)");

  static final List<String> VERSION_7 =
      List.of(
          // of staged rows that were sealed before they were shared, the bytes and the id as they
          // were; read only if meta has readings_taken, the last id of all that was shared
          "CREATE TABLE IF NOT EXISTS unshared (id INTEGER PRIMARY KEY, readings BLOB NOT NULL)",
          "CREATE INDEX IF NOT EXISTS event_act ON event (number) WHERE type = 'act.audit'",
          // readings in the journal were passed over until now
          "DELETE FROM applied WHERE stream IN (2, 3)");

  private HistoryTables() {}
}
