package io.smollama.sync;

import java.util.List;

/** The tables of what a server needs to know of nodes with Smollama for Python. */
final class PythonSchema {
  static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          // up to where the log was gone through
          """
        CREATE TABLE IF NOT EXISTS applied (
          origin BLOB NOT NULL, stream INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
          PRIMARY KEY (origin, stream, seq, id)) WITHOUT ROWID""",
          // what such a node can be given, in the order in which it came to be here
          """
        CREATE TABLE IF NOT EXISTS item (
          number INTEGER PRIMARY KEY, raw INTEGER NOT NULL, origin BLOB NOT NULL,
          stream INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, uuid TEXT NOT NULL UNIQUE)""",
          "CREATE INDEX IF NOT EXISTS item_order ON item (raw, number)",
          "CREATE INDEX IF NOT EXISTS item_id ON item (id) WHERE raw = 0",
          // what was imported from a file of such a node
          """
        CREATE TABLE IF NOT EXISTS known_key (
          key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID""",
          "CREATE TABLE IF NOT EXISTS name (origin BLOB PRIMARY KEY, node TEXT NOT NULL) WITHOUT ROWID",
          // under which origins a device's own entries are
          """
        CREATE TABLE IF NOT EXISTS proxy (
          device TEXT NOT NULL, origin BLOB NOT NULL, PRIMARY KEY (device, origin)) WITHOUT ROWID""",
          // what it is known to hold beside those
          """
        CREATE TABLE IF NOT EXISTS held (
          device TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (device, number)) WITHOUT ROWID""",
          // pages given to a device: stamps, and where they began and ended
          """
        CREATE TABLE IF NOT EXISTS page (
          device TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
          knowledge_from INTEGER NOT NULL, raw_from INTEGER NOT NULL,
          knowledge_to INTEGER NOT NULL, raw_to INTEGER NOT NULL,
          PRIMARY KEY (device, first)) WITHOUT ROWID""",
          // the highest stamp that a device was ever given
          """
        CREATE TABLE IF NOT EXISTS device (
          name TEXT PRIMARY KEY, issued INTEGER NOT NULL) WITHOUT ROWID""",
          // in which session of the log the file was used last
          """
        CREATE TABLE IF NOT EXISTS session (
          "only" INTEGER PRIMARY KEY CHECK ("only" = 1), origin BLOB NOT NULL, boot INTEGER NOT NULL)""",
          // what was acknowledged but not taken, the newest only
          """
        CREATE TABLE IF NOT EXISTS quarantine (
          number INTEGER PRIMARY KEY, device TEXT NOT NULL, uuid TEXT, code TEXT NOT NULL,
          text TEXT NOT NULL, UNIQUE (device, uuid))""");

  private PythonSchema() {}

  static List<String> ofSqlite() {
    return TABLES;
  }

  /** The same in the words of PostgreSQL. */
  static List<String> ofPostgres() {
    return TABLES.stream()
        .map(
            sql ->
                sql.replace(" WITHOUT ROWID", "")
                    .replace("BLOB", "bytea")
                    .replace(
                        "number INTEGER PRIMARY KEY",
                        "number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
                    .replace("INTEGER", "bigint"))
        .toList();
  }
}
