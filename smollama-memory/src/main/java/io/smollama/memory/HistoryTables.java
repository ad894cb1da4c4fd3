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

  static final List<String> VERSION_2 = List.of();

  private HistoryTables() {}
}
