package io.smollama.sync;

import io.smollama.core.JournalException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of logs in PostgreSQL, made by whoever comes first. Each leads with the group, by
 * which they can be distributed; nothing refers across groups.
 */
final class PostgresSchema {
  static final int VERSION = 1;

  /** How many rows a group's clock is spread over, so that writers rarely wait for each other. */
  static final int CLOCK_SLOTS = 16;

  /** "SmLj", as in the files of journals: whoever makes the tables holds this lock. */
  private static final long LOCK = 0x536d4c6aL;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE smollama_schema (version integer NOT NULL)",
          // who writes; boot: how often a store was opened; refused: how often one was noted
          """
          CREATE TABLE smollama_log (
            group_id bigint PRIMARY KEY, origin bytea NOT NULL, incarnation bigint NOT NULL,
            boot bigint NOT NULL, refused bigint NOT NULL)""",
          // the Lamport clock is the highest of a group's rows
          """
          CREATE TABLE smollama_clock (
            group_id bigint NOT NULL, slot smallint NOT NULL, lamport bigint NOT NULL,
            PRIMARY KEY (group_id, slot)) WITH (fillfactor = 20)""",
          // state changes with every commit and is in no index, so that its page takes it in
          """
          CREATE TABLE smollama_chain (
            group_id bigint NOT NULL, origin bytea NOT NULL, stream smallint NOT NULL,
            number bigint GENERATED ALWAYS AS IDENTITY, state bytea NOT NULL,
            PRIMARY KEY (group_id, origin, stream)) WITH (fillfactor = 60)""",
          // label: the id of the branch's first entry, empty for the trunk; wall in ms since 1970,
          // NULL for none; payload NULL if redacted, and only then is its hash there. An entry's
          // own id follows from the rest.
          """
          CREATE TABLE smollama_entry (
            group_id bigint NOT NULL, chain bigint NOT NULL, seq bigint NOT NULL,
            lamport bigint NOT NULL, boot bigint NOT NULL, mono bigint NOT NULL, wall bigint,
            flags integer NOT NULL, version smallint NOT NULL, quality smallint NOT NULL,
            label bytea NOT NULL, type text COLLATE "C" NOT NULL, prev bytea NOT NULL,
            payload_hash bytea NOT NULL, payload bytea,
            PRIMARY KEY (group_id, chain, label, seq))""",
          // what was refused for good, the newest only
          """
          CREATE TABLE smollama_refused (
            group_id bigint NOT NULL, number bigint NOT NULL, origin bytea NOT NULL,
            stream smallint NOT NULL, seq bigint NOT NULL, code text NOT NULL,
            PRIMARY KEY (group_id, number))""",
          // who may come; created, revoked and last_seen in ms since 1970
          """
          CREATE TABLE smollama_token (
            group_id bigint NOT NULL, sha256 bytea NOT NULL, device text COLLATE "C" NOT NULL,
            created bigint NOT NULL, revoked bigint, last_seen bigint,
            PRIMARY KEY (group_id, sha256)) WITH (fillfactor = 60)""",
          "CREATE UNIQUE INDEX smollama_token_good ON smollama_token (group_id, device)"
              + " WHERE revoked IS NULL",
          "INSERT INTO smollama_schema VALUES (" + VERSION + ")");

  private PostgresSchema() {}

  /** Makes sure that the tables are there and that what is committed lasts. */
  static void prepare(PostgresDatabase database) {
    boolean there =
        database.reading(
            connection -> {
              requireDurability(connection);
              return isThere(connection);
            });
    if (!there) {
      database.writing(PostgresSchema::create);
    }
  }

  private static boolean create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      if (!isThere(connection)) { // Another process may have been quicker.
        for (String table : TABLES) {
          statement.execute(table);
        }
      }
      return true;
    }
  }

  private static boolean isThere(Connection connection) throws SQLException {
    // to_regclass would not see what was made since the transaction began.
    String tables =
        "SELECT count(*) FROM pg_class"
            + " WHERE relname = 'smollama_schema' AND pg_table_is_visible(oid)";
    if (text(connection, tables).equals("0")) {
      return false;
    }
    String version = text(connection, "SELECT max(version) FROM smollama_schema");
    if (!version.equals(String.valueOf(VERSION))) {
      throw new JournalException(
          PostgresDatabase.NAME,
          "has tables of version %s, this Smollama reads %d; use the Smollama that made them"
              .formatted(version, VERSION),
          false);
    }
    return true;
  }

  private static void requireDurability(Connection connection) throws SQLException {
    for (String setting : List.of("fsync", "synchronous_commit")) {
      if (text(connection, "SHOW " + setting).equals("off")) {
        throw new JournalException(
            PostgresDatabase.NAME,
            "%s is off, so that a power cut would take what was acknowledged; turn it on"
                .formatted(setting),
            false);
      }
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
