package io.smollama.sync;

import java.util.List;

/**
 * The tables of a journal file. What follows from other columns is not stored: the id of the entry
 * before, the hash of a payload that is there.
 */
final class JournalSchema {
  /** Tells a journal from other SQLite files: "SmLj". */
  static final int APPLICATION_ID = 0x536d4c6a;

  static final int VERSION = 2;

  /** Made first; filled before the index is made when a file of an earlier version is copied. */
  static final List<String> TABLES =
      List.of(
          // who writes here
          """
          CREATE TABLE meta (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            origin BLOB NOT NULL, incarnation INTEGER NOT NULL,
            boot INTEGER NOT NULL, lamport INTEGER NOT NULL)""",
          """
          CREATE TABLE chain (
            number INTEGER PRIMARY KEY, origin BLOB NOT NULL, stream INTEGER NOT NULL,
            UNIQUE (origin, stream))""",
          // label: the id of the branch's first entry, empty for the trunk
          """
          CREATE TABLE branch (
            number INTEGER PRIMARY KEY, chain INTEGER NOT NULL, label BLOB NOT NULL,
            parent_seq INTEGER NOT NULL, parent_id BLOB NOT NULL,
            head_seq INTEGER NOT NULL, head_id BLOB NOT NULL,
            UNIQUE (chain, label))""",
          """
          CREATE TABLE mark (
            chain INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
            PRIMARY KEY (chain, seq, id)) WITHOUT ROWID""",
          // in the order of arrival, so that pages are full; wall in ms since 1970, NULL for none;
          // payload NULL if redacted, and only then is its hash kept
          """
          CREATE TABLE entry (
            number INTEGER PRIMARY KEY, branch INTEGER NOT NULL, seq INTEGER NOT NULL,
            id BLOB NOT NULL, lamport INTEGER NOT NULL, boot INTEGER NOT NULL,
            mono INTEGER NOT NULL, wall INTEGER, quality INTEGER NOT NULL,
            flags INTEGER NOT NULL, type TEXT NOT NULL, payload_hash BLOB, payload BLOB)""",
          // the end of a payload of a length that would leave pages half empty
          "CREATE TABLE rest (entry INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
          // what was refused for good, the newest only
          """
          CREATE TABLE quarantine (
            number INTEGER PRIMARY KEY, origin BLOB NOT NULL, stream INTEGER NOT NULL,
            seq INTEGER NOT NULL, code TEXT NOT NULL)""");

  static final String INDEX = "CREATE UNIQUE INDEX entry_place ON entry (branch, seq)";

  /** Made last: a file without them is of nobody. */
  static final List<String> MARKS =
      List.of("PRAGMA application_id = " + APPLICATION_ID, "PRAGMA user_version = " + VERSION);

  /** Shorter payloads fill pages well in one row. */
  static final int SPLIT_FROM = 1_200;

  /** So do longer ones: they are one to a page, or have pages of their own. */
  static final int SPLIT_TO = 3_020;

  /** The payloads up to this length leave {@link #FOUR_TO_A_PAGE} in the table of entries. */
  static final int SPLIT_BY_FOUR = 2_870;

  static final int FOUR_TO_A_PAGE = 860;
  static final int THREE_TO_A_PAGE = 1_240;

  private JournalSchema() {}
}
