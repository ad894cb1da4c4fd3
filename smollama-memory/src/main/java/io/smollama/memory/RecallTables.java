package io.smollama.memory;

import java.util.List;

/** The indexes that recall searches; they name items by their lasting number. */
final class RecallTables {
  static final List<String> VERSION_2 =
      List.of(
          "CREATE VIRTUAL TABLE item_text USING fts5(text,"
              + " tokenize=\"porter unicode61 remove_diacritics 2\")",
          // mean: 32-bit floats; counted: how many vectors there were when it was taken;
          // generation: 0 or 1, which of the sketches are against this mean
          "CREATE TABLE vector_model (number INTEGER PRIMARY KEY, id TEXT NOT NULL,"
              + " dimensions INTEGER NOT NULL, mean BLOB NOT NULL, counted INTEGER NOT NULL,"
              + " generation INTEGER NOT NULL, UNIQUE (id, dimensions))",
          // key: model number << 41 | item, so that the vectors of a model lie together
          "CREATE TABLE vector_value (key INTEGER PRIMARY KEY, value BLOB NOT NULL)",
          // key: model number << 41 | generation << 40 | item; bits: of VectorSketch (until
          // version 2 the signs alone)
          "CREATE TABLE vector_sign (key INTEGER PRIMARY KEY, bits BLOB NOT NULL)",
          // how many texts have been replaced or removed; what is cached of them is stale then
          "CREATE TABLE text_edits (edits INTEGER NOT NULL)",
          "INSERT INTO text_edits VALUES (0)");

  private RecallTables() {}
}
