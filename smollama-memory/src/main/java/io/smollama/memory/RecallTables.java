package io.smollama.memory;

import java.util.List;

/** The indexes that recall searches; they name items by their lasting number. */
final class RecallTables {
  static final List<String> VERSION_2 =
      List.of(
          "CREATE VIRTUAL TABLE item_text USING fts5(text,"
              + " tokenize=\"porter unicode61 remove_diacritics 2\")",
          "CREATE TABLE vector (item INTEGER NOT NULL, model TEXT NOT NULL, value BLOB NOT NULL,"
              + " PRIMARY KEY (item, model)) WITHOUT ROWID");

  private RecallTables() {}
}
